"""Which events can change a metric: of which tables, from when to when, and of which subjects; read off the plan.

A row of a table matters where its time lies in the metric's window. `first` looks back further; another table that is referred to, or whose rows are asked
for, matters whenever it happened before D. Everything else changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve, frozen

from ..node import nodes_in
from ..plan.events import Aggregate, Aggregated, Derived, EventPlan, First, Metric, Population, Rate, Table, Window
from ..plan.expressions import AnyRow, ColumnRead, Expression, FieldRead


@frozen
class Reach:
    """Rows of one table that a metric reads: those whose `by` lies in `window`, or up to `back` days before it; `window` None is any time before D.

    `foreign` says by what rows of other subjects get in: "" by nothing, "first" by a key that two subjects may share, "reference" by a row of another subject.
    """

    table: str
    window: Window | None
    by: Expression | None = None
    back: int = 0
    foreign: str = ""


def reaches_of(plan: EventPlan, metric: Metric) -> tuple[Reach, ...]:
    """Everything that the metric reads, table by table."""
    found: dict[tuple[str, Window | None, Expression | None], Reach] = {}
    for reach in _of_metric(plan, metric, frozenset()):
        key = (reach.table, reach.window, reach.by)
        known = found.get(key)
        found[key] = reach if known is None else evolve(known, back=max(known.back, reach.back), foreign=known.foreign or reach.foreign)
    return tuple(found.values())


def aggregates_of(plan: EventPlan, metric: Metric) -> tuple[Aggregate, ...]:
    """What a metric aggregates, itself or through the metrics that it is derived from."""
    match metric.made:
        case Aggregated(aggregate=aggregate):
            return _with_volumes(aggregate)
        case Rate(counted=counted, per=per):
            return (*_with_volumes(counted), *_with_volumes(per))
        case Derived(value=value):
            names = {node.name for node in nodes_in(value) if isinstance(node, FieldRead)}
            return tuple(each for other in plan.metrics if other.name in names for each in aggregates_of(plan, other))


def _with_volumes(aggregate: Aggregate) -> tuple[Aggregate, ...]:
    return (aggregate, *(each for shorter in aggregate.shorter for each in _with_volumes(shorter.volume)))


def _of_metric(plan: EventPlan, metric: Metric, seen: frozenset[str]) -> Iterator[Reach]:
    for aggregate in aggregates_of(plan, metric):
        yield from _of_source(plan, aggregate.source, aggregate.window, aggregate.by, seen)
        parts = (aggregate.by, aggregate.condition, aggregate.value, aggregate.weight, aggregate.counted)
        yield from _read_by(plan, aggregate.table, parts, seen)


def _of_source(plan: EventPlan, source: str, window: Window | None, by: Expression | None, seen: frozenset[str]) -> Iterator[Reach]:
    """The rows of a population's table, and what its steps read besides."""
    steps = tuple(step for population in pipeline_of(plan, source) for step in population.steps)
    table = table_of(plan, source)
    firsts = [step for step in steps if isinstance(step, First)]
    back = [_back(step, by) for step in firsts]
    unbounded = any(days is None for days in back)
    mixed = "first" if any(not _keeps_apart(table, step) for step in firsts) else ""
    yield Reach(table.name, None if unbounded else window, None if unbounded else by, 0 if unbounded else sum(days or 0 for days in back), mixed)
    yield from _read_by(plan, table.name, steps, seen)
    yield from _referred(plan, table, seen)


def _back(step: First, by: Expression | None) -> int | None:
    """How many days a step looks back from the rows of the window; None without end, or where it looks by another time."""
    return step.days if step.days is not None and step.time == by else None


def _keeps_apart(table: Table, step: First) -> bool:
    """Whether rows of two subjects never share the keys of a step: the subject, what leads to it, or the row's own key is one of them."""
    own = {table.subject_through, *(column.name for column in table.columns if column.role in ("subject", "key"))}
    return any(isinstance(key, ColumnRead) and not key.through and key.name in own for key in step.keys)


def _read_by(plan: EventPlan, table: str, roots: Iterable[Any], seen: frozenset[str]) -> Iterator[Reach]:
    """The tables that conditions and values look into: referred rows, and populations any row of which refers."""
    computed = [column.computed for each in plan.tables if each.name == table for column in each.columns]
    for node in nodes_in((*roots, *computed)):
        if isinstance(node, AnyRow):
            for name in node.populations:
                other = table_of(plan, name)
                own = not other.subject_through
                yield from (evolve(reach, foreign=reach.foreign or ("reference" if own else "")) for reach in _once(plan, name, seen))


def _once(plan: EventPlan, population: str, seen: frozenset[str]) -> Iterator[Reach]:
    if population not in seen:
        yield from _of_source(plan, population, None, None, seen | {population})


def _referred(plan: EventPlan, table: Table, seen: frozenset[str]) -> Iterator[Reach]:
    """The tables that a table's rows refer to: a row that is not there takes those that refer to it along, or reads absent."""
    for column in table.columns:
        if column.refers_to and column.refers_to not in seen:
            other = table_of(plan, column.refers_to)
            foreign = "" if table.subject_through == column.name else "reference"
            yield Reach(other.name, None, foreign=foreign)
            yield from (evolve(reach, foreign=reach.foreign or foreign) for reach in _referred(plan, other, seen | {column.refers_to}))


def pipeline_of(plan: EventPlan, source: str) -> list[Population]:
    """The populations from the table to the source, in order. A population may be called like its table."""
    found: list[Population] = []
    for population in reversed(plan.populations):
        if population.name == source:
            found.append(population)
            source = population.source
    return found[::-1]


def table_of(plan: EventPlan, source: str) -> Table:
    """The table of a population, or of that name."""
    pipeline = pipeline_of(plan, source)
    name = pipeline[-1].table if pipeline else source
    return next(table for table in plan.tables if table.name == name)
