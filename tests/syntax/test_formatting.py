"""Formatting: the canonical layout in readable cases, and files of the repository that already have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingfen.diagnostics.diagnostic import Problems
from pingfen.source import Source
from pingfen.syntax.formatting import format_source
from tests.markdown import Case, cases_in

FOLDER = Path(__file__).parent / "cases" / "formatting"
SAMPLES = sorted((Path(__file__).parents[1] / "cases" / "samples").glob("*.pf"))


def formatted(text: str, keywords: str) -> str | None:
    source = Source("<text>", text)
    return format_source(source, keywords, Problems(source))  # type: ignore[arg-type]


@pytest.mark.parametrize("case", cases_in(FOLDER), ids=lambda case: case.rule)
def test_a_text_is_laid_out_as_its_case_shows(case: Case) -> None:
    for fence in case.of_kind("formatted"):
        keywords = fence.words[0] if fence.words else "keep"
        assert formatted(case.text_of("pf"), keywords) == fence.text
        assert formatted(fence.text, keywords) == fence.text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_samples_are_formatted_and_come_back_from_the_other_language(path: Path) -> None:
    text = path.read_text("utf-8")
    assert formatted(text, "keep") == text
    english, chinese = formatted(text, "en"), formatted(text, "zh")
    assert english is not None
    assert chinese is not None
    assert formatted(chinese, "en") == english
    assert formatted(english, "zh") == chinese
    assert text in (english, chinese)


def test_an_empty_text_stays_empty_and_a_comment_alone_is_kept() -> None:
    assert formatted("", "keep") == ""
    assert formatted("\n\n  # alone\n\n", "keep") == "# alone\n"


def test_a_text_whose_meaning_a_conversion_would_change_is_refused() -> None:
    source = Source("<text>", "total 缺失 drop { part a = b }\n")
    problems = Problems(source)
    assert format_source(source, "keep", problems) == source.text
    assert format_source(source, "en", problems) is None
    assert [found.code for found in problems.found] == ["format-changes-meaning"]
