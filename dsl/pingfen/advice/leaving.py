"""When a metric becomes better by itself: the first day on which the rows that hold it where it is have left its period, however far ahead.

The days are found from the times of the rows and from the window; what the rows add to a count, sum, share or mean says on which of them the metric can be
better, and the interpreter says what it is then.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from attrs import frozen

from ..analysis.situation import Situation
from ..arithmetic import divide
from ..calendar import window_bounds
from ..plan.events import Aggregate, Aggregated, Metric, Rate, Window
from ..plan.quantity import Exact
from ..proof.reach import aggregates_of
from ..reference import Value
from ..reference.expressions import holds, optional_number
from ..reference.metrics import entering, period
from ..reference.populations import RowScene
from ..reference.rows import Row, key_of
from .history import History
from .knowledge import Directions
from .outlook import NAMED, Departure
from .ways import Advice

MOST_TRIED = 8
"""Days on which the interpreter looks at a metric."""
FAR = 4_000
"""Days ahead that are looked at."""
UNTOLD = "untold"
Direction = Literal["up", "down"]


@frozen(repr=False)
class Left:
    """A row that a metric is made of, the first day on which its window no longer holds it, and what it adds to numerator and denominator."""

    day: int
    row: Row
    numerator: int
    denominator: int


@frozen(repr=False)
class Leaving:
    """A day, and what the metric becomes by then as rows leave."""

    day: int
    departure: Departure


def leaving_of(advice: Advice, history: History) -> tuple[Leaving, ...]:
    """All metrics that act on the goal and become better by themselves, in the order written."""
    directions = Directions(advice.plan.record, Situation({}))
    fields = {field.name for field in advice.plan.record.fields if directions.acts(field.name, advice.goal)}
    found = [
        first_leaving(history, metric, way)
        for metric in advice.plan.events.metrics
        if metric.name in fields and (way := _better_way(advice, directions, metric)) is not None
    ]
    return tuple(each for each in found if each is not None)


def _better_way(advice: Advice, directions: Directions, metric: Metric) -> Direction | None:
    """Where a metric is better: as the ruleset says, or by structure."""
    if metric.improvable is not None:
        return metric.improvable.direction
    if metric.better:
        return "up" if metric.better == "higher" else "down"
    helps = [way for way, falls in (("up", False), ("down", True)) if directions.helps(metric.name, advice.goal, falls=falls)]
    return None if len(helps) != 1 else "up" if helps == ["up"] else "down"


def first_leaving(history: History, metric: Metric, way: Direction) -> Leaving | None:
    """The first day on which a metric is better than now because rows have left its period; None where there is none, or it is not found soon."""
    present = history.scored.values[metric.name]
    left = sorted(_left(history, metric), key=lambda each: each.day)
    tried = 0
    for day in dict.fromkeys(each.day for each in left):
        gone = [each for each in left if each.day <= day]
        expected = _without(history, metric, gone)
        if expected is not UNTOLD and not _is_better(expected, present, way):
            continue
        tried += 1
        value = (history.values_on(day) or {}).get(metric.name)
        if _is_better(value, present, way):
            keys = list(dict.fromkeys(str(each.row.read[key_of(each.row.table)]) for each in gone))
            return Leaving(day, Departure(metric.name, present, value, tuple(keys[:NAMED]), len(keys), value == expected))
        if tried == MOST_TRIED:
            return None
    return None


def _left(history: History, metric: Metric) -> Iterator[Left]:
    """The rows that a metric is made of, with the days on which they leave."""
    rows, populations = history.rows
    for place, made in enumerate(aggregates_of(history.plan.events, metric)):
        bounds = period(made, rows, populations)
        windows = (made.window, *(each.window for each in made.shorter))
        window = next(each for each in windows if window_bounds(each, history.as_of, history.plan.events.zone) == bounds)
        below = isinstance(metric.made, Rate) and place > 0
        for time, row in entering(made, rows, populations):
            day = _last_day(history, window, time)
            if day is not None:
                numerator, denominator = _added(made, populations.scene(row))
                yield Left(day, row, 0 if below else numerator, numerator if below else denominator)


def _last_day(history: History, window: Window, time: int) -> int | None:
    """The first day after the as-of date on which the window begins after a time."""
    zone = history.plan.events.zone
    low, high = history.as_of, history.as_of + FAR
    if window_bounds(window, high, zone)[0] <= time:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if window_bounds(window, middle, zone)[0] > time else (middle, high)
    return high


def _added(made: Aggregate, scene: RowScene) -> tuple[int, int]:
    """What a row adds to numerator and denominator, all rows weighing the same by age."""
    match made:
        case Aggregate(form="sum" | "mean" as form, value=value) if value is not None:
            weight = 1 if made.weight is None else optional_number(made.weight, scene) or 0
            return (optional_number(value, scene) or 0) * weight, 0 if form == "sum" else weight
        case Aggregate(form="share", counted=counted) if counted is not None:
            return int(holds(counted, scene)), 1
        case _:
            return 1, 0


def _without(history: History, metric: Metric, left: list[Left]) -> Value:
    """The metric without rows, by what they add; UNTOLD for what cannot be told so."""
    quotient, made = history.scored.measured[metric.name].quotient, metric.made
    if quotient is None or not isinstance(made, Aggregated | Rate) or not _is_plain(made):
        return UNTOLD
    numerator, denominator = quotient.numerator - sum(each.numerator for each in left), quotient.denominator - sum(each.denominator for each in left)
    if denominator <= 0:
        return None
    return (numerator, denominator) if isinstance(metric.type, Exact) else divide(numerator * made.scale, denominator * made.unit, made.mode) * made.step


def _is_plain(made: Aggregated | Rate) -> bool:
    """Whether rows add up, and leave alone."""
    parts = [made.aggregate] if isinstance(made, Aggregated) else [made.counted, made.per]
    return all(part.form in ("count", "sum", "share", "mean") and not (part.shorter or part.latest or part.recency) for part in parts)


def _is_better(value: Value, than: Value, way: Direction) -> bool:
    one, other = _amount(value), _amount(than)
    return one is not None and other is not None and (one > other if way == "up" else one < other)


def _amount(value: Value) -> Fraction | None:
    match value:
        case int(whole) if not isinstance(whole, bool):
            return Fraction(whole)
        case (int(numerator), int(denominator)) if denominator:
            return Fraction(numerator, denominator)
        case _:
            return None
