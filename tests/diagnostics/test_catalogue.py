"""The catalogue: what every entry must hold, and that every report in the code fits its entry."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pingfen
from pingfen.diagnostics.catalogue import CATALOGUE, TABLES, Entry, Text
from pingfen.diagnostics.message import names_in
from pingfen.diagnostics.terms import TERMS
from pingfen.syntax.keywords import KEYWORDS, spellings

PACKAGE = Path(next(iter(pingfen.__path__)))
QUOTED = re.compile(r"`([^`]*)`")
TEXT_OR_ARGUMENT = re.compile(r'"[^"]*"|\{[^}]*\}')
CHINESE = re.compile("[\u4e00-\u9fff]+")
PLACEHOLDER = "名称"


def texts_of(entry: Entry) -> list[Text]:
    return [text for text in (entry.title, entry.label, *entry.hints, *entry.labels.values()) if text]


def test_no_code_stands_in_two_tables() -> None:
    assert len(CATALOGUE) == sum(len(table) for table in TABLES)


@pytest.mark.parametrize("code", CATALOGUE)
def test_codes_are_lower_case_words_with_hyphens(code: str) -> None:
    assert all(word.isalnum() and word == word.lower() and word.isascii() for word in code.split("-"))


def quoted_words(text: str) -> set[str]:
    return {word for quoted in QUOTED.findall(text) for word in CHINESE.findall(TEXT_OR_ARGUMENT.sub("", quoted))}


def test_what_a_chinese_remedy_quotes_can_be_written() -> None:
    keywords = {spelling for keyword in KEYWORDS for spelling in spellings(keyword)} | {PLACEHOLDER}
    quoted = {word for entry in CATALOGUE.values() for text in texts_of(entry) for word in quoted_words(text.zh)}
    assert quoted > {"缺则剔除", "不舍入"}
    assert (quoted | {word for term in TERMS.values() for word in quoted_words(term)}) - keywords == set()


@pytest.mark.parametrize("code", CATALOGUE)
def test_messages_are_lower_case_lines_without_a_full_stop_and_both_languages_use_the_same_arguments(code: str) -> None:
    for text in texts_of(CATALOGUE[code]):
        assert "\n" not in text.en + text.zh
        assert not text.en.endswith(".")
        assert not text.zh.endswith(("。", "."))
        assert not text.en[0].isupper()
        assert " you" not in text.en.lower().replace("did you mean", "")
        assert names_in(Text(text.en, "")) == names_in(Text("", text.zh))


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call written in the package, with its place."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def reports() -> Iterator[tuple[str, str, set[str] | None]]:
    """(place, code, argument names or None where they are not all written) of every `.report("code", ...)` and `Diagnostic("code", ...)`."""
    for place, call in calls():
        code = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
        if isinstance(code, str) and isinstance(call.func, ast.Attribute) and call.func.attr == "report":
            yield place, code, names_of(call)
        elif isinstance(code, str) and isinstance(call.func, ast.Name) and call.func.id == "Diagnostic":
            yield place, code, None


def names_of(call: ast.Call) -> set[str] | None:
    names = {keyword.arg for keyword in call.keywords}
    return None if None in names else {name for name in names if name} - {"labels", "fix", "span"}


def test_every_reported_code_is_in_the_catalogue_and_gets_the_arguments_of_its_texts() -> None:
    wrong = []
    for place, code, names in reports():
        if code not in CATALOGUE:
            wrong.append(f"{place}: no entry for {code}")
            continue
        entry = CATALOGUE[code]
        needed = set().union(*(names_in(text) for text in (entry.title, entry.label) if text))
        if names is not None and needed - names:
            wrong.append(f"{place}: {code} lacks {', '.join(sorted(needed - names))}")
    assert wrong == []
