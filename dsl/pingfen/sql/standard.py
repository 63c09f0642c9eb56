"""What engines spell alike: one base for their classes, so that each file shows only what is its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlglot import exp

from .dialect import TimeForm
from .trees import Tree, binary, cases, filtered, text

BIGINT = exp.DataType(this=exp.DataType.Type.BIGINT, nullable=False)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Standard:
    """The spelling of an engine that keeps close to the standard; NULLs are placed by hand."""

    name = "standard"
    generator = ""

    def integer(self, value: int) -> Tree:
        literal: Tree = exp.Literal.number(abs(value))
        return exp.Cast(this=exp.Paren(this=exp.Neg(this=literal)) if value < 0 else literal, to=BIGINT.copy())

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

    def filtered(self, aggregate: Tree, condition: Tree | None) -> Tree:
        return filtered(aggregate, condition)

    def narrowed(self, aggregate: Tree) -> Tree:
        return exp.Cast(this=aggregate, to=BIGINT.copy())

    def lowest(self, value: Tree) -> Tree:
        return exp.Min(this=value)

    def highest(self, value: Tree) -> Tree:
        return exp.Max(this=value)

    def any_of(self, condition: Tree) -> Tree:
        return exp.LogicalOr(this=condition)

    def predecessor(self, value: Tree, count: int) -> Tree:
        return exp.Lag(this=value, offset=exp.Literal.number(count))

    def smaller(self, left: Tree, right: Tree) -> Tree:
        return cases([(binary(exp.LTE, left, right), left), (binary(exp.GT, left, right), right)], None)

    def larger(self, left: Tree, right: Tree) -> Tree:
        return cases([(binary(exp.GTE, left, right), left), (binary(exp.LT, left, right), right)], None)

    def brought(self, value: Tree) -> Tree:
        return value

    def by_bytes(self, value: Tree) -> Tree:
        return value

    def time_literal(self, seconds: int, form: TimeForm) -> Tree:
        if form == "seconds":
            return self.integer(seconds)
        return self.timestamp(written_time(seconds), form)

    def timestamp(self, written: str, form: TimeForm) -> Tree:
        """A timestamp of `2026-03-08 05:00:00`, of UTC or of the wall clock."""
        if form == "instant":
            return exp.Cast(this=text(written + "+00"), to=exp.DataType.build("TIMESTAMPTZ"))
        return exp.Cast(this=text(written), to=exp.DataType.build("TIMESTAMP"))

    def place(self, value: Tree, numbers: Sequence[int]) -> Tree | None:
        return None

    def element(self, numbers: Sequence[int], place: Tree) -> Tree:
        raise NotImplementedError

    def generate(self, tree: exp.Expr) -> str:
        return tree.sql(dialect=self.generator, copy=False)


def written_time(seconds: int) -> str:
    """`2026-03-08 05:00:00` of seconds since 1970-01-01."""
    return (_EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%d %H:%M:%S").rjust(19, "0")


def months_of(year: Tree, month: Tree) -> Tree:
    """`year * 12 + month - 1`, of 64-bit integers."""
    twelve, one = (exp.Cast(this=exp.Literal.number(number), to=BIGINT.copy()) for number in (12, 1))
    return binary(exp.Sub, binary(exp.Add, binary(exp.Mul, year, twelve), month), one)
