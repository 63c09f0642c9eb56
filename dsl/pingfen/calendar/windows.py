"""Bounds of a window as days and as instants: the only place where days, weeks and calendar months become seconds."""

from __future__ import annotations

from typing import assert_never

from ..plan.events import AgeBand, Transitions, Window
from .conversion import midnight
from .dates import first_of_month, month_of_day, step_back

BEGINNING = -(2**62)
"""The low bound, as an instant, of a window that has none."""

_MONDAY = 4
"""1970-01-05 was a Monday."""


def window_bounds(window: Window, as_of_day: int, zone: Transitions) -> tuple[int, int]:
    """`(low, high)` of a window as of a date: a time lies in it when `low <= time < high`.

    Both are local midnights (the first instant after the gap where a midnight does not exist); `low` is BEGINNING where the window has no beginning.
    """
    first, last = window_days(window, as_of_day)
    return BEGINNING if first is None else midnight(first, zone), midnight(last, zone)


def window_days(window: Window, as_of_day: int) -> tuple[int | None, int]:
    """The first day of a window and the day after its last; no first day where the window has no beginning.

    `last 90 days` is [D-90, D); calendar months step back and are clamped to the month's end; full periods end at or before D.
    """
    last = as_of_day - window.lag
    match window.unit:
        case "days":
            return last - window.length, last
        case "months":
            return step_back(last, window.length), last
        case "full weeks":
            monday = last - (last - _MONDAY) % 7
            return monday - 7 * window.length, monday
        case "full months":
            return _full_months(last, window.length, 1)
        case "full quarters":
            return _full_months(last, window.length, 3)
        case "all":
            return None, last
        case _:
            assert_never(window.unit)


def _full_months(day: int, length: int, size: int) -> tuple[int, int]:
    """The last `length` whole periods of `size` months, counted from January, that end at or before a day."""
    month = month_of_day(day)
    end = month - month % size
    return first_of_month(end - length * size), first_of_month(end)


def age_bounds(recency: tuple[AgeBand, ...], as_of_day: int, zone: Transitions) -> tuple[tuple[int, int], ...]:
    """`(low, weight)` of each band: a time weighs as the first band says whose `low` it is not before. A row of the day before D is 1 day old."""
    return tuple((BEGINNING if band.days is None else midnight(as_of_day - band.days, zone), band.weight) for band in recency)
