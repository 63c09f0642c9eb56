"""Small rulesets all of whose records can be tried: what is proved of them holds for every one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import pytest

from pingfen.generated import build_scorer
from pingfen.pipeline import compile_source
from pingfen.plan.expressions import NumberRead
from pingfen.plan.quantity import Numeric
from pingfen.plan.ruleset import Claim, Plan
from pingfen.proof.claims import Prover
from pingfen.source import Source

from ..strategies.choosing import ByRandom, Chooser
from ..strategies.conditions import Scope, at_least, condition
from ..strategies.kinds import Choice, Named, Quantity
from .test_prove import HEAD

TOP = 4
NUMBERS = [Named("one", Quantity("number", 0, 0, TOP)), Named("two", Quantity("number", 0, 0, TOP, True)), Named("three", Quantity("number", 0, 0, TOP, True))]
SCOPE = Scope((*NUMBERS, Named("kind", Choice(("low", "high"), True))))
INPUTS = f"""input one number 0 .. {TOP}
input two number 0 .. {TOP} optional
input three number 0 .. {TOP} optional
"""
SUBJECT = "subject shop_id"
Scores = dict[tuple[Any, ...], Any]
FORMS: tuple[Literal["rises", "falls"], ...] = ("rises", "falls")
VALUES: dict[str, Sequence[Any]] = {"one": range(TOP + 1), "two": (None, *range(TOP + 1)), "three": (None, *range(TOP + 1)), "kind": (None, "low", "high")}


def ruleset_body(chooser: Chooser) -> str:
    """Inputs, a table of weights with a row for the missing key, and two parts of every form that proofs of direction order or count by."""
    shares = [chooser.integer(1, 9) * 10 for _ in range(3)]
    rows = "\n".join(f"  {key} -> {share}%, {100 - share}%" for key, share in zip(("low", "default", "none"), shares, strict=True))
    weights = chooser.pick([("weighting.first", "weighting.second"), ("30%", "70%")])
    missing = chooser.pick(["drop", "drop needs 1 parts", "0"])
    parts = "\n".join(f"  part {name} weight {weight} = {_value(chooser)}" for name, weight in zip(("first", "second"), weights, strict=True))
    return f"{INPUTS}table weighting by kind (first, second) {{\n{rows}\n}}\ntotal missing {missing} {{\n{parts}\n}}\n"


def _value(chooser: Chooser) -> str:
    match chooser.integer(0, 4):
        case 0 | 1:
            return f"cases {{ {_points(chooser)} when {at_least(chooser, SCOPE)}, else {_points(chooser)} }}"
        case 2:
            return f"cases {{ none when two missing, {_points(chooser)} when {condition(chooser, SCOPE)}, else two }}"
        case 3:
            return _ranges(chooser)
        case _:
            return chooser.pick(["one", "two", "three"])


def _points(chooser: Chooser) -> int:
    return chooser.integer(0, 10) * 10


def _ranges(chooser: Chooser) -> str:
    """Ranges that part at every cut before it, behind it, or on both sides of it, in any order."""
    rows, start = [], "["
    end = "0"
    for cut in chooser.rising(0, TOP - 1, 2):
        how = chooser.integer(0, 2) if cut else 2
        if cut:
            rows.append(f"{start}{end} .. {cut}{']' if how == 0 else ')'} -> {_points(chooser)}")
        rows += [f"[{cut} .. {cut}] -> {_points(chooser)}"] * (how == 2)
        start, end = "[" if how == 1 else "(", str(cut)
    rows.append(f"{start}{end} ..) -> {_points(chooser)}")
    first = chooser.integer(0, len(rows) - 1)
    return f"ranges one {{ {', '.join([*rows[first:], *rows[:first]])} }}"


def small_plan(seed: int) -> Plan:
    """The plan of a seed's ruleset."""
    text = HEAD.replace(SUBJECT, SUBJECT + " { kind one of low, high optional }") + ruleset_body(ByRandom(seed))
    compilation = compile_source(Source("small.pf", text))
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    return compilation.plan


def claims_of(plan: Plan, scores: Scores) -> Iterator[Claim]:
    """Every direction of the score; and bounds that leave out just its largest, or just its least value."""
    score = next(number for number in plan.record.numbers if number.kind == "score")
    target = NumberRead("score", score.type)
    names = [field.name for field in plan.record.fields if isinstance(field.type, Numeric)]
    yield from (Claim(f"{form} {name}", "", form, target, None, None, name, "", None) for name in names for form in FORMS)
    reached = sorted({score for score in scores.values() if score is not None})
    for low, high in ((reached[0], reached[-1]), (reached[0], reached[-1] - 1), (reached[0] + 1, reached[-1])) if reached else ():
        yield Claim(f"within {low} {high}", "", "within", target, low, high, "", "", None)


def scores_of(plan: Plan) -> Scores:
    """The score of every record."""
    scorer = build_scorer(plan.record)
    at = scorer.outputs.index("score")
    return {record: scorer(*record)[at] for record in itertools.product(*(VALUES[field.name] for field in plan.record.fields))}


def broken(plan: Plan, claim: Claim, scores: Scores) -> Iterator[object]:
    """Every record, or pair of records, that breaks the claim."""
    if claim.form == "within":
        assert claim.low is not None
        assert claim.high is not None
        yield from (record for record, score in scores.items() if score is not None and not claim.low <= score <= claim.high)
        return
    index = [field.name for field in plan.record.fields].index(claim.field)
    for record, score in scores.items():
        for value in () if record[index] is None else range(record[index] + 1, TOP + 1):
            after = scores[(*record[:index], value, *record[index + 1 :])]
            if score is not None and after is not None and (after < score if claim.form == "rises" else after > score):
                yield record, value


@pytest.mark.parametrize("seed", range(40))
def test_what_is_proved_of_a_small_ruleset_holds_for_every_record(seed: int) -> None:
    plan = small_plan(seed)
    prover, scores = Prover(plan, 1.0), scores_of(plan)
    for claim in claims_of(plan, scores):
        if prover.settle(claim).state == "proved":
            assert next(broken(plan, claim, scores), None) is None, claim.key
