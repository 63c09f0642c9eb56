"""How large values can be, by the ranges that the checker proved: what may be written more simply where nothing is below 0 and all stays far within 64 bits."""

from __future__ import annotations

from ..plan.events import Aggregate, Aggregated, EventPlan, Rate
from ..plan.expressions import Expression
from ..plan.quantity import INT64_HIGH, Numeric, Type


def most_of(kind: Type) -> int | None:
    """The largest value of a number that is never below 0; None for anything else."""
    return kind.high if isinstance(kind, Numeric) and kind.low >= 0 else None


def is_unsigned(numerator: int | None, denominator: int | None) -> bool:
    """Whether operands with such largest values can be divided as `divide` does it for unsigned ones."""
    return numerator is not None and denominator is not None and numerator + denominator <= INT64_HIGH


def most_parts(events: EventPlan, aggregate: Aggregate) -> tuple[int, int] | None:
    """The largest numerator and denominator of an aggregate; None where one may be below 0."""
    rows = next(table.rows_per_subject for table in events.tables if table.name == aggregate.table)
    age = max((band.weight for band in aggregate.recency), default=1)
    value, weight = _most(aggregate.value), _most(aggregate.weight)
    match aggregate.form:
        case "count" | "distinct":
            return rows, 1
        case "share":
            return rows * age, rows * age
        case "sum" | "mean" | "minimum" | "maximum":
            return None if value is None or weight is None else (rows * value * weight * age, rows * weight * age)


def is_unsigned_metric(events: EventPlan, made: Aggregated | Rate) -> bool:
    """Whether a metric divides unsigned operands."""
    if isinstance(made, Rate):
        above, below = most_parts(events, made.counted), most_parts(events, made.per)
        parts = None if above is None or below is None else (above[0], below[0])
    else:
        parts = most_parts(events, made.aggregate)
    return parts is not None and is_unsigned(parts[0] * made.scale, parts[1] * made.unit)


def _most(expression: Expression | None) -> int | None:
    return 1 if expression is None else most_of(expression.type)
