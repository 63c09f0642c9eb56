"""How many rows of one kind a move takes, by the quotient of its metric alone."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from ..arithmetic import divide
from ..plan.events import Aggregate, Aggregated, Metric, Window
from ..plan.quantity import Exact, Numeric
from ..reference.metrics import Quotient
from .history import History
from .ways import Move

MOST_EVENTS = 10**9


@frozen
class MoreEvents:
    """So many more rows of a source move a metric to its goal: rows that count in a share, rows that do not, or rows with the best value in a mean. Each adds
    `adds` to the numerator; `value` is the best value. They are like the row with the key `like`; of any kind where that is None."""

    source: str
    count: int
    kind: Literal["counted", "not counted", "best value"]
    adds: int
    value: int | None = None
    like: str | None = None


@frozen(repr=False)
class Wanted:
    """The rows that a move asks for, and how its metric is made."""

    move: Move
    metric: Metric
    made: Aggregate
    more: MoreEvents
    value: int
    """What the metric comes to with them."""


def wanted_rows(history: History, move: Move) -> Wanted | None:
    """The rows that a move asks for; None where rows of one kind cannot be said to, or where new ones do not enter the metric's window yet."""
    metric = next((each for each in history.plan.events.metrics if each.name == move.lever.name), None)
    quotient = None if metric is None else history.scored.measured[metric.name].quotient
    if metric is None or quotient is None or isinstance(metric.type, Exact):
        return None
    match metric.made:
        case Aggregated(aggregate=Aggregate(form="share" | "mean" as form, weight=None, recency=(), latest=None, shorter=()) as made) as how:
            more = _more(made, how, quotient, move, form) if _is_open(made.window) else None
            return None if more is None else Wanted(move, metric, made, more, _value_with(how, quotient, more.count, more.adds))
        case _:
            return None


def _is_open(window: Window) -> bool:
    """Whether what happens next enters the window the day after."""
    return window.lag == 0 and window.unit in ("days", "months", "all")


def _more(made: Aggregate, how: Aggregated, quotient: Quotient, move: Move, form: Literal["share", "mean"]) -> MoreEvents | None:
    up = move.lever.improvable.direction == "up"
    if form == "mean":
        kind = made.value.type if made.value is not None else None
        if not isinstance(kind, Numeric):
            return None
        each = kind.high if up else kind.low
        count = _least_count(how, quotient, each, move.value, up)
        return None if count is None else MoreEvents(made.source, count, "best value", each, each)
    count = _least_count(how, quotient, int(up), move.value, up)
    return None if count is None else MoreEvents(made.source, count, "counted" if up else "not counted", int(up))


def _least_count(how: Aggregated, quotient: Quotient, each: int, goal: int, up: bool) -> int | None:
    """The fewest rows that add `each` to the numerator and 1 to the denominator and take the quotient to the goal."""

    def reaches(count: int) -> bool:
        value = _value_with(how, quotient, count, each)
        return value >= goal if up else value <= goal

    if not reaches(MOST_EVENTS):
        return None
    low, high = 0, MOST_EVENTS
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reaches(middle) else (middle + 1, high)
    return low


def _value_with(how: Aggregated, quotient: Quotient, count: int, each: int) -> int:
    """The metric's value with so many rows more, each of which adds so much to the numerator."""
    numerator, denominator = quotient.numerator + each * count, quotient.denominator + count
    return divide(numerator * how.scale, denominator * how.unit, how.mode) * how.step
