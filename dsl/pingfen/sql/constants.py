"""A constant that a mapping puts in a column's place, as the clean value it stands for: read by the rules by which a file's texts are read."""

from __future__ import annotations

import re
from datetime import date
from typing import TypeVar

from attrs import frozen

from ..calendar import day_of, instant_of
from ..plan.events import Transitions
from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from . import clock
from .longhand import MOST
from .readings import NO, SECONDS, YES, Reason

Constant = int | str | bool
Value = TypeVar("Value")

NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]*)(?:[.](?P<places>[0-9]*))?")
DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])")
CLOCK = re.compile(r"(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9])(?:[.][0-9]{1,9})?)?")
ZONE = re.compile(r"Z|(?P<sign>[+-])(?P<hours>[0-9]{2})(?::?(?P<minutes>[0-9]{2}))?")
TIME = re.compile(rf"(?P<date>[0-9-]{{10}})[ T](?P<clock>[0-9]{{2}}:[0-9:.]*)(?P<zone>{re.sub(r'[?]P<[a-z]+>', '', ZONE.pattern)})?")
LONGEST = 38
"""The digits before the point that are looked at: a number of more is out of any range."""
CYCLE = 146_097
"""The days of 400 years."""


@frozen
class Years:
    """The zone in which local times are read, and the years of the data."""

    zone: Transitions
    first: int
    last: int


class BadConstantError(Exception):
    """A constant that is no value of its column, for the reason for which a cell of it would be bad."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def constant_of(written: str, kind: Type, cast: str | None, years: Years) -> Constant | None:
    """The clean value of a written constant; None where no text is one of such a column. Raises BadConstantError."""
    match kind:
        case Words():
            return _sure(written, "unknown-choice-in-data", bad=bool(kind.options) and written not in kind.options)
        case Truth():
            return bool(_sure(written in YES, "unreadable-cell", bad=written not in (*YES, *NO)))
        case Exact():
            return None
        case Numeric(unit="time"):
            return _time(written, kind, years)
        case Numeric(unit="date"):
            low = max(kind.low, clock.day_of_year(years.first))
            return _inside(_day(written), low, min(kind.high, clock.day_of_year(years.last + 1) - 1))
        case Numeric():
            return _number(written, kind, cast)


def _sure(value: Value | None, reason: Reason, *, bad: bool = False) -> Value:
    if bad or value is None:
        raise BadConstantError(reason)
    return value


def _inside(value: int, low: int, high: int) -> int:
    return _sure(value, "cell-out-of-range", bad=not low <= value <= high)


def _number(written: str, kind: Numeric, cast: str | None) -> int | None:
    """Digits and a point; a duration is cut downward to whole seconds, `percent` reads two places less."""
    places = kind.places - (2 if cast == "percent" else 0)
    if places < 0:
        return None
    found = _sure(NUMBER.fullmatch(written), "unreadable-cell")
    whole, behind = found["whole"], found["places"] or ""
    negative = _sure(found["sign"] == "-", "unreadable-cell", bad=not whole + behind)
    short = whole.lstrip("0")[: LONGEST + 1]
    if kind.unit == "duration":
        _sure(behind, "too-many-places-in-data", bad=bool(behind[MOST:].strip("0")))
        near = behind[:MOST]
        product = int(short + near or "0") * SECONDS.get(cast or "", 1) * (-1 if negative else 1)
        return _inside(product // 10 ** len(near), kind.low, kind.high)
    _sure(behind, "too-many-places-in-data", bad=bool(behind[places:].strip("0")))
    scaled = int(short + behind[:places].ljust(places, "0") or "0")
    return _inside(-scaled if negative else scaled, kind.low, kind.high)


def _day(written: str) -> int:
    found = _sure(DATE.fullmatch(written), "unreadable-time")
    year, cycle = (int(found["year"]), 0) if int(found["year"]) else (400, CYCLE)
    try:
        return day_of(date(year, int(found["month"]), int(found["day"]))) - cycle
    except ValueError:
        raise BadConstantError("unreadable-time") from None


def _time(written: str, kind: Numeric, years: Years) -> int:
    """An instant where an offset is written, else a local time; cut downward to the second."""
    found = _sure(TIME.fullmatch(written), "unreadable-time")
    at = _sure(CLOCK.fullmatch(found["clock"]), "unreadable-time")
    local = _day(found["date"]) * 86_400 + int(at["hour"]) * 3_600 + int(at["minute"]) * 60 + int(at["second"] or 0)
    instant = local - _offset(found["zone"]) if found["zone"] else instant_of(local, years.zone)
    low = max(kind.low, clock.midnight_of_year(years.first, years.zone))
    _inside(local if instant is None else instant, low, min(kind.high, clock.midnight_of_year(years.last + 1, years.zone) - 1))
    return _sure(instant, "skipped-local-time")


def _offset(written: str) -> int:
    found = _sure(ZONE.fullmatch(written), "unreadable-time")
    seconds = int(found["hours"] or 0) * 3_600 + int(found["minutes"] or 0) * 60
    return -seconds if found["sign"] == "-" else seconds
