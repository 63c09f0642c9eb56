"""Written dates and times of day as numbers: dates as days, instants as seconds, by the zone of the ruleset."""

from __future__ import annotations

from ..calendar.conversion import instant_of, midnight
from ..calendar.dates import DAY_SECONDS, day_number
from ..plan.expressions import Constant
from ..syntax.expressions import DateLiteral, InstantLiteral
from .knowledge import Context, Knowledge
from .quantities import constant


def day_of_literal(node: DateLiteral, known: Knowledge) -> int | None:
    """The day number of a written date; None (reported) where the calendar has no such date."""
    day = day_number(node.year, node.month, node.day)
    if day is None:
        known.report("wrong-date", node.span, date=known.text(node.span))
    return day


def date_constant(node: DateLiteral, context: Context) -> Constant | None:
    """A written date."""
    day = day_of_literal(node, context.known)
    return None if day is None else constant(day, "date")


def instant_constant(node: InstantLiteral, context: Context) -> Constant | None:
    """A written local time as an instant: the earlier one where it exists twice, a mistake where it does not exist."""
    day = day_of_literal(node.date, context.known)
    if day is None:
        return None
    instant = instant_of(day * DAY_SECONDS + node.clock.seconds, context.known.zone)
    if instant is None:
        context.report("no-such-time", node.span, text=context.known.text(node.span), zone=context.known.zone.zone)
        return None
    return constant(instant, "time")


def start_of(day: int, known: Knowledge) -> Constant:
    """The instant at which a local date begins."""
    return constant(midnight(day, known.zone), "time")


def days_of_years(known: Knowledge) -> tuple[int, int]:
    """The first and the last day of the years that the data may have."""
    first, last = day_number(known.first_year, 1, 1), day_number(known.last_year, 12, 31)
    assert first is not None
    assert last is not None
    return first, last
