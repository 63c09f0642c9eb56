"""What a clock on the wall shows at an instant: time of day, calendar month, and times moved along the clock."""

from __future__ import annotations

from ..plan.events import Transitions
from .conversion import computed_instant, day_at, local_of
from .dates import DAY_SECONDS, month_of_day


def time_of_day(instant: int, zone: Transitions) -> int:
    """Seconds since local midnight by the clock, 0 .. 86399."""
    return local_of(instant, zone) % DAY_SECONDS


def month_of(instant: int, zone: Transitions) -> int:
    """The local month, `year * 12 + month - 1`."""
    return month_of_day(day_at(instant, zone))


def lies_within(seconds: int, start: int, end: int) -> bool:
    """Whether a time of day lies in `start .. end`, half-open; with `start` after `end` the span passes midnight."""
    return start <= seconds < end if start <= end else seconds >= start or seconds < end


def move(instant: int, target: int, start: int, end: int, zone: Transitions) -> int:
    """`moved to target from start .. end` (seconds of the day): an instant whose local time of day lies in the span becomes the next `target`
    by the clock, not before it (18:30 moved to 06:00 is 06:00 of the next day); any other is left as it is."""
    local = local_of(instant, zone)
    seconds = local % DAY_SECONDS
    if not lies_within(seconds, start, end):
        return instant
    wanted = local - seconds + target + (DAY_SECONDS if target < seconds else 0)
    return computed_instant(wanted, zone)
