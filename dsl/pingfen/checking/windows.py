"""Checks the windows of metrics: whole days or calendar months, and a lag that the window outlasts."""

from __future__ import annotations

from ..plan.events import Window
from ..syntax.declarations import WindowClause
from ..syntax.expressions import Expression, NumberLiteral, Reference
from .knowledge import Knowledge
from .quantities import SECONDS, literal_value

DAY = 86400
MOST_DAYS, MOST_MONTHS = 36_600, 1_200
"""A hundred years."""


def window_of(clause: WindowClause, known: Knowledge) -> Window | None:
    """The window; None where its length or lag is no whole number of days or months (reported)."""
    length = _written(clause.length, known)
    lag = _written(clause.lag, known) if clause.lag is not None else None
    if length is None or (clause.lag is not None and lag is None):
        return None
    if length.unit == "month":
        window = _months(length, clause.length, known)
    else:
        days = _days(length, clause.length, known)
        window = None if days is None else Window(days, "days")
    if window is None or lag is None or clause.lag is None:
        return window
    behind = _days(lag, clause.lag, known)
    if behind is None:
        return None
    days_at_least = window.length * (28 if window.unit == "months" else 1)
    if days_at_least < behind:
        known.report("window-shorter-than-lag", clause.span, window=known.text(clause.length.span), lag=known.text(clause.lag.span))
    return Window(window.length, window.unit, behind)


def _written(node: Expression, known: Knowledge) -> NumberLiteral | None:
    """The literal that is written, or that a parameter stands for."""
    match node:
        case NumberLiteral():
            return known.literal(node)
        case Reference() if len(node.names) == 1 and node.names[0].text in known.symbols.params:
            value = known.symbols.params[node.names[0].text].value
            if isinstance(value, NumberLiteral):
                return known.literal(value)
        case Reference():
            return None
        case _:
            pass
    known.report("not-whole-days", node.span, text=known.text(node.span))
    return None


def _days(literal: NumberLiteral, node: Expression, known: Knowledge) -> int | None:
    value, places = literal_value(literal)
    if literal.unit not in SECONDS or places or value % DAY or value <= 0:
        known.report("not-whole-days", node.span, text=known.text(node.span))
        return None
    return bounded(value // DAY, MOST_DAYS, "days", node, known)


def _months(literal: NumberLiteral, node: Expression, known: Knowledge) -> Window | None:
    value, places = literal_value(literal)
    if places or value <= 0:
        known.report("not-whole-days", node.span, text=known.text(node.span))
        return None
    length = bounded(value, MOST_MONTHS, "months", node, known)
    return None if length is None else Window(length, "months")


def bounded(value: int, most: int, unit: str, node: Expression, known: Knowledge) -> int | None:
    """The length, if every bound it makes is a day of the calendar."""
    if value <= most:
        return value
    known.report("value-out-of-range", node.span, text=known.text(node.span), range=f"1 .. {most} {unit}")
    return None
