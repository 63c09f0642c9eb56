"""Mistakes are reported where they are, by what they are; what is right around them is still read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingfen.diagnostics.catalogue import CATALOGUE
from pingfen.diagnostics.catalogue.syntax import ENTRIES
from pingfen.diagnostics.diagnostic import Problems
from pingfen.diagnostics.message import message_of
from pingfen.source import Source
from pingfen.syntax.parser import LONGEST_TEXT, MOST_MISTAKES, parse
from tests.markdown import Case, cases_in

CASES = cases_in(Path(__file__).parent / "cases" / "mistakes")


def read(text: str) -> tuple[Problems, str]:
    """The problems of a text, and the names of the statements that were read."""
    source = Source("<text>", text)
    problems = Problems(source)
    document = parse(source, problems)
    return problems, ", ".join(type(node).__name__ for node in document.declarations) or "nothing"


def said(text: str) -> str:
    """What is reported of a text: place, code, the text there; then what was read."""
    problems, statements = read(text)
    source = problems.source
    lines = []
    for found in problems.found:
        place = f"{source.line_of(found.span.start)}:{source.column_of(found.span.start)}"
        lines.append(f"{place} {found.code} `{text[found.span.start : found.span.end]}`")
    return "\n".join([*lines, f"read: {statements}"]) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_mistake_is_reported_where_it_is(case: Case) -> None:
    assert said(case.text_of("pf")) == case.text_of("diagnostics")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_every_message_of_a_mistake_is_filled_in_both_languages(case: Case) -> None:
    for found in read(case.text_of("pf"))[0].found:
        for language in ("en", "zh"):
            message = message_of(found, language)
            assert message.hint
            assert "?" not in message.title + message.label + message.hint


@pytest.mark.parametrize("case", [case for case in CASES if any(found.fix for found in read(case.text_of("pf"))[0].found)], ids=lambda case: case.rule)
def test_a_fix_mends_the_mistake_it_belongs_to(case: Case) -> None:
    text = case.text_of("pf")
    first = next(found for found in read(text)[0].found if found.fix)
    assert first.fix is not None
    mended = text[: first.fix.span.start] + first.fix.text + text[first.fix.span.end :]
    assert (first.code, first.span.start) not in [(found.code, found.span.start) for found in read(mended)[0].found]


def test_every_code_of_the_syntax_is_provoked_by_a_case() -> None:
    provoked = {found.code for case in CASES for found in read(case.text_of("pf"))[0].found}
    assert set(ENTRIES) - provoked == {"too-many-tokens", "format-changes-meaning"}


def test_a_text_with_too_many_words_is_refused() -> None:
    problems, _ = read("x " * 300_000)
    assert [found.code for found in problems.found] == ["too-many-tokens"]


def test_a_text_that_is_too_long_is_refused() -> None:
    problems, _ = read("#" * (LONGEST_TEXT + 1))
    assert [found.code for found in problems.found] == ["text-too-large"]


def test_mistakes_are_reported_up_to_a_limit() -> None:
    problems, _ = read("display a = ,\n" * 500)
    assert len(problems.found) == MOST_MISTAKES
    assert set(CATALOGUE) >= {found.code for found in problems.found}


@pytest.mark.parametrize("text", ["display a = " + "not " * 5000 + "b", "display a = " + "-" * 5000 + "b", "display a = b" + " + 1" * 5000])
def test_a_deep_expression_without_brackets_is_refused(text: str) -> None:
    assert [found.code for found in read(text)[0].found] == ["nested-too-deep"]
