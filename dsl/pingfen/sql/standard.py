"""What engines spell alike: one base for their classes, so that each file shows only what is its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlglot import exp

from ..plan.quantity import INT64_HIGH
from ..plan.values import decimal_text
from .dialect import Share, TimeForm
from .trees import Tree, binary, call, cases, every, filtered, text

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

    def total(self, value: Tree, most: int = INT64_HIGH) -> Tree:
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

    settings: tuple[str, ...] = ()

    def text_of(self, raw: Tree) -> Tree:
        return exp.Cast(this=raw, to=exp.DataType.build("TEXT"))

    def broken_text(self, value: Tree) -> Tree | None:
        return None

    def flag(self, raw: Tree) -> Tree:
        return raw

    def whole_of(self, raw: Tree) -> Tree:
        return exp.Cast(this=raw, to=BIGINT.copy())

    def decimal_literal(self, scaled: int, places: int) -> Tree:
        while places and scaled % 10 == 0:
            scaled, places = scaled // 10, places - 1
        if places:
            return self.small_decimal(decimal_text(scaled, places), max(len(str(abs(scaled))), places), places)
        literal = exp.Literal.number(abs(scaled))
        return exp.Paren(this=exp.Neg(this=literal)) if scaled < 0 else literal

    def small_decimal(self, written: str, digits: int, places: int) -> Tree:
        """A decimal literal of so many digits in all."""
        return exp.Cast(this=text(written), to=exp.DataType.build(f"DECIMAL({digits},{places})"))

    def comparable(self, raw: Tree, held_places: int) -> Tree:
        return raw

    def has_more_places(self, raw: Tree, places: int) -> Tree:
        return binary(exp.NEQ, raw, call("round", raw, exp.Literal.number(places)))

    def scaled_decimal(self, raw: Tree, held_places: int, places: int) -> Tree:
        return self.whole_of(self.times(raw, places))

    def floored_apart(self, raw: Tree, held_places: int, factor: int) -> Tree | None:
        """floor(raw * factor) where products of more than 38 digits would be rounded: the whole part and the rest apart."""
        if factor == 1:
            return self.whole_of(exp.Floor(this=raw))
        digits = len(str(factor))
        if held_places + digits + 2 > 38:
            return None
        rest = binary(exp.Mul, binary(exp.Mod, raw, self.small_decimal("1", 1, 0)), self.small_decimal(str(factor), digits, 0))
        return binary(exp.Add, binary(exp.Mul, self.whole_of(raw), self.integer(factor)), self.whole_of(exp.Floor(this=rest)))

    def times(self, raw: Tree, places: int) -> Tree:
        """A decimal times 10^places, without a digit lost."""
        return binary(exp.Mul, raw, exp.Literal.number(10**places)) if places else raw

    def scaled_double(self, raw: Tree, places: int, share: Share) -> Tree:
        # guarded by value before anything is converted: NaN, infinities and what leaves 64 bits are NULL from here on
        limit = 2.0**63 / 10.0**places
        inside = every([binary(exp.GTE, raw, self.double(-limit)), binary(exp.LT, raw, self.double(limit))])
        product = share(cases([(inside, binary(exp.Mul, raw, self.double(10.0**places)))], None))
        whole, cut = self.cut_double(product)
        rest = share(binary(exp.Sub, product, cut))
        up, down = binary(exp.GTE, rest, self.double(0.5)), binary(exp.LTE, rest, self.double(-0.5))
        return binary(exp.Add, whole, cases([(up, self.integer(1)), (down, self.integer(-1))], self.integer(0)))

    def double(self, value: float) -> Tree:
        """A floating-point literal."""
        return exp.Cast(this=text(repr(value)), to=exp.DataType.build("DOUBLE"))

    def cut_double(self, product: Tree) -> tuple[Tree, Tree]:
        """A floating-point number that fits 64 bits cut toward zero, as a 64-bit integer and as a floating-point number."""
        cut = call("trunc", product)
        return exp.Cast(this=cut, to=BIGINT.copy()), cut.copy()

    def floored_decimal(self, raw: Tree, held_places: int, factor: int) -> Tree | None:
        return self.whole_of(exp.Floor(this=binary(exp.Mul, raw, exp.Literal.number(factor)) if factor > 1 else raw))

    def floored_double(self, raw: Tree, factor: int) -> Tree:
        return self.whole_of(exp.Floor(this=binary(exp.Mul, self.widened(raw), self.double(float(factor)))))

    def widened(self, raw: Tree) -> Tree:
        """A floating-point column of any width in 64 bits."""
        return exp.Cast(this=raw, to=exp.DataType.build("DOUBLE"))

    def cut(self, raw: Tree, form: TimeForm) -> Tree:
        return raw

    def days_of(self, date: Tree) -> Tree:
        return exp.Cast(this=binary(exp.Sub, date, self.day_zero()), to=BIGINT.copy())

    def day_zero(self) -> Tree:
        """1970-01-01 as a date."""
        return exp.Cast(this=text("1970-01-01"), to=exp.DataType.build("DATE"))

    def date_part(self, local: Tree) -> Tree:
        return exp.Cast(this=local, to=exp.DataType.build("DATE"))

    def midnight_of(self, date: Tree) -> Tree:
        return exp.Cast(this=date, to=exp.DataType.build("TIMESTAMP"))

    def generate(self, tree: exp.Expr, *, pretty: bool = False) -> str:
        return tree.sql(dialect=self.generator, copy=False, pretty=pretty)


def written_time(seconds: int) -> str:
    """`2026-03-08 05:00:00` of seconds since 1970-01-01."""
    return (_EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%d %H:%M:%S").rjust(19, "0")


def months_of(year: Tree, month: Tree) -> Tree:
    """`year * 12 + month - 1`, of 64-bit integers."""
    twelve, one = (exp.Cast(this=exp.Literal.number(number), to=BIGINT.copy()) for number in (12, 1))
    return binary(exp.Sub, binary(exp.Add, binary(exp.Mul, year, twelve), month), one)
