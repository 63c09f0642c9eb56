"""A constant that a mapping puts in a column's place, as the clean value it stands for."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from ..calendar import day_of, instant_of
from ..plan.events import Transitions
from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from .readings import NO, SECONDS, YES

Constant = int | str | bool


def constant_of(written: str, kind: Type, cast: str | None, zone: Transitions) -> Constant | None:
    """The clean value of a written constant; None for one that is no such value."""
    match kind:
        case Words():
            return written if not kind.options or written in kind.options else None
        case Truth():
            return written in YES if written in (*YES, *NO) else None
        case Exact():
            return None
        case Numeric():
            value = _number(written, kind, cast, zone)
            return value if value is not None and kind.low <= value <= kind.high else None


def _number(written: str, kind: Numeric, cast: str | None, zone: Transitions) -> int | None:
    try:
        match kind.unit:
            case "date":
                return day_of(date.fromisoformat(written))
            case "time":
                return _instant(datetime.fromisoformat(written), zone)
            case _:
                value = Decimal(written) * SECONDS.get(cast or "", 1) / (100 if cast == "percent" else 1)
                scaled = value.scaleb(kind.places)
                return int(scaled) if scaled == int(scaled) else None
    except (ValueError, InvalidOperation, OverflowError):
        return None


def _instant(moment: datetime, zone: Transitions) -> int | None:
    whole = moment.replace(microsecond=0)
    seconds = day_of(whole.date()) * 86_400 + whole.hour * 3_600 + whole.minute * 60 + whole.second
    offset = whole.utcoffset()
    return instant_of(seconds, zone) if offset is None else seconds - int(offset.total_seconds())
