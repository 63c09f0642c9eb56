"""The catalogue: what every entry must hold, and that every report in the code fits its entry."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import pingfen
from pingfen.diagnostics.catalogue import CATALOGUE, TABLES, Entry, Text
from pingfen.diagnostics.message import names_in

PACKAGE = Path(next(iter(pingfen.__path__)))


def texts_of(entry: Entry) -> list[Text]:
    return [text for text in (entry.title, entry.label, *entry.hints, *entry.labels.values()) if text]


def test_no_code_stands_in_two_tables() -> None:
    assert len(CATALOGUE) == sum(len(table) for table in TABLES)


@pytest.mark.parametrize("code", CATALOGUE)
def test_codes_are_lower_case_words_with_hyphens(code: str) -> None:
    assert all(word.isalpha() and word.islower() and word.isascii() for word in code.split("-"))


@pytest.mark.parametrize("code", CATALOGUE)
def test_messages_are_lower_case_lines_without_a_full_stop_and_both_languages_use_the_same_arguments(code: str) -> None:
    for text in texts_of(CATALOGUE[code]):
        assert "\n" not in text.en + text.zh
        assert not text.en.endswith(".")
        assert not text.zh.endswith(("。", "."))
        assert not text.en[0].isupper()
        assert " you" not in text.en.lower()
        assert names_in(Text(text.en, "")) == names_in(Text("", text.zh))


def reports() -> Iterator[tuple[str, str, set[str], bool]]:
    """(place, code, argument names, complete) of every `.report("code", ...)` and `Diagnostic("code", ...)` written in the package."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "report" and node.args:
                code = node.args[0]
                names = {keyword.arg for keyword in node.keywords if keyword.arg}
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    complete = all(keyword.arg for keyword in node.keywords)
                    yield f"{path.name}:{node.lineno}", code.value, names - {"labels", "fix", "span"}, complete


def test_every_reported_code_is_in_the_catalogue_and_gets_the_arguments_of_its_texts() -> None:
    wrong = []
    for place, code, names, complete in reports():
        if code not in CATALOGUE:
            wrong.append(f"{place}: no entry for {code}")
            continue
        entry = CATALOGUE[code]
        needed = set().union(*(names_in(text) for text in (entry.title, entry.label) if text))
        if complete and needed - names:
            wrong.append(f"{place}: {code} lacks {', '.join(sorted(needed - names))}")
    assert wrong == []
