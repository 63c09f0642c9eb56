"""The design's samples, in the final spelling: they compile clean, their examples and claims hold, and the keywords' language changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

import pytest

import pingfen
from pingfen.diagnostics.diagnostic import Problems
from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.source import Source
from pingfen.syntax.formatting import format_source

Keywords = Literal["keep", "en", "zh"]
KEYWORDS: tuple[Keywords, ...] = get_args(Keywords)
SAMPLES = sorted((Path(__file__).parent / "cases" / "samples").glob("*.pf"))


def converted(path: Path, keywords: Keywords) -> str:
    source = Source(path.name, path.read_text(encoding="utf-8"))
    text = format_source(source, keywords, Problems(source))
    assert text is not None
    return text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_compiles_without_a_finding(path: Path) -> None:
    assert compile_source(Source(path.name, path.read_text(encoding="utf-8"))).diagnostics == ()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_keywords_in_the_other_language_give_the_same_digest(path: Path) -> None:
    digests = {pingfen.compile(converted(path, keywords)).digest for keywords in KEYWORDS}
    assert digests == {pingfen.load(path).digest}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_given_record_evaluates_to_what_the_example_expects(path: Path) -> None:
    ruleset = pingfen.load(path)
    plan = ruleset.plan
    checked = 0
    for example in plan.examples:
        results = dict(zip(ruleset.scorer().outputs, ruleset.scorer()(*(value for _, value in ordered(plan, example.given))), strict=True))
        names = {number.name: number.path for number in plan.record.numbers}
        for name, value in (pair for expectation in example.expected for pair in expectation.values):
            assert results[name if name in results else names[name]] == value, (example.name, name)
            checked += 1
    assert checked > 0


def ordered(plan: Plan, given: tuple[tuple[str, object], ...]) -> list[tuple[str, object]]:
    values = dict(given)
    return [(field.name, values[field.name]) for field in plan.record.fields]
