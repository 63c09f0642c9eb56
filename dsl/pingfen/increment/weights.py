"""What each day weighs on each date, and how that changes from one date to the next."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from ..calendar import window_days
from ..plan.events import AgeBand
from .columns import Span

DATE, DAY, SINCE = "date", "day", "since"
"""Columns of the relation of weights: a date, a day of rows, and the date from which on those rows are known."""


def weights_of(span: Span, days: Sequence[int], as_of: int) -> list[int]:
    """What a row of each day weighs as of a date: 0 outside the window."""
    first, last = window_days(span.window, as_of)
    return [_of_age(span.recency, as_of - day) if day < last and (first is None or day >= first) else 0 for day in days]


def _of_age(bands: tuple[AgeBand, ...], age: int) -> int:
    return next((band.weight for band in bands if band.days is None or age <= band.days), 0) if bands else 1


def first_day(spans: Sequence[Span], dates: Sequence[int]) -> int:
    """A day before all windows that begin, before the dates, and before the eldest bounded age: windows without a beginning weigh it as every day before it."""
    days = [dates[0]]
    for span in spans:
        days += [end for as_of in dates for end in window_days(span.window, as_of) if end is not None]
        days += [dates[0] - band.days for band in span.recency if band.days is not None]
    return min(days) - 1


def changes(spans: Sequence[Span], dates: Sequence[int], *, since: bool) -> pa.Table:
    """For rows of a day, known since a date: what their weight adds on each date to that of the date before, in columns `w0`, `w1`, ... of the spans.

    The first date has the whole weight. Days on which nothing changes are left out. Without `since` rows are known before any window holds them.
    """
    days = range(first_day(spans, dates), dates[-1] + 1)
    weights = {as_of: list(zip(*(weights_of(span, days, as_of) for span in spans), strict=True)) for as_of in dates}
    nothing = (0,) * len(spans)
    rows: list[tuple[int, ...]] = []
    for index, day in enumerate(days):
        whole = [weights[as_of][index] for as_of in dates]
        added = [tuple(one - other for one, other in zip(now, before, strict=True)) for now, before in zip(whole, [nothing, *whole], strict=False)]
        for start in range(len(dates) if since else 1):
            found = [(dates[start], whole[start]), *zip(dates[start + 1 :], added[start + 1 :], strict=True)]
            rows += [(dates[start], day, as_of, *change) for as_of, change in found if change != nothing]
    names = [SINCE, DAY, DATE, *(f"w{index}" for index in range(len(spans)))]
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    return pa.table({name: pa.array(column, pa.int64()) for name, column in zip(names, columns, strict=True)})
