"""The advice is the best there is: what a search through all levels finds, to the last step and in the order of ties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from pingfen.advice import Advice, GateGoal, Goal, NumberGoal, advise
from pingfen.advice.goal import value_of
from pingfen.advice.levers import Lever
from pingfen.advice.ways import MOST_WAYS
from pingfen.plan.events import Improvable
from pingfen.plan.quantity import Numeric
from pingfen.plan.ruleset import Plan
from pingfen.reference import Value, evaluate

from .rulesets import plan_of, record_of

pytestmark = pytest.mark.slow

Steps = tuple[int, ...]
Order = tuple[int, int, tuple[int, ...], Steps]
GOALS: tuple[Goal, ...] = (NumberGoal(60), NumberGoal(75), NumberGoal(88), NumberGoal(100), GateGoal("campaigns", "open"))


def reachable(present: int, improvable: Improvable, kind: Numeric) -> list[tuple[int, int]]:
    """(steps, value) by the language's words: a step that would pass the end stops there, values outside `within` are no goals."""
    found = [(0, present)]
    low, high = max(improvable.low, kind.low), min(improvable.high, kind.high)
    for steps in range(1, 1000):
        moved = present + steps * improvable.step if improvable.direction == "up" else present - steps * improvable.step
        cut = min(moved, high) if improvable.direction == "up" else max(moved, low)
        further = cut > present if improvable.direction == "up" else cut < present
        if low <= cut <= high and further:
            found.append((steps, cut))
        if cut != moved:
            break
    return found


def exhaustively(plan: Plan, record: Mapping[str, Value], goal: Goal) -> Iterator[tuple[Order, Mapping[str, Value]]]:
    """Every way that meets the goal, with what orders it: cost, metrics changed, the order written, steps."""
    kinds = {field.name: field.type for field in plan.record.fields}
    names = [metric.name for metric in plan.events.metrics if metric.improvable and isinstance(record.get(metric.name), int)]
    clauses = {metric.name: metric.improvable for metric in plan.events.metrics}
    choices = [reachable(record[name], clauses[name], kinds[name]) for name in names]  # type: ignore[arg-type]
    for chosen in product(*choices):
        after = {**record, **{name: value for name, (_, value) in zip(names, chosen, strict=True)}}
        if goal.is_met(value_of(goal, evaluate(plan.record, after))):
            changed = tuple(index for index, (steps, _) in enumerate(chosen) if steps)
            cost = sum(steps * clauses[name].cost for name, (steps, _) in zip(names, chosen, strict=True))  # type: ignore[union-attr]
            yield (cost, len(changed), changed, tuple(steps for steps, _ in chosen)), after


def moved(advice: Advice, index: int) -> Mapping[str, Value]:
    return advice.ways[index].record


@pytest.mark.parametrize("seed", range(60))
def test_the_first_way_is_what_an_exhaustive_search_finds(seed: int) -> None:
    plan = plan_of(seed)
    record = record_of(plan, seed)
    goal = GOALS[seed % len(GOALS)]
    ways = sorted(exhaustively(plan, record, goal), key=lambda way: way[0])
    advice = advise(plan, record, goal)
    if advice.is_met:
        assert ways[0][0][0] == 0
        return
    assert bool(advice.ways) == bool(ways)
    if ways:
        assert advice.ways[0].cost == ways[0][0][0]
        assert moved(advice, 0) == ways[0][1]


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_each_other_way_is_the_cheapest_that_leaves_out_some_metric_of_each_before(seed: int) -> None:
    plan = plan_of(seed)
    record = record_of(plan, seed)
    goal = GOALS[seed % len(GOALS)]
    advice = advise(plan, record, goal)
    every = sorted(exhaustively(plan, record, goal), key=lambda way: way[0])
    found: list[frozenset[int]] = []
    for way in advice.ways:
        order, after = next((order, after) for order, after in every if not any(frozenset(order[2]) >= other for other in found))
        assert way.record == after
        found.append(frozenset(order[2]))
    if not advice.is_met and len(found) < MOST_WAYS:
        assert all(any(frozenset(order[2]) >= other for other in found) for order, _ in every)


@pytest.mark.parametrize("seed", range(1, 60, 3))
def test_each_metric_that_does_it_alone_is_told_and_no_other(seed: int) -> None:
    plan = plan_of(seed)
    record = record_of(plan, seed)
    goal = GOALS[seed % len(GOALS)]
    advice = advise(plan, record, goal)
    alone = {name for order, after in exhaustively(plan, record, goal) if order[1] == 1 for name in after if after[name] != record[name]}
    if not advice.is_met:
        assert all(len(way.moves) == 1 for way in advice.alone)
        assert sorted(way.moves[0].lever.name for way in advice.alone) == sorted(alone)


def test_what_cannot_be_reached_names_the_best_that_can() -> None:
    """Over the generated rulesets whose goal is out of reach, the best score told is the highest of all ways."""
    seen = 0
    for seed in range(24):
        plan = plan_of(seed)
        record = record_of(plan, seed)
        advice = advise(plan, record, NumberGoal(100))
        if advice.is_met or advice.ways:
            continue
        seen += 1
        now = value_of(advice.goal, advice.present)
        scores = [value_of(advice.goal, evaluate(plan.record, after)) for _, after in exhaustively(plan, record, NumberGoal(0))]
        highest = max((score for score in scores if isinstance(score, int)), default=None)
        told = now if advice.best is None else value_of(advice.goal, advice.best.evaluation)
        assert told == highest
    assert seen > 4


def test_a_step_that_would_pass_the_end_stops_there() -> None:
    """From 99.95% up by 0.10% within .. 100%: one step, at 100%."""
    from pingfen.advice.levers import _lever
    from pingfen.plan.label import Label

    lever = _lever("m", Label(), Numeric("share", 4, 0, 10000), 9995, Improvable("up", 10, 1, 6000, 10000))
    assert isinstance(lever, Lever)
    assert [(lever.steps(level), lever.value(level)) for level in range(lever.levels + 1)] == [(0, 9995), (1, 10000)]


def test_a_value_below_the_range_first_goes_to_it() -> None:
    """From 59.95% up by 0.10% within 60% .. 60.20%: the first value is the first step inside."""
    from pingfen.advice.levers import _lever
    from pingfen.plan.label import Label

    lever = _lever("m", Label(), Numeric("share", 4, 0, 10000), 5985, Improvable("up", 10, 1, 6000, 6020))
    assert isinstance(lever, Lever)
    assert [(lever.steps(level), lever.value(level)) for level in range(lever.levels + 1)] == [(0, 5985), (2, 6005), (3, 6015), (4, 6020)]
