"""Populations in the order written, and the metrics made of their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import assert_never

from attrs import define, frozen

from ..arithmetic import divide
from ..calendar import window_bounds
from ..plan.events import Aggregate, Aggregated, Derived, First, Keep, Metric, Population, Rate, Step
from ..plan.expressions import Expression
from ..plan.quantity import Exact
from .evaluation import InterpretationError, Value
from .expressions import holds, number_of, optional_number, value_of
from .rows import Known, Row, RowScene, key_of
from .scene import Scene

DAY_SECONDS = 86_400


@define(eq=False, repr=False)
class Populations:
    """Every population's rows, in the order of the plan."""

    known: Known
    made: dict[str, tuple[Population, Sequence[Row]]]

    def rows_of(self, name: str) -> Sequence[Row]:
        """The rows of a population or of a table."""
        return self.made[name][1] if name in self.made else self.known.rows_of(name)

    def scene(self, row: Row) -> RowScene:
        """One row among the populations."""
        return RowScene(self.known, row, self.made)


def populations_of(known: Known) -> Populations:
    """All populations: the rows of the source before D, through the steps in the order written."""
    populations = Populations(known, {})
    for population in known.plan.populations:
        rows = populations.rows_of(population.source)
        for step in population.steps:
            rows = _stepped(step, rows, populations)
        populations.made[population.name] = (population, rows)
    return populations


def _stepped(step: Step, rows: Sequence[Row], populations: Populations) -> Sequence[Row]:
    match step:
        case Keep(condition=condition):
            return [row for row in rows if holds(condition, populations.scene(row))]
        case First():
            return _first(step, rows, populations)
        case _:
            assert_never(step)


def _first(step: First, rows: Sequence[Row], populations: Populations) -> Sequence[Row]:
    """Rows with their time, by time and then key within equal keys: one stays unless its count-th predecessor is recent enough."""
    groups: dict[tuple[Value, ...], list[tuple[int, bytes | int, Row]]] = {}
    for row in rows:
        scene = populations.scene(row)
        time = optional_number(step.time, scene)
        if time is not None:
            group = tuple(value_of(key, scene) for key in step.keys)
            groups.setdefault(group, []).append((time, _order(row.read[key_of(row.table)]), row))
    stays = {id(row) for group in groups.values() for row in _early(step, sorted(group, key=lambda entry: entry[:2]))}
    return [row for row in rows if id(row) in stays]


def _order(key: Value) -> bytes | int:
    """What a key is ordered by: a text by its UTF-8 bytes."""
    if isinstance(key, str):
        return key.encode()
    if isinstance(key, int):
        return key
    raise InterpretationError("a key has no order")


def _early(step: First, ordered: Sequence[tuple[int, bytes | int, Row]]) -> list[Row]:
    kept = []
    for index, (time, _, row) in enumerate(ordered):
        predecessor = ordered[index - step.count][0] if index >= step.count else None
        if predecessor is None or (step.days is not None and predecessor < time - step.days * DAY_SECONDS):
            kept.append(row)
    return kept


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
    known = populations.known
    low, high = window_bounds(aggregate.window, known.as_of, known.plan.zone)
    entered = []
    for row in rows[aggregate.source]:
        scene = populations.scene(row)
        time = optional_number(aggregate.by, scene)
        if time is not None and low <= time < high and (aggregate.condition is None or holds(aggregate.condition, scene)):
            entered.append(scene)
    return _formed(aggregate, entered)


def _formed(aggregate: Aggregate, entered: Sequence[RowScene]) -> Quotient:
    match aggregate.form:
        case "count":
            return Quotient(len(entered), 1, len(entered))
        case "share":
            return Quotient(sum(holds(_written(aggregate.counted), scene) for scene in entered), len(entered), len(entered))
        case "distinct":
            given = [value for scene in entered if (value := value_of(_written(aggregate.value), scene)) is not None]
            return Quotient(len(set(given)), 1, len(given))
        case "sum" | "mean":
            return _summed(aggregate, entered)
        case "minimum" | "maximum":
            numbers = [number for scene in entered if (number := optional_number(_written(aggregate.value), scene)) is not None]
            choose = min if aggregate.form == "minimum" else max
            return Quotient(choose(numbers), 1, len(numbers)) if numbers else Quotient(0, 0, 0)
        case _:
            assert_never(aggregate.form)


def _summed(aggregate: Aggregate, entered: Sequence[RowScene]) -> Quotient:
    """Sum of value times weight; over the sum of weights for a mean, whose rows without a value leave before anything is counted."""
    value, weight = _written(aggregate.value), aggregate.weight
    if aggregate.form == "sum":
        return Quotient(sum(number_of(value, scene) for scene in entered), 1, len(entered))
    pairs = [(optional_number(value, scene), 1 if weight is None else optional_number(weight, scene)) for scene in entered]
    given = [(number, heavy) for number, heavy in pairs if number is not None and heavy is not None]
    return Quotient(sum(number * heavy for number, heavy in given), sum(heavy for _, heavy in given), len(given))


def _written(expression: Expression | None) -> Expression:
    if expression is None:
        raise InterpretationError("an aggregate lacks what it is made of")
    return expression
