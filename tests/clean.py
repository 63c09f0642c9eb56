"""Values as people write them, made into the clean values that plans read, and back into decimals for comparison.

Written from the language's own text, with the standard library's calendar, so that the program's readers have something to be compared with.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from pingfen.plan.quantity import Exact, Numeric, Truth, Type, Words

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
EPOCH = date(1970, 1, 1)

Clean = int | str | bool | tuple[int, int] | None
Shown = Decimal | str | bool | tuple[int, int] | None


def clean_of(kind: Type, text: str, zone: str) -> Clean:
    """The clean value of a written one; nothing and `none` are None."""
    if text in ("", "none"):
        return None
    match kind:
        case Numeric():
            return _whole(kind, text, zone)
        case Exact():
            numerator, denominator = text.split(" of ")
            return int(numerator) * 10**kind.places, int(denominator)
        case Words():
            return text.strip('"')
        case Truth():
            return {"yes": True, "no": False}[text]


def shown_of(kind: Type, value: Clean) -> Shown:
    """A clean value as a decimal, text, flag or pair."""
    if isinstance(kind, Numeric) and value is not None:
        assert isinstance(value, int)
        assert not isinstance(value, bool)
        return Decimal(value).scaleb(-kind.places)
    return value  # type: ignore[return-value]


def expected_of(kind: Type, text: str, zone: str) -> Shown:
    """A written value for comparison; digits beyond the type's places stay, so that they show as a difference."""
    if isinstance(kind, Numeric) and kind.unit not in ("date", "time", "duration") and text not in ("", "none"):
        return _decimal(text)
    return shown_of(kind, clean_of(kind, text, zone))


def instant_of(text: str, zone: str) -> int | None:
    """Seconds since 1970 of a local time (the earlier where it exists twice, None where it does not exist) or of one that ends in `Z`; cut to the second."""
    if text.endswith("Z"):
        return _seconds(datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC))
    local = datetime.fromisoformat(text)
    aware = local.replace(tzinfo=ZoneInfo(zone), fold=0)
    back = aware.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return _seconds(aware) if back == local else None


def day_of(text: str) -> int:
    """Days since 1970-01-01."""
    return (date.fromisoformat(text) - EPOCH).days


def _seconds(moment: datetime) -> int:
    return (moment.astimezone(UTC).replace(tzinfo=None) - datetime(1970, 1, 1)) // timedelta(seconds=1)


def _whole(kind: Numeric, text: str, zone: str) -> int:
    match kind.unit:
        case "date":
            return day_of(text)
        case "time":
            instant = instant_of(text, zone)
            assert instant is not None, text
            return instant
        case "duration":
            number, unit = re.fullmatch(r"(-?\d+) (second|minute|hour|day|week)s?", text).groups()  # type: ignore[union-attr]
            return int(number) * SECONDS[unit]
        case _:
            scaled = _decimal(text).scaleb(kind.places)
            assert scaled == scaled.to_integral_value(), f"{text} has more places than {kind.places}"
            return int(scaled)


def _decimal(text: str) -> Decimal:
    return Decimal(text[:-1]).scaleb(-2) if text.endswith("%") else Decimal(text)
