"""Metrics made of the rows of populations: what enters, the quotient it makes, and the one rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import assert_never

from attrs import frozen

from ..arithmetic import divide
from ..calendar import age_bounds, window_bounds
from ..plan.events import Aggregate, Aggregated, Derived, Metric, Rate, Shorter
from ..plan.expressions import Expression
from ..plan.quantity import Exact
from .evaluation import InterpretationError, Value
from .expressions import holds, number_of, optional_number, value_of
from .populations import Populations, RowScene, order_of
from .rows import Row
from .scene import Scene


@frozen(repr=False)
class Quotient:
    """Numerator and denominator before the one division, and how many rows entered; the denominator is 0 where there is nothing."""

    numerator: int
    denominator: int
    entered: int


@frozen(repr=False)
class Measured:
    """One subject's metric: its value, and the quotient behind it where it has one (for pooled means)."""

    value: Value
    quotient: Quotient | None = None


def measure(metric: Metric, rows: Mapping[str, Sequence[Row]], populations: Populations, scene: Scene) -> Measured:
    """One metric of one subject. `rows` are the subject's rows of each table and population; `scene` shows the subject's earlier metrics."""
    aggregate = partial(_aggregated, rows=rows, populations=populations)
    match metric.made:
        case Aggregated(aggregate=made):
            quotient = aggregate(made)
            return Measured(_valued(metric, metric.made, quotient), quotient)
        case Rate(counted=counted, per=per):
            quotient = Quotient(aggregate(counted).numerator, (base := aggregate(per)).numerator, base.entered)
            return Measured(_rated(metric, metric.made, quotient), quotient)
        case Derived(value=value):
            return Measured(value_of(value, scene))
        case _:
            assert_never(metric.made)


def _valued(metric: Metric, made: Aggregated | Rate, quotient: Quotient) -> Value:
    """The quotient, rounded once; None where too few rows entered or there is nothing to divide by."""
    if quotient.denominator == 0 or quotient.entered < made.needs:
        return None
    if isinstance(metric.type, Exact):
        return quotient.numerator, quotient.denominator
    return divide(quotient.numerator * made.scale, quotient.denominator * made.unit, made.mode) * made.step


def _rated(metric: Metric, rate: Rate, quotient: Quotient) -> Value:
    """A rate within its own range: beyond it, cut to the end or None, as the rate says."""
    value = _valued(metric, rate, quotient)
    match value:
        case (int(numerator), int(denominator)):
            below, above = numerator < rate.low * denominator, numerator > rate.high * denominator
            cut: Value = (rate.low if below else rate.high, 1)
        case int():
            below, above = value < rate.low, value > rate.high
            cut = rate.low if below else rate.high
        case _:
            return None
    if not below and not above:
        return value
    return cut if rate.beyond == "cut" else None


def _aggregated(aggregate: Aggregate, *, rows: Mapping[str, Sequence[Row]], populations: Populations) -> Quotient:
    """What enters, of the first window that holds enough rows."""
    known = populations.known
    within = _within(aggregate, rows, populations)
    ages = age_bounds(aggregate.recency, known.as_of, known.plan.zone)
    scenes = [(populations.scene(row), _weight_of_age(time, ages)) for time, row in within]
    return _formed(aggregate, [(scene, age) for scene, age in scenes if aggregate.condition is None or holds(aggregate.condition, scene)])


def period(aggregate: Aggregate, rows: Mapping[str, Sequence[Row]], populations: Populations) -> tuple[int, int]:
    """The first window that holds enough rows, as instants: its first, and the one after its last."""
    known = populations.known
    taken = next((each.window for each in aggregate.shorter if _enters_enough(each, rows, populations)), aggregate.window)
    return window_bounds(taken, known.as_of, known.plan.zone)


def entering(aggregate: Aggregate, rows: Mapping[str, Sequence[Row]], populations: Populations) -> list[tuple[int, Row]]:
    """The rows that an aggregate is made of, with their times: those of its window that meet its condition and lack nothing that it is made of."""
    needed = [each for each in (aggregate.value, aggregate.weight) if each is not None]
    scenes = [(time, row, populations.scene(row)) for time, row in _within(aggregate, rows, populations)]
    met = [(time, row, scene) for time, row, scene in scenes if aggregate.condition is None or holds(aggregate.condition, scene)]
    return [(time, row) for time, row, scene in met if all(value_of(each, scene) is not None for each in needed)]


def _within(aggregate: Aggregate, rows: Mapping[str, Sequence[Row]], populations: Populations) -> list[tuple[int, Row]]:
    low, high = period(aggregate, rows, populations)
    timed = [(time, row) for row in rows[aggregate.source] if (time := optional_number(aggregate.by, populations.scene(row))) is not None]
    within = [(time, row) for time, row in timed if low <= time < high]
    if aggregate.latest is not None:
        within = sorted(within, key=lambda pair: (pair[0], order_of(pair[1])))[-aggregate.latest :]
    return within


def _enters_enough(shorter: Shorter, rows: Mapping[str, Sequence[Row]], populations: Populations) -> bool:
    return _aggregated(shorter.volume, rows=rows, populations=populations).numerator >= shorter.least


def _weight_of_age(time: int, ages: Sequence[tuple[int, int]]) -> int:
    """What a row weighs by its age: 1 without recency."""
    return next((weight for low, weight in ages if time >= low), 1)


def _formed(aggregate: Aggregate, aged: Sequence[tuple[RowScene, int]]) -> Quotient:
    entered = [scene for scene, _ in aged]
    match aggregate.form:
        case "count":
            return Quotient(len(entered), 1, len(entered))
        case "share":
            counted = sum(age for scene, age in aged if holds(_written(aggregate.counted), scene))
            return Quotient(counted, sum(age for _, age in aged), len(entered))
        case "distinct":
            given = [value for scene in entered if (value := value_of(_written(aggregate.value), scene)) is not None]
            return Quotient(len(set(given)), 1, len(given))
        case "sum":
            return Quotient(sum(number_of(_written(aggregate.value), scene) for scene in entered), 1, len(entered))
        case "mean":
            return _mean(aggregate, aged)
        case "minimum" | "maximum":
            numbers = [number for scene in entered if (number := optional_number(_written(aggregate.value), scene)) is not None]
            choose = min if aggregate.form == "minimum" else max
            return Quotient(choose(numbers), 1, len(numbers)) if numbers else Quotient(0, 0, 0)
        case _:
            assert_never(aggregate.form)


def _mean(aggregate: Aggregate, aged: Sequence[tuple[RowScene, int]]) -> Quotient:
    """Sum of value times weight over the sum of weights; rows without a value leave before anything is counted."""
    value, weight = _written(aggregate.value), aggregate.weight
    pairs = [(optional_number(value, scene), age if weight is None else _times(age, optional_number(weight, scene))) for scene, age in aged]
    given = [(number, heavy) for number, heavy in pairs if number is not None and heavy is not None]
    return Quotient(sum(number * heavy for number, heavy in given), sum(heavy for _, heavy in given), len(given))


def _times(age: int, weight: int | None) -> int | None:
    return None if weight is None else age * weight


def _written(expression: Expression | None) -> Expression:
    if expression is None:
        raise InterpretationError("an aggregate lacks what it is made of")
    return expression
