"""DuckDB's spelling, as tried on the engine: `//` and `%` cut toward zero, sums are 128 bits wide and cast back, NULLs are placed by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlglot import exp

from .dialect import TimeForm
from .trees import Tree, binary, call, cases, missing, negated, text, wrapped

_BIGINT = exp.DataType.build("BIGINT")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class DuckDB:
    """The spelling of DuckDB 1.4 and later."""

    name = "duckdb"

    def integer(self, value: int) -> Tree:
        literal: Tree = exp.Literal.number(abs(value))
        return exp.Cast(this=exp.Paren(this=exp.Neg(this=literal)) if value < 0 else literal, to=_BIGINT.copy())

    def whole_quotient(self, numerator: Tree, denominator: Tree) -> Tree:
        return binary(exp.IntDiv, numerator, denominator)

    def remainder(self, numerator: Tree, denominator: Tree) -> Tree:
        return binary(exp.Mod, numerator, denominator)

    def unless_zero(self, value: Tree) -> Tree:
        return exp.Nullif(this=value, expression=self.integer(0))

    def total(self, value: Tree) -> Tree:
        return exp.Sum(this=value)

    def count(self, value: Tree | None = None, *, distinct: bool = False) -> Tree:
        if value is None:
            return exp.Count(this=exp.Star())
        return exp.Count(this=exp.Distinct(expressions=[value]) if distinct else value)

    def narrowed(self, aggregate: Tree) -> Tree:
        return exp.Cast(this=aggregate, to=_BIGINT.copy())

    def lowest(self, value: Tree) -> Tree:
        return exp.Min(this=value)

    def highest(self, value: Tree) -> Tree:
        return exp.Max(this=value)

    def any_of(self, condition: Tree) -> Tree:
        return exp.LogicalOr(this=condition)

    def smaller(self, left: Tree, right: Tree) -> Tree:
        return cases([(binary(exp.LTE, left, right), left), (negated(missing(binary(exp.LTE, left, right))), right)], None)

    def larger(self, left: Tree, right: Tree) -> Tree:
        return cases([(binary(exp.GTE, left, right), left), (negated(missing(binary(exp.GTE, left, right))), right)], None)

    def time_literal(self, seconds: int, form: TimeForm) -> Tree:
        if form == "seconds":
            return self.integer(seconds)
        written = (_EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%d %H:%M:%S").rjust(19, "0")
        if form == "instant":
            return exp.Cast(this=text(written + "+00"), to=exp.DataType.build("TIMESTAMPTZ"))
        return exp.Cast(this=text(written), to=exp.DataType.build("TIMESTAMP"))

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
        months = binary(exp.Add, binary(exp.Mul, call("year", date), self.integer(12)), call("month", date.copy()))
        return binary(exp.Sub, months, self.integer(1))

    def generate(self, tree: exp.Expr) -> str:
        return tree.sql(dialect="duckdb", copy=False)
