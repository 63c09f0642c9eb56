"""Scorecards: the numbers of the interpreter as decimals, and steps that are the explanation's and add up exactly to the score."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, strategies
from rich.console import Console

import pingfen
from pingfen.explanation import explain
from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.reference import evaluate
from pingfen.ruleset.origins import Compiled
from pingfen.source import Source

from ..strategies import records, rulesets

PROMOTER = Path(__file__).parents[2] / "rulesets" / "wechat-promoter" / "2025-03-31.pf"
CLEAN = {
    "store_experience": Decimal("4.80"),
    "good_reviews": Decimal("0.985"),
    "quality_returns": Decimal("0.002"),
    "breach_count": 0,
    "severe_count": 0,
    "report_count": 0,
}


def ruleset_of(text: str, **parameters: str) -> pingfen.Ruleset:
    return pingfen.compile(text, parameters)


def promoter() -> pingfen.Ruleset:
    ruleset = pingfen.load(PROMOTER)
    assert isinstance(ruleset, pingfen.Ruleset)
    return ruleset


@strategies.composite
def scored(draw: strategies.DrawFn) -> tuple[Plan, dict[str, Any], pingfen.Scorecard]:
    """A generated ruleset's plan, a record and its scorecard, made from the values that people write."""
    compilation = compile_source(Source("generated.pf", draw(rulesets())))
    assume(compilation.plan is not None)
    assert compilation.plan is not None
    ruleset = pingfen.Ruleset(Compiled("generated.pf", compilation.plan, {}))
    record = dict(draw(records(compilation.plan)))
    shape = ruleset._shape
    values = list(record.values())
    shown = pingfen.Scorecard(shape, values, shape.detailed.function(*ruleset._intake.arguments(values)))
    return compilation.plan, record, ruleset.evaluate(shown.metrics)


@given(scored())
def test_a_scorecard_says_what_the_interpreter_says(drawn: tuple[Plan, dict[str, Any], pingfen.Scorecard]) -> None:
    plan, record, card = drawn
    expected = evaluate(plan.record, record)
    shown = {**card.parts, **card.displays, "score": card.score, "total": card.total}
    for number in plan.record.numbers:
        value = expected.numbers[number.path]
        hidden = number.path in expected.hidden or (number.kind == "total" and "score" in expected.hidden)
        wanted = None if value is None or hidden else Decimal(int(value)).scaleb(-number.type.places)  # type: ignore[union-attr, arg-type]
        assert shown[number.path] == wanted
    assert {**card.gates, **card.sanctions, **card.tiers} == expected.outcomes
    assert (card.stage, card.hidden) == (expected.stage, expected.hidden)


@given(scored())
def test_the_steps_are_those_of_the_explanation_and_add_up_to_the_score(drawn: tuple[Plan, dict[str, Any], pingfen.Scorecard]) -> None:
    plan, record, card = drawn
    told = explain(plan, record).steps
    assert [(step.kind, step.path, step.effect) for step in card.steps] == [(step.kind, step.path, step.effect) for step in told]
    assert sum(step.effect for step in card.steps) == (card.score or 0)
    assert bool(card.steps) == (card.score is not None)


@given(scored())
def test_a_scorecard_can_be_written_as_json_and_shown(drawn: tuple[Plan, dict[str, Any], pingfen.Scorecard]) -> None:
    _, _, card = drawn
    document = json.loads(card.to_json())
    assert [(reason["code"], reason["points"]) for reason in document["reasons"]] == [(reason.code, f"{reason.points:f}") for reason in card.reasons]
    assert document == card.to_dict()
    assert (document["score"] and Decimal(document["score"])) == card.score
    console = Console(width=200)
    with console.capture() as capture:
        console.print(card)
    shown = f"{card.score}" if card.score is not None else card.ruleset
    assert shown in capture.get() or not card._shape.score
    assert shown in card._repr_html_() or not card._shape.score


def test_decimals_have_exactly_the_places_of_their_number() -> None:
    card = promoter().evaluate(CLEAN)
    assert str(card.score) == "4.92"
    assert str(card.parts["service.conduct"]) == "5.00"
    assert str(promoter().evaluate(CLEAN | {"store_experience": 5}).metrics["store_experience"]) == "5.00"


def test_the_steps_of_a_clean_promoter_add_up() -> None:
    card = promoter().evaluate(CLEAN)
    assert [(step.kind, step.path, str(step.effect)) for step in card.steps] == [("part", "product", "3.42"), ("part", "service", "1.50")]
    assert card.steps[0].label.en == "Product experience"


def test_what_rounding_left_is_a_step_of_its_own() -> None:
    card = promoter().evaluate(CLEAN | {"store_experience": "3.00", "good_reviews": "99.00%", "quality_returns": "0.50%"})
    assert [(step.kind, str(step.effect)) for step in card.steps] == [("part", "2.88"), ("part", "1.50")]
    assert str(card.score) == "4.38"


HIDING = """
ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id
score 0 .. 100
input speed points 0 .. 100
input volume count 0 .. 1000
stages { growth when volume < 10 { score 60 when volume < 5, else 70 }
         regular else full }
total { part delivery = speed
        deduct 5 when volume > 900
        protect at least 20 when volume > 500 }
display stars = ladder score { >= 90 -> 5, else -> 3 } to 1
hide score when volume < 20
gate campaigns open when score >= 80, closed without a score
"""


def test_a_hidden_score_is_left_out_of_what_is_shown_and_gates_still_read_it() -> None:
    card = ruleset_of(HIDING).evaluate({"speed": 90, "volume": 15})
    assert (card.score, card.total, card.displays, card.steps) == (None, None, {"stars": None}, ())
    assert card.hidden == {"score", "stars"}
    assert card.gates == {"campaigns": "open"}
    assert "90" not in json.dumps({key: value for key, value in card.to_dict().items() if key not in ("metrics", "parts", "digest")})


def test_a_stage_that_gives_the_score_is_the_one_step() -> None:
    card = ruleset_of(HIDING.replace("hide score when volume < 20", "")).evaluate({"speed": 90, "volume": 7})
    assert (card.stage, card.parts["delivery"], card.total) == ("growth", None, None)
    assert [(step.kind, step.effect) for step in card.steps] == [("stage", Decimal(70))]


@pytest.mark.parametrize(("speed", "volume", "steps"), [(90, 950, [("part", 90), ("deduct", -5)]), (3, 950, [("part", 3), ("deduct", -5), ("protect", 22)])])
def test_adjustments_that_acted_are_steps_in_the_order_written(speed: int, volume: int, steps: list[tuple[str, Decimal]]) -> None:
    card = ruleset_of(HIDING).evaluate({"speed": speed, "volume": volume})
    assert [(step.kind, step.effect) for step in card.steps] == steps


def test_labels_from_a_stranger_cannot_steer_a_terminal_or_a_notebook() -> None:
    card = ruleset_of(HIDING.replace("part delivery", 'part delivery "<script>alert(1)</script> [red]"')).evaluate({"speed": 90, "volume": 100})
    assert "<script>" not in card._repr_html_()
    console = Console(width=200)
    with console.capture() as capture:
        console.print(card)
    assert "[red]" in capture.get()


def test_equal_records_of_one_ruleset_are_equal_scorecards() -> None:
    first, second = promoter().evaluate(CLEAN), promoter().evaluate(CLEAN | {"store_experience": "4.8"})
    assert first == second
    assert hash(first) == hash(second)
    assert first != promoter().evaluate(CLEAN | {"breach_count": 1})
