"""Advice on metrics of thousands of steps: an answer soon, which says where it is not certain to be the best, and the same one every time."""

from __future__ import annotations

import time

import pytest

from pingfen.advice import Advice, NumberGoal, advise, ways
from pingfen.advice.document import document_of
from pingfen.advice.goal import value_of
from pingfen.advice.telling import Teller
from pingfen.advice.work import ROUGH
from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.reference import Value, evaluate
from pingfen.source import Source

from .rulesets import HEAD, plan_of, record_of
from .test_optimal import exhaustively

SECONDS = 2.0
SLACK = 3
"""The machine that runs the tests may be busy with others; the limit itself is that of a quiet machine."""
WEIGHTS = ("30%", "25%", "20%", "15%", "10%")
RISING = "curve m{index} {{ 0% -> 0.0, {bend}% -> {score}.0, 100% -> 10.0 }}"
FALLING = "curve m{index} {{ 0% -> 0.0, {top}% -> 9.5, 100% -> 5.0 }}"


def wide(falling: int) -> tuple[Plan, dict[str, Value]]:
    """Five shares with ten thousand steps each, of which so many are not always better when they are larger; and a record."""
    columns = "".join(f"  g{index} flag\n" for index in range(5))
    metrics = [
        f"metric m{index} = share with g{index} of orders over last 30 days to 0.01% improvable up by 0.01%, cost {2 * index + 1}, within 0% .. 100%"
        for index in range(5)
    ]
    shapes = [FALLING if index < falling else RISING for index in range(5)]
    parts = [
        f"  part p{index} weight {weight} = {shape.format(index=index, bend=30 + 7 * index, score=2 + index, top=60 + 5 * index)}"
        for index, (weight, shape) in enumerate(zip(WEIGHTS, shapes, strict=True))
    ]
    head = HEAD.replace("  stars    number 1 .. 5\n", columns)
    compilation = compile_source(Source("wide.pf", "\n".join([head, *metrics, "total missing no score {", *parts, "}"]) + "\n"))
    assert compilation.plan is not None, [found.code for found in compilation.diagnostics]
    return compilation.plan, {f"m{index}": 1000 + 137 * index for index in range(5)}


@pytest.mark.slow
@pytest.mark.parametrize("falling", [0, 1, 5])
@pytest.mark.parametrize("least", [70, 100])
def test_an_answer_comes_soon_however_many_steps_there_are(falling: int, least: int) -> None:
    plan, record = wide(falling)
    began = time.process_time()
    advice = advise(plan, record, NumberGoal(least))
    assert time.process_time() - began < SECONDS * SLACK
    for way in advice.ways:
        assert value_of(advice.goal, evaluate(plan.record, way.record)) >= least  # type: ignore[operator]


@pytest.mark.slow
def test_an_answer_that_is_not_certain_says_so() -> None:
    plan, record = wide(1)
    found, unreachable = advise(plan, record, NumberGoal(70)), advise(plan, record, NumberGoal(100))
    assert (found.certain, bool(found.ways)) == (False, True)
    assert "the search was cut short: there may be a cheaper way" in list(Teller(found, "en").lines())
    assert (unreachable.certain, unreachable.ways) == (False, ())
    assert "no way was found; the search was cut short, so there may be one" in list(Teller(unreachable, "en").lines())
    assert not any("cannot be reached" in line for line in Teller(unreachable, "en").lines())
    assert document_of(Teller(found, "zh"))["certain"] is False


@pytest.mark.parametrize("seed", range(0, 60, 4))
def test_a_rough_search_meets_the_goal_and_never_beats_the_exact_one(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no work allowed to the exact search; each way is as near as it goes, and none can be had cheaper than the exact one."""
    plan = plan_of(seed)
    record = record_of(plan, seed)
    goal = NumberGoal((60, 75, 88)[seed % 3])
    exact = advise(plan, record, goal)
    rough = roughly(plan, record, goal, monkeypatch)
    if exact.is_met or not exact.levers:
        return
    assert not rough.certain
    assert bool(rough.ways) <= bool(exact.ways)
    for way in rough.ways:
        assert goal.is_met(value_of(goal, evaluate(plan.record, way.record)))
        assert way.cost >= exact.ways[0].cost
    cheapest = min((order for order, _ in exhaustively(plan, record, goal)), default=None)
    assert (cheapest is None) == (not exact.ways)


def roughly(plan: Plan, record: dict[str, Value], goal: NumberGoal, monkeypatch: pytest.MonkeyPatch) -> Advice:
    """The advice of the rough search alone."""
    searched = ways._searched
    monkeypatch.setattr(ways, "_searched", lambda space, present: searched(space, present) if space.work.left <= ROUGH else cut_short())
    return advise(plan, record, goal)


def cut_short() -> ways.Found:
    """The exact search, when it is not to be."""
    raise ways.TooMuchWorkError
