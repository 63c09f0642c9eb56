"""The expressions of a plan, each with the situation in which it is evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from ..plan.events import Aggregate, Aggregated, Derived, EventPlan, Keep, Rate
from ..plan.expressions import Expression
from ..plan.record import Gate, GroupExtreme, Number, Outcome, RecordPlan, Tier
from ..plan.ruleset import Plan
from .evaluation import assume
from .scorecard import Outlook
from .situation import Situation

Place = tuple[Expression, Situation]


def places_in(plan: Plan, outlook: Outlook) -> Iterator[Place]:
    """Every expression of the plan, events first."""
    yield from ((expression, outlook.ground) for expression in _of_events(plan.events))
    yield from _of_stages(outlook)
    for number in plan.record.numbers:
        yield from _of_number(number, outlook)
    for outcome in plan.record.outcomes:
        yield from ((expression, outlook.anywhere) for expression in _of_outcome(outcome))
    yield from ((expression, outlook.anywhere) for expression in _of_rest(plan.record))


def _of_events(events: EventPlan) -> Iterator[Expression]:
    for table in events.tables:
        yield from (column.computed for column in table.columns if column.computed is not None)
    for population in events.populations:
        yield from (step.condition for step in population.steps if isinstance(step, Keep))
    for metric in events.metrics:
        match metric.made:
            case Aggregated(aggregate=aggregate):
                yield from _of_aggregate(aggregate)
            case Rate(counted=counted, per=per):
                yield from _of_aggregate(counted)
                yield from _of_aggregate(per)
            case Derived(value=value):
                yield value
            case _:
                assert_never(metric.made)


def _of_aggregate(aggregate: Aggregate) -> Iterator[Expression]:
    parts = (aggregate.by, aggregate.condition, aggregate.value, aggregate.weight, aggregate.counted)
    yield from (part for part in parts if part is not None)
    for shorter in aggregate.shorter:
        yield from _of_aggregate(shorter.volume)


def _of_stages(outlook: Outlook) -> Iterator[Place]:
    for row, situation in outlook.stages:
        if row.condition is not None:
            yield row.condition, outlook.ground
        if row.value is not None and situation is not None:
            yield row.value, situation


def _of_number(number: Number, outlook: Outlook) -> Iterator[Place]:
    situation = outlook.making if number.needs_full_stage else outlook.anywhere
    yield number.value, situation
    for adjustment in number.adjustments:
        condition = adjustment.condition
        if condition is not None:
            yield condition, situation
        inside = situation if condition is None else assume(condition, True, situation)
        if inside is not None:
            yield adjustment.amount, inside


def _of_outcome(outcome: Outcome) -> Iterator[Expression]:
    match outcome:
        case Gate(condition=condition):
            yield condition
        case Tier(value=value, forces=forces):
            yield value
            yield from (force.condition for force in forces)
        case _:
            assert_never(outcome)


def _of_rest(record: RecordPlan) -> Iterator[Expression]:
    yield from (across.among for across in record.across if not isinstance(across, GroupExtreme) and across.among is not None)
    yield from (linked.condition for linked in record.linked)
    yield from (hidden.condition for hidden in record.hidden)
