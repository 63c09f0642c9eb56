"""Does what is added up over rows, and over subjects, stay within 64 bits? The most that stands in one row, times the most rows of a subject; the most of one
subject, times the most subjects (pooled: the most of one row, times the most rows of all)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from attrs import frozen

from ..analysis.situation import Situation
from ..plan.events import Aggregate, Aggregated, Derived, EventPlan, Metric, Rate, Table
from ..plan.expressions import Expression, FieldRead
from ..plan.quantity import INT64_HIGH, Exact, Numeric
from ..plan.record import GroupExtreme, Peer, PeerMean, PeerMedian, PeerMultiple, PeerRank, PeerTop
from ..plan.ruleset import Plan
from .overflow import magnitude, wide_below

ANYTHING = Situation({})


@frozen
class Share:
    """The most that one row adds to a numerator and to a denominator."""

    above: int
    below: int


def wide_events(events: EventPlan) -> Iterator[object]:
    """The columns and metrics that are not shown to stay within 64 bits: values on the way, sums of a subject's rows, and what is divided."""
    tables = {table.name: table for table in events.tables}
    for table in events.tables:
        for column in table.columns:
            yield from wide_below(column.computed, ANYTHING)
    for metric in events.metrics:
        match metric.made:
            case Aggregated(aggregate=aggregate, scale=scale, unit=unit):
                factors = (1, 1) if isinstance(metric.type, Exact) else (scale, unit)
                yield from _wide_total(metric, aggregate, tables, *factors)
            case Rate(counted=counted, per=per, scale=scale, unit=unit):
                yield from (*_wide_total(metric, counted, tables, scale, 1), *_wide_total(metric, per, tables, unit, 1))
            case Derived(value=value):
                yield from wide_below(value, ANYTHING)
            case _:
                assert_never(metric.made)


def wide_peers(plan: Plan) -> Iterator[Peer]:
    """The peer values whose sums over subjects, or what is divided for them, are not shown to stay within 64 bits."""
    for across in plan.record.across:
        match across:
            case GroupExtreme():
                pass  # the value of one of the subjects
            case PeerMean() | PeerMedian() | PeerRank() | PeerTop() | PeerMultiple() as peer:
                if any(wide_below(peer.of, ANYTHING)) or any(wide_below(peer.among, ANYTHING)) or not _fits(_reached(peer, plan)):
                    yield peer
            case _:
                assert_never(across)


def _reached(peer: Peer, plan: Plan) -> int:
    """The largest number on the way to a peer value."""
    subjects, largest = plan.record.subject.most, _largest(peer.of)
    match peer:
        case PeerMean(pooled=True, scale=scale, unit=unit):
            pooled = _pooled(peer, plan.events)
            return max(pooled.above * scale, pooled.below * unit)
        case PeerMean(scale=scale, unit=unit):
            return subjects * max(largest * scale, unit)
        case PeerMedian(scale=scale, unit=unit):
            return 2 * max(largest * scale, unit)
        case PeerRank(scale=scale, unit=unit):
            return subjects * max(scale, unit)
        case PeerTop(numerator=numerator, denominator=denominator):
            return (subjects + 1) * max(numerator, denominator)
        case PeerMultiple(scale=scale, unit=unit):
            return subjects * largest * max(scale, unit)
        case _:
            assert_never(peer)


def _pooled(peer: PeerMean, events: EventPlan) -> Share:
    """The most that the numerators and the denominators of all subjects' metric add up to."""
    rows = {table.name: table.rows for table in events.tables}
    name = peer.of.name if isinstance(peer.of, FieldRead) else ""
    match next((metric.made for metric in events.metrics if metric.name == name), None):
        case Aggregated(aggregate=aggregate):
            share = _of_row(aggregate)
            return Share(share.above * rows[aggregate.table], share.below * rows[aggregate.table])
        case Rate(counted=counted, per=per):
            return Share(rows[counted.table], rows[per.table])
        case _:
            return Share(INT64_HIGH + 1, 1)


def _wide_total(metric: Metric, aggregate: Aggregate, tables: Mapping[str, Table], scale: int, unit: int) -> Iterator[object]:
    for volume in aggregate.shorter:
        yield from _wide_total(metric, volume.volume, tables, 1, 1)
    for part in (aggregate.by, aggregate.value, aggregate.weight, aggregate.condition, aggregate.counted):
        yield from wide_below(part, ANYTHING)
    share = _of_row(aggregate)
    most = tables[aggregate.table].rows_per_subject
    entering = 1 if aggregate.form in ("minimum", "maximum") else min(most, aggregate.latest or most)
    if not _fits(max(entering * share.above * scale, max(entering * share.below, 1) * unit)):
        yield metric


def _of_row(aggregate: Aggregate) -> Share:
    age = max((band.weight for band in aggregate.recency), default=1)
    match aggregate.form:
        case "count" | "distinct":
            return Share(1, 0)
        case "share":
            return Share(age, age)
        case "sum" | "minimum" | "maximum":
            return Share(_largest(aggregate.value), 0)
        case "mean":
            weight = age if aggregate.weight is None else age * _largest(aggregate.weight)
            return Share(_largest(aggregate.value) * weight, weight)
        case _:
            assert_never(aggregate.form)


def _largest(value: Expression | None) -> int:
    return magnitude(value, ANYTHING) if value is not None and isinstance(value.type, Numeric) else 1


def _fits(reached: int) -> bool:
    return reached <= INT64_HIGH
