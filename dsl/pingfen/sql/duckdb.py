"""DuckDB's spelling, as tried on the engine: `//` and `%` cut toward zero, sums are 128 bits wide and cast back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from ..plan.quantity import INT64_HIGH, INT64_LOW
from . import clock
from .dialect import TimeForm
from .longhand import floored_text
from .standard import Standard, months_of
from .stretches import stretches_of
from .trees import Tree, binary, call, cases, text, wrapped

FEW = 18
"""A decimal of so many places, of the size of a 64-bit integer, times the seconds of a day has 38 digits at most."""


class DuckDB(Standard):
    """The spelling of DuckDB 1.4 and later."""

    name = "duckdb"
    generator = "duckdb"

    settings = ("SET TimeZone = 'UTC'",)

    def whole_quotient(self, numerator: Tree, denominator: Tree) -> Tree:
        return binary(exp.IntDiv, numerator, denominator)

    def seconds_of(self, value: Tree, form: TimeForm) -> Tree:
        if form == "seconds":
            return value
        micros = call("epoch_us", value)
        million = exp.Literal.number(1_000_000)
        cut = binary(exp.IntDiv, micros, million)
        below = exp.Paren(this=exp.LT(this=binary(exp.Mod, micros, million), expression=exp.Literal.number(0)))
        return binary(exp.Sub, cut, cases([(below, self.integer(1))], self.integer(0)))

    def cut(self, raw: Tree, form: TimeForm) -> Tree:
        # every conversion to microseconds rounds, that of the date too; only the count of nanoseconds is exact
        return call("make_timestamptz" if form == "instant" else "make_timestamp", clock.floored(self, call("epoch_ns", raw), 1_000))

    def floored_decimal(self, raw: Tree, held_places: int, factor: int) -> Tree | None:
        if held_places <= FEW:
            return super().floored_decimal(_wide(raw, held_places), held_places, factor)
        return floored_text(self, self.text_of(raw), INT64_LOW, INT64_HIGH, factor)

    def place(self, value: Tree, numbers: Sequence[int]) -> Tree | None:
        found = stretches_of(numbers)
        if found is None:
            return None
        near = call("least", call("greatest", value, self.integer(found.first)), self.integer(found.last))  # in this order NULL is the first
        stretch = binary(exp.IntDiv, binary(exp.Sub, near, self.integer(found.first)), self.integer(found.width))
        below = self.element(found.below, stretch)
        reached = binary(exp.GTE, value, self.element(numbers, below))  # the next number, NULL after the last
        return binary(exp.Add, below, cases([(reached, self.integer(1))], self.integer(0)))

    def element(self, numbers: Sequence[int], place: Tree) -> Tree:
        written = exp.Cast(this=text(str(list(numbers))), to=exp.DataType.build("BIGINT[]"))
        return call("list_extract", written, binary(exp.Add, place, self.integer(1)))

    def times(self, raw: Tree, places: int) -> Tree:
        return super().times(_wide(raw, places), places)

    def month_of_days(self, days: Tree) -> Tree:
        date = binary(exp.Add, exp.Cast(this=text("1970-01-01"), to=exp.DataType.build("DATE")), exp.Cast(this=wrapped(days), to=exp.DataType.build("INT")))
        return months_of(call("year", date), call("month", date.copy()))


def _wide(raw: Tree, places: int) -> Tree:
    """A decimal in 38 digits: products have those of their wider side, and overflow beyond."""
    return exp.Cast(this=raw, to=exp.DataType.build(f"DECIMAL(38,{places})"))
