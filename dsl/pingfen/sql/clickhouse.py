"""ClickHouse's spelling, as tried on the engine, which fails silently: counts are cast to signed integers at once, sums of nothing are 0,
outer joins bring NULL only into columns that can hold it, and every aggregate has its condition as `-If`, in the engine's exact form whatever the settings are.
"""

from __future__ import annotations

from sqlglot import exp

from ..plan.quantity import INT64_HIGH
from .dialect import TimeForm
from .standard import Standard, months_of
from .trees import Tree, binary, call, cases, given, negated, text, wrapped


class ClickHouse(Standard):
    """The spelling of ClickHouse 25 and later."""

    name = "clickhouse"
    generator = "clickhouse"

    # evaluated lazily, nested conditions over computed times take memory that doubles with each; no value here relies on a branch not being evaluated
    settings = ("SET join_use_nulls = 1", "SET max_query_size = 16777216", "SET short_circuit_function_evaluation = 'disable'")

    def whole_quotient(self, numerator: Tree, denominator: Tree) -> Tree:
        return call("intDiv", numerator, denominator)

    def total(self, value: Tree, most: int = INT64_HIGH) -> Tree:
        return call("sum", value)

    def count(self, value: Tree | None = None, *, distinct: bool = False) -> Tree:
        if value is None:
            return call("count")
        return call("uniqExact" if distinct else "count", value)

    def filtered(self, aggregate: Tree, condition: Tree | None) -> Tree:
        if condition is None:
            return aggregate
        assert isinstance(aggregate, exp.Anonymous)
        return call(f"{aggregate.name}If", *aggregate.expressions, condition)

    def narrowed(self, aggregate: Tree) -> Tree:
        return call("toInt64", aggregate)

    def lowest(self, value: Tree) -> Tree:
        return call("minOrNull", value)

    def highest(self, value: Tree) -> Tree:
        return call("maxOrNull", value)

    def any_of(self, condition: Tree) -> Tree:
        return call("max", condition)

    def predecessor(self, value: Tree, count: int) -> Tree:
        return call("lag", self.brought(value), exp.Literal.number(count))

    def brought(self, value: Tree) -> Tree:
        return call("toNullable", value)

    def timestamp(self, written: str, form: TimeForm) -> Tree:
        return call("toDateTime64", text(written), exp.Literal.number(6), text("UTC"))

    def seconds_of(self, value: Tree, form: TimeForm) -> Tree:
        if form == "seconds":
            return value
        micros = _micros_of(value)
        return call("intDiv", binary(exp.Sub, micros, call("positiveModulo", micros.copy(), exp.Literal.number(1_000_000))), exp.Literal.number(1_000_000))

    def cut(self, raw: Tree, form: TimeForm) -> Tree:
        return call("fromUnixTimestamp64Micro", _micros_of(raw), text("UTC"))

    def text_of(self, raw: Tree) -> Tree:
        return call("toString", raw)

    def broken_text(self, value: Tree) -> Tree | None:
        return negated(call("isValidUTF8", value))

    def whole_of(self, raw: Tree) -> Tree:
        return call("toInt64", raw)

    def small_decimal(self, written: str, digits: int, places: int) -> Tree:
        return call("toDecimal128", text(written), exp.Literal.number(places))

    def times(self, raw: Tree, places: int) -> Tree:
        return super().times(call("toDecimal128", raw, exp.Literal.number(places)), places)

    def double(self, value: float) -> Tree:
        return call("toFloat64", text(repr(value)))

    def cut_double(self, product: Tree) -> tuple[Tree, Tree]:
        cut = call("trunc", product)
        return call("accurateCastOrNull", cut, text("Int64")), cut.copy()

    def comparable(self, raw: Tree, held_places: int) -> Tree:
        # numbers are brought to the column's type before they are compared: they leave its digits without a word, or overflow
        return call("toDecimal256", raw, exp.Literal.number(held_places))

    def floored_decimal(self, raw: Tree, held_places: int, factor: int) -> Tree | None:
        # 76 digits: the 20 of a range's product, and 56 places
        if held_places > 56:
            return None
        # below a NULL that a guard makes stands the number that it keeps away, and is converted all the same
        wide, nothing = (call("toDecimal256", each, exp.Literal.number(held_places)) for each in (raw, text("0")))
        floored = super().floored_decimal(call("ifNull", wide, nothing), held_places, factor)
        return None if floored is None else cases([(given(raw), floored)], None)

    def widened(self, raw: Tree) -> Tree:
        return call("toFloat64", raw)

    def days_of(self, date: Tree) -> Tree:
        return call("toInt64", call("toInt32", call("toDate32", date)))

    def date_part(self, local: Tree) -> Tree:
        return call("toDate32", local, text("UTC"))

    def midnight_of(self, date: Tree) -> Tree:
        return call("toDateTime64", date, exp.Literal.number(6), text("UTC"))

    def month_of_days(self, days: Tree) -> Tree:
        date = call("addDays", call("toDate32", text("1970-01-01")), wrapped(days))
        year, month = (call("toInt64", call(part, date.copy())) for part in ("toYear", "toMonth"))
        return months_of(year, month)


def _micros_of(value: Tree) -> Tree:
    """Microseconds since 1970, cut downward: a finer part before 1970 is cut upward by the conversion."""
    near = call("toDateTime64", value, exp.Literal.number(6), text("UTC"))
    return wrapped(binary(exp.Sub, call("toUnixTimestamp64Micro", near), exp.Paren(this=binary(exp.GT, near.copy(), value.copy()))))
