"""Dates as days since 1970-01-01, and how dates, months and local times are written."""

from __future__ import annotations

from datetime import date

DAY_SECONDS = 86_400
_EPOCH = date(1970, 1, 1).toordinal()


def day_of(value: date) -> int:
    """Days since 1970-01-01 of a date."""
    return value.toordinal() - _EPOCH


def date_of(day: int) -> date:
    """The date of a day number; it must lie within the years 1 .. 9999."""
    return date.fromordinal(day + _EPOCH)


def day_number(year: int, month: int, day: int) -> int | None:
    """The day number of a written date, or None when the calendar has no such date."""
    try:
        return day_of(date(year, month, day))
    except ValueError:
        return None


def step_back(day: int, months: int) -> int:
    """The same day of the month `months` earlier, clamped to that month's end: three months before May 31 is the last of February."""
    start = date_of(day)
    year, month = divmod(start.year * 12 + start.month - 1 - months, 12)
    return min(day_of(date(year, month + 1, 1)) + start.day - 1, _last_of(year, month + 1))


def month_of_day(day: int) -> int:
    """`year * 12 + month - 1` of a day."""
    value = date_of(day)
    return value.year * 12 + value.month - 1


def first_of_month(month: int) -> int:
    """The first day of `year * 12 + month - 1`."""
    return day_of(date(month // 12, month % 12 + 1, 1))


def _last_of(year: int, month: int) -> int:
    return day_of(date(year, 12, 31)) if month == 12 else day_of(date(year, month + 1, 1)) - 1


def date_text(day: int) -> str:
    """`2026-06-10`."""
    return date_of(day).isoformat()


def month_text(month: int) -> str:
    """`2026-06` of `year * 12 + month - 1`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def instant_text(local: int) -> str:
    """`2026-06-10 18:30`, with seconds where they are not 0, of a local time."""
    day, seconds = divmod(local, DAY_SECONDS)
    minutes, second = divmod(seconds, 60)
    return f"{date_text(day)} {minutes // 60:02d}:{minutes % 60:02d}" + (f":{second:02d}" if second else "")
