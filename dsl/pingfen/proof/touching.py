"""How one more row of a table moves a metric of its subject, where the metric is given before and after or in neither; read off the plan.

The row's key is its own, so no other row refers to it, and what it is counted among only gains. Everything less plain moves either way: a row may push another
one out of `first` or of the latest so many, choose a shorter window, or be what another row is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from ..analysis.evaluation import numbers_of
from ..analysis.situation import Situation
from ..node import nodes_in
from ..plan.events import Aggregate, Aggregated, Derived, EventPlan, First, Metric, Rate
from ..plan.expressions import AnyRow
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
        return ANY
    if aggregate.table != table:
        return STILL
    steps = [step for population in pipeline_of(plan, aggregate.source) for step in population.steps]
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
