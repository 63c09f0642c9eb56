"""Local times and instants of one zone, by the language's written rules.

A local time that exists twice is the earlier instant. One that does not exist is refused when it is read from data, and is the
first instant after the gap when it is computed (a window's bound, `moved to`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter

from ..plan.events import Transitions
from .dates import DAY_SECONDS

_NEAR = 2 * DAY_SECONDS
_instant = itemgetter(0)


def offset_at(instant: int, zone: Transitions) -> int:
    """Seconds east of UTC at an instant."""
    index = bisect_right(zone.changes, instant, key=_instant)
    return zone.changes[index - 1][1] if index else zone.first


def local_of(instant: int, zone: Transitions) -> int:
    """The local time of an instant, in seconds since 1970-01-01 00:00 of the wall clock."""
    return instant + offset_at(instant, zone)


def instant_of(local: int, zone: Transitions) -> int | None:
    """The instant of a local time as read from data: the earlier one when it exists twice, None when it does not exist."""
    for start, end, offset in _stretches_near(local, zone):
        instant = local - offset
        if (start is None or start <= instant) and (end is None or instant < end):
            return instant
    return None


def computed_instant(local: int, zone: Transitions) -> int:
    """The instant of a computed local time: the earlier one when it exists twice, the first instant after the gap when it does not exist."""
    instant = instant_of(local, zone)
    if instant is not None:
        return instant
    return next(start for start, _, offset in _stretches_near(local, zone) if start is not None and start + offset > local)


def midnight(day: int, zone: Transitions) -> int:
    """The instant at which a local date begins."""
    return computed_instant(day * DAY_SECONDS, zone)


def day_at(instant: int, zone: Transitions) -> int:
    """The local date of an instant, as a day number."""
    return local_of(instant, zone) // DAY_SECONDS


def _stretches_near(local: int, zone: Transitions) -> list[tuple[int | None, int | None, int]]:
    """The stretches of constant offset, (start, end, offset), that may hold a local time: no offset is two days."""
    changes = zone.changes
    first = bisect_left(changes, local - _NEAR, key=_instant)
    last = bisect_right(changes, local + _NEAR, key=_instant)
    stretches: list[tuple[int | None, int | None, int]] = []
    for index in range(first - 1, last):
        start, offset = changes[index] if index >= 0 else (None, zone.first)
        end = changes[index + 1][0] if index + 1 < len(changes) else None
        stretches.append((start, end, offset))
    return stretches
