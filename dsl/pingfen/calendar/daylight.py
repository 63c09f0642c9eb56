"""The rule at the end of a zone file, such as `EST5EDT,M3.2.0,M11.1.0`, continued year by year."""

from __future__ import annotations

import re
from datetime import date

from ..node import frozen
from .dates import DAY_SECONDS, date_of, day_of

_FIRST_YEAR = 1970
_ZONE = re.compile(r"(?:<[^>]+>|[A-Za-z]+)([-+]?[\d:]+)(?:(?:<[^>]+>|[A-Za-z]+)([-+]?[\d:]+)?,(M[^,]+),(M[^,]+))?")
_DAY = re.compile(r"M(\d+)\.(\d)\.(\d)(?:/([-+]?[\d:]+))?")


@frozen(repr=False)
class YearDay:
    """The `week`-th (5: the last) `weekday` (0 is Sunday) of a month, at `seconds` of local time, which may pass the day's ends."""

    month: int
    week: int
    weekday: int
    seconds: int

    def local(self, year: int) -> int:
        """The local time in a year."""
        first = day_of(date(year, self.month, 1))
        day = first + (self.weekday - date_of(first).isoweekday()) % 7 + 7 * (self.week - 1)
        while date_of(day).month != self.month:
            day -= 7
        return day * DAY_SECONDS + self.seconds


def rule_changes(rule: str, after: int | None, last_year: int) -> list[tuple[int, int]]:
    """(instant, offset from then on) for every change that the rule makes after an instant, to the end of `last_year`; empty without daylight saving."""
    found = _ZONE.fullmatch(rule)
    if found is None:
        raise ValueError(f"zone rule `{rule}` is not understood")
    standard, summer, begins, ends = found.groups()
    if begins is None:
        return []
    winter_offset = -_seconds(standard)
    summer_offset = -_seconds(summer) if summer else winter_offset + 3600
    begin, end = _year_day(begins), _year_day(ends)
    years = range(_FIRST_YEAR if after is None else 1970 + after // (366 * DAY_SECONDS), last_year + 1)
    changes = [(begin.local(year) - winter_offset, summer_offset) for year in years] + [(end.local(year) - summer_offset, winter_offset) for year in years]
    return sorted(change for change in changes if after is None or change[0] > after)


def _year_day(text: str) -> YearDay:
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(f"day `{text}` of a zone rule is not understood")
    month, week, weekday, seconds = found.groups()
    return YearDay(int(month), int(week), int(weekday), _seconds(seconds) if seconds else 7200)


def _seconds(text: str) -> int:
    """Seconds of `5`, `-5:30`, `+02:00:00`."""
    hours, *rest = text.lstrip("+-").split(":")
    minutes, seconds = (*map(int, rest), 0, 0)[:2]
    whole = int(hours) * 3600 + minutes * 60 + seconds
    return -whole if text.startswith("-") else whole
