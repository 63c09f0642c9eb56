"""Reasons add up exactly, to the last digit: the top of the scale and their points are the score; and each names its cause."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, strategies

import pingfen
from pingfen.explanation import Reason, explain, reasons_of_record
from pingfen.explanation.sources import unrounded
from pingfen.pipeline import compile_source
from pingfen.plan.expressions import BestOf, Constant, Sum
from pingfen.plan.record import Number
from pingfen.plan.ruleset import Plan
from pingfen.reference import evaluate
from pingfen.ruleset.origins import Compiled
from pingfen.source import Source
from pingfen.trial.drawing import drawer_of
from pingfen.trial.limits import limits_of

from ..markdown import Case, cases_in
from ..strategies import records, rulesets

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASES = cases_in(HERE / "reasons")
FILES = sorted((ROOT / "rulesets").glob("*/*.pf"))
SUBJECTS = 10_000
HEAD = """ruleset tried.reasons
version "1"
effective from 2026-01-01
cites "nobody"
timezone "Asia/Shanghai"
subject shop_id
"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_reasons_are_those_worked_by_hand(case: Case) -> None:
    compilation = compile_source(Source("case.pf", HEAD + case.text_of("pf")))
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    ruleset = pingfen.Ruleset(Compiled("case.pf", compilation.plan, {}))
    for given_, told in zip(case.of_kind("record"), case.of_kind("reasons"), strict=True):
        card = ruleset.evaluate(json.loads(given_.text, parse_float=Decimal))
        assert [f"{reason.code} {reason.points:+f}" for reason in card.reasons] == told.text.splitlines()
        assert not card.reasons or (card.score is not None and sum_of(card.reasons) == card.score - top(compilation.plan))


def sum_of(reasons: tuple[Reason, ...]) -> Decimal:
    """All points."""
    return sum((reason.points for reason in reasons), Decimal(0))


def top(plan: Plan) -> Decimal:
    """The top of the scale."""
    assert plan.record.scale is not None
    return Decimal(plan.record.scale.high).scaleb(-plan.record.scale.places)


@given(strategies.data())
def test_reasons_of_generated_rulesets_add_up(data: strategies.DataObject) -> None:
    plan = compile_source(Source("generated.pf", data.draw(rulesets()))).plan
    if plan is None or plan.record.scale is None:
        return
    record = dict(data.draw(records(plan)))
    evaluation = evaluate(plan.record, record)
    score = next(number for number in plan.record.numbers if number.kind == "score")
    value = evaluation.numbers[score.path]
    reasons = reasons_of_record(plan.record, record)
    assert reasons == reasons_of_record(plan.record, record, evaluation.numbers)
    if isinstance(value, int):
        assert sum_of(reasons) == Decimal(value).scaleb(-plan.record.scale.places) - top(plan)
        assert len({reason.code for reason in reasons}) == len(reasons) or any(number.parts for number in plan.record.numbers)
    else:
        assert reasons == ()
    told = explain(plan, record, evaluation).reasons
    assert told == (() if score.path in evaluation.hidden else reasons)


@given(strategies.data())
def test_what_is_out_of_reach_is_the_same_for_every_record(data: strategies.DataObject) -> None:
    """`scale` is of the ruleset alone, whatever is taken, missing or dropped: where weights are written, and only indicators have ranges of their own."""
    plan = compile_source(Source("generated.pf", data.draw(rulesets()))).plan
    if plan is None or any(has_own_reach(number) for number in plan.record.numbers):
        return
    told = [reasons_of_record(plan.record, dict(data.draw(records(plan)))) for _ in range(4)]
    beyond = {sum_of(tuple(each for each in reasons if each.code == "scale")) for reasons in told if reasons and reasons[0].kind != "stage"}
    assert len(beyond) <= 1, beyond


def has_own_reach(number: Number) -> bool:
    """Whether what a number can be made of changes with the record, or its own range cuts it."""
    form = unrounded(number.value)
    if isinstance(form, Sum):
        return number.kind != "score" and (number.high is not None or not all(isinstance(line.weight, Constant) for line in form.lines))
    return isinstance(form, BestOf) and number.high is not None


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_steps_and_reasons_of_ten_thousand_subjects_add_up(path: Path) -> None:
    plan = compile_source(Source(path.name, path.read_text("utf-8"))).plan
    assert plan is not None
    ruleset = pingfen.Ruleset(Compiled(path.name, plan, {}))
    drawer, random = drawer_of(plan.record, limits_of(plan.record)), Random(path.stem)
    scored = 0
    for _ in range(SUBJECTS):
        values = list(drawer.draw(random, {}).values())
        card = pingfen.Scorecard(ruleset._shape, values, ruleset._shape.detailed.function(*ruleset._intake.arguments(values)))
        if card.score is None:
            assert card.reasons == ()
            assert card.steps == ()
        else:
            scored += 1
            assert sum((step.effect for step in card.steps), Decimal(0)) == card.score
            assert sum_of(card.reasons) == card.score - top(plan)
    assert scored > SUBJECTS / 4 or plan.record.scale is None
