"""A date on the command line, or where a command takes them the dates from one to another: `2026-10-01..2026-10-31`."""

from __future__ import annotations

from datetime import date

import click
from attrs import frozen

MOST = 366
SPAN = "a date and a later one, at most 366 days"


@frozen
class Dates:
    """The dates from `first` to `last`, both included."""

    first: date
    last: date


class DatesType(click.ParamType[Dates]):
    """DATE, or DATE..DATE where a command is `ranged`."""

    name = "date"

    def __init__(self, *, ranged: bool) -> None:
        self.ranged = ranged

    def convert(self, value: str | Dates, param: click.Parameter | None, ctx: click.Context | None) -> Dates:
        """The dates that a text says."""
        if isinstance(value, Dates):
            return value
        first, dots, last = value.partition("..")
        if dots and not self.ranged:
            self.fail(f"`{value}`: one date", param, ctx)
        dates = Dates(self._date(first, param, ctx), self._date(last if dots else first, param, ctx))
        if not 0 <= (dates.last - dates.first).days < MOST:
            self.fail(f"`{value}`: {SPAN}", param, ctx)
        return dates

    def _date(self, text: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            if len(text.strip()) != len("2026-10-01"):
                raise ValueError
            return date.fromisoformat(text.strip())
        except ValueError:
            self.fail(f"`{text}`: a date such as 2026-10-01", param, ctx)
