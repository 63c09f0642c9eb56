"""DuckDB's spelling, as tried on the engine: `//` and `%` cut toward zero, sums are 128 bits wide and cast back."""

from __future__ import annotations

from sqlglot import exp

from .dialect import TimeForm
from .standard import Standard, months_of
from .trees import Tree, binary, call, cases, text, wrapped


class DuckDB(Standard):
    """The spelling of DuckDB 1.4 and later."""

    name = "duckdb"
    generator = "duckdb"

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

    def month_of_days(self, days: Tree) -> Tree:
        date = binary(exp.Add, exp.Cast(this=text("1970-01-01"), to=exp.DataType.build("DATE")), exp.Cast(this=wrapped(days), to=exp.DataType.build("INT")))
        return months_of(call("year", date), call("month", date.copy()))
