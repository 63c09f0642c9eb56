"""What one row cannot do together: raise a count and lower the share of just these rows among others.

Let a share be A of B, and one row change one of the things that are counted. Where it is new among the A, B grows by one at most, and (A + 1) / (B + 1) is no
less than A / B. So a row that lowers the share does not raise A, nor a metric that counts what A counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..node import nodes_in
from ..plan.events import Aggregate, Aggregated, EventPlan, Keep, Metric
from ..plan.expressions import AnyRow
from .reach import pipeline_of, table_of


def not_raised_with(plan: EventPlan, share: Metric, table: str) -> frozenset[str]:
    """The metrics that a row of the table does not raise where it lowers the share."""
    match share.made:
        case Aggregated(aggregate=Aggregate(form="share") as aggregate) if changes_one(plan, aggregate, table):
            return frozenset(metric.name for metric in plan.metrics if _counts_the_same(metric, aggregate))
        case _:
            return frozenset()


def _counts_the_same(metric: Metric, share: Aggregate) -> bool:
    """Whether the metric is the number of rows that the share is of."""
    match metric.made:
        case Aggregated(aggregate=Aggregate(form="count") as count):
            same = (count.table, count.source, count.window, count.by) == (share.table, share.source, share.window, share.by)
            return same and share.condition is None and count.condition == share.counted and not (count.shorter or count.latest or count.recency)
        case _:
            return False


def changes_one(plan: EventPlan, aggregate: Aggregate, table: str) -> bool:
    """Whether a row of the table is itself what is counted, or changes by itself one thing that is: the row that it refers to."""
    if aggregate.shorter or aggregate.latest or aggregate.recency or aggregate.weight is not None:
        return False
    counted = next(each for each in plan.tables if each.name == aggregate.table)
    asked = list(_asked(plan, aggregate))
    only_kept = all(isinstance(step, Keep) for source in (aggregate.source, *asked) for step in _steps(plan, source))
    if not only_kept or any(column.refers_to for column in counted.columns):
        return False
    referring = [column.refers_to for each in plan.tables if each.name == table for column in each.columns if column.refers_to]
    direct = all([column.refers_to for column in table_of(plan, source).columns if column.refers_to] == [aggregate.table] for source in asked)
    return direct and (table == aggregate.table or referring == [aggregate.table])


def _asked(plan: EventPlan, aggregate: Aggregate) -> Iterator[str]:
    """The populations whose rows are looked for by what the aggregate reads of its own rows."""
    computed = [column.computed for each in plan.tables if each.name == aggregate.table for column in each.columns]
    parts = (*pipeline_of(plan, aggregate.source), *computed, aggregate.by, aggregate.condition, aggregate.value, aggregate.counted)
    return (name for node in nodes_in(parts) if isinstance(node, AnyRow) for name in node.populations)


def _steps(plan: EventPlan, source: str) -> Iterator[object]:
    return (step for population in pipeline_of(plan, source) for step in population.steps)
