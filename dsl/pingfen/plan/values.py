"""Plan values as people write them: `97.20%`, `4.50`, `12 hours`, `2026-06-01`, `yes`; in English or Chinese.

The text is the one that a ruleset accepts at that place, with all places of the type, so that nothing is rounded out of sight.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import assert_never

from .quantity import Exact, Numeric, Truth, Type, Words

Value = int | str | bool | tuple[int, int] | None

DURATIONS = ((86400, "day", "天"), (3600, "hour", "小时"), (60, "minute", "分钟"), (1, "second", "秒"))


def value_text(kind: Type, value: Value, language: str = "en") -> str:
    """The value in the words of `language` ("en" or "zh")."""
    if value is None:
        return "缺" if language == "zh" else "none"
    match kind:
        case Numeric():
            assert isinstance(value, int)
            return numeric_text(kind, value, language)
        case Exact():
            assert isinstance(value, tuple)
            return f"{value[0]} / {value[1]}" if language == "zh" else f"{value[0]} of {value[1]}"
        case Words():
            return str(value)
        case Truth():
            return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")
        case _:
            assert_never(kind)


def numeric_text(kind: Numeric, value: int, language: str = "en") -> str:
    """A scaled integer as text, by its unit."""
    match kind.unit:
        case "share":
            return share_text(value, kind.places)
        case "duration":
            return duration_text(value, language)
        case "date":
            return (date(1970, 1, 1) + timedelta(days=value)).isoformat()
        case "time":
            day, second = divmod(value, 86400)
            return f"{date(1970, 1, 1) + timedelta(days=day)} {clock_text(second)} UTC"
        case "month":
            return f"{value // 12}-{value % 12 + 1:02d}"
        case "time of day":
            return clock_text(value)
        case "number" | "count" | "score" | "points" | "money":
            return decimal_text(value, kind.places)
        case _:
            assert_never(kind.unit)


def decimal_text(value: int, places: int) -> str:
    """A scaled integer with exactly `places` digits after the point."""
    sign, digits = ("-" if value < 0 else ""), str(abs(value)).rjust(places + 1, "0")
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def share_text(value: int, places: int) -> str:
    """A share as a percentage: 9720 at 4 places is `97.20%`."""
    return f"{decimal_text(value * 10 ** max(2 - places, 0), max(places - 2, 0))}%"


def clock_text(seconds: int) -> str:
    """A time of day, without its seconds when there are none: `18:00`, `22:59:59`."""
    minutes, second = divmod(seconds, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{second:02d}" if second else "")


def duration_text(seconds: int, language: str = "en") -> str:
    """A duration in its largest units: `1 day 12 hours`, `90 天`; nothing is `0 seconds`."""
    rest, parts = abs(seconds), []
    for size, english, chinese in DURATIONS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count} {chinese}" if language == "zh" else f"{count} {english}{'' if count == 1 else 's'}")
    text = " ".join(parts) or ("0 秒" if language == "zh" else "0 seconds")
    return f"-({text})" if seconds < 0 and len(parts) > 1 else f"-{text}" if seconds < 0 else text
