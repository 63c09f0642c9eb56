"""Every ruleset's records are explained: lines add up at every node, steps add up to the score, and the scorecard's own steps are the same."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import pytest

from pingfen.arithmetic import decimal_of
from pingfen.calendar import date_of
from pingfen.explanation import Explanation, Node, document_of, explain
from pingfen.explanation.rendering import print_explanation
from pingfen.pipeline import compile_source
from pingfen.plan.quantity import Numeric, Type
from pingfen.plan.ruleset import Plan
from pingfen.reference import Evaluation, Value, evaluate
from pingfen.ruleset import compile_text
from pingfen.source import Source
from pingfen.trial.drawing import drawer_of
from pingfen.trial.limits import limits_of

from ..strategies.rulesets import ruleset_of_seed
from ..tries import tries

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "rulesets").rglob("*.pf"), *(ROOT / "tests" / "cases" / "samples").glob("*.pf")])
RECORDS = tries(60)
SEEDS = 30


@cache
def plan_of(path: Path) -> Plan:
    plan = compile_source(Source(path.name, path.read_text("utf-8"))).plan
    assert plan is not None
    return plan


def records(plan: Plan, count: int = RECORDS) -> list[dict[str, Value]]:
    drawer, random = drawer_of(plan.record, limits_of(plan.record)), Random(plan.version.version)
    return [drawer.draw(random, {}) for _ in range(count)]


def explained(plan: Plan, count: int = RECORDS) -> list[tuple[Evaluation, Explanation]]:
    cards = [(evaluate(plan.record, record), record) for record in records(plan, count)]
    return [(card, explain(plan, record, card)) for card, record in cards]


def nodes(node: Node) -> list[Node]:
    return [node, *(inner for child in node.children for inner in nodes(child))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_lines_and_steps_add_up(path: Path) -> None:
    check_sums(plan_of(path), RECORDS)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_lines_and_steps_of_generated_rulesets_add_up(seed: int) -> None:
    plan = compile_source(Source("generated.pf", ruleset_of_seed(seed))).plan
    assert plan is not None
    check_sums(plan, RECORDS // 4)


def check_sums(plan: Plan, count: int) -> None:
    for card, explanation in explained(plan, count):
        for node in (node for root in explanation.numbers for node in nodes(root)):
            value = card.numbers[node.path]
            if isinstance(value, int) and not node.hidden and isinstance(node.type, Numeric):
                total = sum((decimal_of(line.amount, node.places) for line in node.lines), Decimal(0))
                assert total == decimal_of(value, node.type.places), node.path
        score = explanation.score
        if score is not None and isinstance(score.value, int):
            assert isinstance(score.type, Numeric)
            assert sum((step.effect for step in explanation.steps), Decimal(0)) == decimal_of(score.value, score.type.places)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_number_has_its_place_in_a_tree_and_every_text_both_languages(path: Path) -> None:
    plan = plan_of(path)
    for _, explanation in explained(plan, 10):
        full = explanation.stage is None or any(row.full for row in plan.record.stages if row.name == explanation.stage.name)
        shown = {node.path for root in explanation.numbers for node in nodes(root)}
        assert not full or shown == {number.path for number in plan.record.numbers}
        json.dumps(document_of(explanation))
        for language in ("en", "zh"):
            print_explanation(explanation, language, io.StringIO())


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_steps_of_a_scorecard_are_those_of_its_explanation(path: Path) -> None:
    ruleset = compile_text(path.read_text("utf-8"))
    plan = ruleset.plan
    for record in records(plan, 30):
        card = ruleset.evaluate({field.name: outside(field.type, record[field.name]) for field in plan.record.fields})
        told = [(step.kind, step.path if step.kind in ("part", "dropped", "not best") else "", step.effect) for step in explain(plan, record).steps]
        assert [(step.kind, step.path, step.effect) for step in card.steps] == told


def outside(kind: Type, value: Value) -> object:
    """A clean value as it is given from outside."""
    if not isinstance(kind, Numeric) or not isinstance(value, int):
        return value
    return date_of(value) if kind.unit == "date" else decimal_of(value, kind.places)
