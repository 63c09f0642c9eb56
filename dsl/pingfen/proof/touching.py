"""How one more row of a table moves a metric of its subject, where the metric is given before and after or in neither; read off the plan.

The row's key is its own, so no other row refers to it, and what it is counted among only gains. Everything less plain moves either way: a row may push another
one out of `first` or of the latest so many, choose a shorter window, or be what another row is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from ..analysis.evaluation import numbers_of
from ..analysis.situation import Situation
from ..node import nodes_in
from ..plan.events import Aggregate, Aggregated, Derived, EventPlan, First, Keep, Metric, Rate, Step
from ..plan.expressions import AllOf, AnyOf, AnyRow, Expression
from ..plan.quantity import Exact
from .motion import ANY, LOOSE, RISING, STILL, Motion, turned
from .reach import aggregates_of, pipeline_of, table_of


def row_motion(plan: EventPlan, metric: Metric, table: str) -> Motion:
    """What one more row of the table can do to the metric."""
    if all(_of_aggregate(plan, aggregate, table).still for aggregate in aggregates_of(plan, metric)):
        return STILL
    if isinstance(metric.type, Exact):
        return LOOSE
    match metric.made:
        case Aggregated(aggregate=aggregate):
            return _of_aggregate(plan, aggregate, table)
        case Rate(counted=counted, per=per):
            return _of_aggregate(plan, counted, table) if _of_aggregate(plan, per, table).still else ANY
        case Derived():
            return ANY
        case _:
            assert_never(metric.made)


def _of_aggregate(plan: EventPlan, aggregate: Aggregate, table: str) -> Motion:
    if any(not _of_aggregate(plan, shorter.volume, table).still for shorter in aggregate.shorter):
        return ANY
    if table in _asked(plan, aggregate):
        return RISING if aggregate.form == "count" and _only_gains(plan, aggregate) else ANY
    if aggregate.table != table:
        return STILL
    steps = [step for population in pipeline_of(plan, aggregate.source) for step in population.steps]
    if _is_left_out(steps, aggregate):
        return STILL
    if aggregate.latest is not None or any(isinstance(step, First) for step in steps):
        return ANY
    match aggregate.form:
        case "count" | "distinct" | "maximum":
            return RISING
        case "minimum":
            return turned(RISING)
        case "sum":
            return _summed(aggregate)
        case "mean" | "share":
            return ANY
        case _:
            assert_never(aggregate.form)


def _is_left_out(steps: Sequence[Step], aggregate: Aggregate) -> bool:
    """Whether the row is not counted, nor in the way of another, as a row that refers to it is asked for."""
    firsts = [number for number, step in enumerate(steps) if isinstance(step, First)]
    before = steps[: firsts[0]] if firsts else steps
    if any(isinstance(step, Keep) and _asks_for_a_row(step.condition) for step in before):
        return True
    return not firsts and aggregate.latest is None and aggregate.condition is not None and _asks_for_a_row(aggregate.condition)


def _only_gains(plan: EventPlan, aggregate: Aggregate) -> bool:
    """Whether rows that are looked for can only bring rows among the counted: nothing is counted because there is none, or but the latest or first."""
    populations = pipeline_of(plan, aggregate.source)
    looked = {name for node in nodes_in((*populations, aggregate.condition)) if isinstance(node, AnyRow) for name in node.populations}
    steps = [step for name in (aggregate.source, *looked) for population in pipeline_of(plan, name) for step in population.steps]
    conditions = [step.condition for population in populations for step in population.steps if isinstance(step, Keep)]
    computed = [column.computed for table in plan.tables for column in table.columns]
    inner = [step for name in looked for population in pipeline_of(plan, name) for step in population.steps]
    plain = not any(isinstance(node, AnyRow) for node in nodes_in((*computed, *inner, aggregate.by)))
    asks_well = all(_asks_for_presence(each) for each in (*conditions, *([] if aggregate.condition is None else [aggregate.condition])))
    return plain and asks_well and aggregate.latest is None and not aggregate.shorter and all(isinstance(step, Keep) for step in steps)


def _asks_for_presence(condition: Expression) -> bool:
    """Whether a row more among those that are looked for never turns the condition from true to false."""
    match condition:
        case AnyRow():
            return True
        case AllOf(conditions=conditions) | AnyOf(conditions=conditions):
            return all(_asks_for_presence(each) for each in conditions)
        case _:
            return not any(isinstance(node, AnyRow) for node in nodes_in(condition))


def _asks_for_a_row(condition: Expression) -> bool:
    """Whether the condition holds of no row that no other refers to."""
    match condition:
        case AnyRow():
            return True
        case AllOf(conditions=conditions):
            return any(_asks_for_a_row(each) for each in conditions)
        case AnyOf(conditions=conditions):
            return all(_asks_for_a_row(each) for each in conditions)
        case _:
            return False


def _summed(aggregate: Aggregate) -> Motion:
    assert aggregate.value is not None
    value = numbers_of(aggregate.value, Situation({}))
    return RISING if value.low >= 0 else turned(RISING) if value.high <= 0 else ANY


def _asked(plan: EventPlan, aggregate: Aggregate) -> frozenset[str]:
    """The tables whose rows are looked for by what is read on the way to an aggregate."""
    populations = pipeline_of(plan, aggregate.source)
    computed = [column.computed for table in plan.tables if table.name == aggregate.table for column in table.columns]
    parts = (aggregate.by, aggregate.condition, aggregate.value, aggregate.weight, aggregate.counted)
    return frozenset(_looked_into(plan, (*populations, *computed, *parts), frozenset()))


def _looked_into(plan: EventPlan, roots: tuple[object, ...], seen: frozenset[str]) -> Iterator[str]:
    for name in {name for node in nodes_in(roots) if isinstance(node, AnyRow) for name in node.populations} - seen:
        table, populations = table_of(plan, name), pipeline_of(plan, name)
        yield table.name
        yield from _looked_into(plan, (*populations, *(column.computed for column in table.columns)), seen | {name})
