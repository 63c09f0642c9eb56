"""Scaled values as values of Python: decimals with exactly their places, whole numbers, texts, dates."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, assert_never

from ..arithmetic import EXACT
from ..plan.quantity import Exact, Numeric, Truth, Type, Words

_scale = EXACT.scaleb
_Giver = Callable[[Any], Any]


def is_decimal(kind: Type) -> bool:
    """Whether people read a value of this type as a decimal."""
    match kind:
        case Numeric(unit="number" | "share" | "score" | "points" | "money"):
            return True
        case Numeric(unit="count" | "duration", places=places):
            return places > 0
        case _:
            return False


def giver_of(kind: Type) -> _Giver:
    """The function that makes what people read of a scaled value: Decimal for scores, points, shares, money and plain numbers; int for counts and durations
    (seconds); date; text for times (UTC), months, times of day and words; bool; (numerator, denominator) for an exact quotient. None stays None.
    """
    match kind:
        case Numeric():
            return _of_number(kind)
        case Exact() | Words() | Truth():
            return _same
        case _:
            assert_never(kind)


def _of_number(kind: Numeric) -> _Giver:
    if is_decimal(kind):
        return decimal_giver(kind.places)
    match kind.unit:
        case "number" | "share" | "score" | "points" | "money" | "count" | "duration":
            return _same
        case "date" | "time" | "month" | "time of day":
            return _calendar(kind.unit)
        case _:
            assert_never(kind.unit)


def decimal_giver(places: int) -> _Giver:
    """Scaled integers as decimals with exactly `places` digits after the point."""
    shift = Decimal(-places)

    def give(value: int | None) -> Decimal | None:
        return None if value is None else _scale(value, shift)

    return give


def _same(value: Any) -> Any:
    return value


def _calendar(unit: str) -> _Giver:
    def give(value: int | None) -> Any:
        from datetime import UTC, date, datetime

        if value is None:
            return None
        if unit == "date":
            return date.fromordinal(value + 719163)
        if unit == "time":
            return datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"{value // 12:04d}-{value % 12 + 1:02d}" if unit == "month" else f"{value // 3600:02d}:{value // 60 % 60:02d}:{value % 60:02d}"

    return give
