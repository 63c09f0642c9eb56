"""Bounds of a window as instants: the only place where days and calendar months become seconds."""

from __future__ import annotations

from typing import assert_never

from ..plan.events import Transitions, Window
from .conversion import midnight
from .dates import step_back


def window_bounds(window: Window, as_of_day: int, zone: Transitions) -> tuple[int, int]:
    """`(low, high)` of a window as of a date: a time lies in it when `low <= time < high`.

    Both are local midnights (the first instant after the gap where a midnight does not exist). `last 90 days` is [D-90 00:00, D 00:00);
    calendar months step back and are clamped to the month's end.
    """
    last = as_of_day - window.lag
    return midnight(_first_day(window, last), zone), midnight(last, zone)


def _first_day(window: Window, last: int) -> int:
    match window.unit:
        case "days":
            return last - window.length
        case "months":
            return step_back(last, window.length)
        case _:
            assert_never(window.unit)
