"""Spellings of engines for which SQL is only written, never run here: each says what its manual fixes to the digit, and refuses the rest by name.

Division, rounding, sums, NULL order and time zones are written out as on the engines that are tried; nothing goes through a binary float.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlglot import exp

from .dialect import Share, TimeForm
from .standard import BIGINT, Standard, months_of
from .trees import Tree, binary, call, cases, text, wrapped

_INT = exp.DataType.build("INT")
DISTANT, DISTANT_SECONDS = "1800-01-01 00:00:00", 5_364_662_400
"""A time before all others, and how long before 1970 it is: differences are cut toward zero, so that from here on fractions are cut downward."""


class NotSayableError(Exception):
    """A construct that an engine cannot say faithfully, and the column or rule that asks for it."""

    def __init__(self, construct: str, place: str = "") -> None:
        super().__init__(construct)
        self.construct, self.place = construct, place


@contextmanager
def said_of(place: str) -> Iterator[None]:
    """What cannot be said is told of a place, a column or a rule as people write it."""
    try:
        yield
    except NotSayableError as failure:
        raise NotSayableError(failure.construct, failure.place or place) from None


class Emitted(Standard):
    """What these engines share: no FILTER, no floating point, text in the order of its bytes."""

    def filtered(self, aggregate: Tree, condition: Tree | None) -> Tree:
        if condition is None:
            return aggregate
        inner = aggregate.this
        if isinstance(inner, exp.Star):
            return exp.Count(this=cases([(condition, exp.Literal.number(1))], None))
        if isinstance(inner, exp.Distinct):
            return exp.Count(this=exp.Distinct(expressions=[cases([(condition, inner.expressions[0])], None)]))
        return type(aggregate)(this=cases([(condition, inner)], None))

    def scaled_double(self, raw: Tree, places: int, share: Share) -> Tree:
        raise NotSayableError("a column of binary floating point")

    def floored_double(self, raw: Tree, factor: int) -> Tree:
        raise NotSayableError("a column of binary floating point")

    def whole_quotient(self, numerator: Tree, denominator: Tree) -> Tree:
        return binary(exp.IntDiv, numerator, denominator)


class _MySQLLike(Emitted):
    """DIV cuts toward zero, % has the numerator's sign; dates are counted by DATEDIFF."""

    def month_of_days(self, days: Tree) -> Tree:
        date = call("date_add", self.day_zero(), exp.Interval(this=wrapped(days), unit=exp.var("DAY")))
        return months_of(call("year", date), call("month", date.copy()))

    def days_of(self, date: Tree) -> Tree:
        return exp.Cast(this=call("datediff", date, self.day_zero()), to=BIGINT.copy())

    def seconds_of(self, value: Tree, form: TimeForm) -> Tree:
        if form == "seconds":
            return value
        passed = call("timestampdiff", exp.var("SECOND"), self.timestamp(DISTANT, "local"), value)
        return wrapped(binary(exp.Sub, passed, self.integer(DISTANT_SECONDS)))


class MySQL(_MySQLLike):
    """The spelling of MySQL 8: instants are TIMESTAMP columns read in a session of UTC."""

    name = "mysql"
    generator = "mysql"
    settings = ("SET time_zone = '+00:00'", "SET NAMES utf8mb4 COLLATE utf8mb4_0900_bin", "SET sql_mode = 'ONLY_FULL_GROUP_BY'")

    def timestamp(self, written: str, form: TimeForm) -> Tree:
        return super().timestamp(written, "local")

    def text_of(self, raw: Tree) -> Tree:
        return exp.Paren(this=exp.Collate(this=super().text_of(raw), expression=exp.to_identifier("utf8mb4_0900_bin")))

    def date_part(self, local: Tree) -> Tree:
        # a cast of a time to a date rounds its parts of a second
        start = self.timestamp(DISTANT, "local")
        days = exp.Interval(this=wrapped(call("timestampdiff", exp.var("DAY"), start, local)), unit=exp.var("DAY"))
        return call("date_add", exp.Cast(this=text(DISTANT[:10]), to=exp.DataType.build("DATE")), days)


class _Local(_MySQLLike):
    """An engine whose timestamps have no zone."""

    def timestamp(self, written: str, form: TimeForm) -> Tree:
        if form == "instant":
            raise NotSayableError("a time as an instant (a column of local times has the type `local`)")
        return super().timestamp(written, form)

    def any_of(self, condition: Tree) -> Tree:
        raise NotSayableError("closing by linked subjects")


class Doris(_Local):
    """The spelling of Apache Doris 2."""

    name = "doris"
    generator = "doris"


class StarRocks(_Local):
    """The spelling of StarRocks 3."""

    name = "starrocks"
    generator = "starrocks"


class Hive(_Local):
    """The spelling of Hive 3."""

    name = "hive"
    generator = "hive"

    def floored_decimal(self, raw: Tree, held_places: int, factor: int) -> Tree | None:
        return self.floored_apart(raw, held_places, factor)

    def month_of_days(self, days: Tree) -> Tree:
        date = call("date_add", self.day_zero(), exp.Cast(this=wrapped(days), to=_INT.copy()))
        year, month = (exp.Cast(this=call(part, date.copy()), to=BIGINT.copy()) for part in ("year", "month"))
        return months_of(year, month)

    def times(self, raw: Tree, places: int) -> Tree:
        narrow = exp.Cast(this=raw, to=exp.DataType.build(f"DECIMAL(19,{places})"))
        return binary(exp.Mul, narrow, self.small_decimal(str(10**places), places + 1, 0)) if places else narrow

    def seconds_of(self, value: Tree, form: TimeForm) -> Tree:
        if form == "seconds":
            return value
        parts = [(self.days_of(self.date_part(value)), 86_400), (call("hour", value), 3_600), (call("minute", value), 60), (call("second", value), 1)]
        trees = [binary(exp.Mul, exp.Cast(this=part, to=BIGINT.copy()), self.integer(size)) for part, size in parts]
        return binary(exp.Add, binary(exp.Add, trees[0], trees[1]), binary(exp.Add, trees[2], trees[3]))


class Trino(Emitted):
    """The spelling of Trino: / of two BIGINT cuts toward zero."""

    name = "trino"
    generator = "trino"

    def whole_quotient(self, numerator: Tree, denominator: Tree) -> Tree:
        return exp.Paren(this=exp.Div(this=wrapped(numerator), expression=wrapped(denominator), typed=True, safe=False))

    def timestamp(self, written: str, form: TimeForm) -> Tree:
        if form == "instant":
            return exp.Cast(this=text(written + " UTC"), to=exp.DataType.build("TIMESTAMPTZ"))
        return super().timestamp(written, form)

    def seconds_of(self, value: Tree, form: TimeForm) -> Tree:
        if form == "seconds":
            return value
        passed = call("date_diff", text("second"), self.timestamp(DISTANT, form), value)
        return wrapped(binary(exp.Sub, passed, self.integer(DISTANT_SECONDS)))

    def days_of(self, date: Tree) -> Tree:
        return call("date_diff", text("day"), self.day_zero(), date)

    def month_of_days(self, days: Tree) -> Tree:
        date = call("date_add", text("day"), wrapped(days), self.day_zero())
        return months_of(call("year", date), call("month", date.copy()))


class BigQuery(Emitted):
    """The spelling of BigQuery: DIV and MOD of INT64."""

    name = "bigquery"
    generator = "bigquery"

    def generate(self, tree: exp.Expr, *, pretty: bool = False) -> str:
        """Counts and sums up to a row take no NULLS LAST there. They run over the rows that have a value, so the engine's own order says the same."""
        for window in tree.find_all(exp.Window):
            if isinstance(window.this, exp.Count | exp.Sum) and isinstance(window.args.get("order"), exp.Order):
                for item in window.args["order"].expressions:
                    item.set("nulls_first", not item.args.get("desc"))
        return super().generate(tree, pretty=pretty)

    def timestamp(self, written: str, form: TimeForm) -> Tree:
        if form == "instant":
            return exp.Cast(this=text(written + "+00"), to=exp.DataType.build("TIMESTAMPTZ"))
        return super().timestamp(written, form)

    def small_decimal(self, written: str, digits: int, places: int) -> Tree:
        if places > 9:
            raise NotSayableError("a decimal with more than 9 places")
        return super().small_decimal(written, digits, places)

    def seconds_of(self, value: Tree, form: TimeForm) -> Tree:
        match form:
            case "seconds":
                return value
            case "instant":
                return call("UNIX_SECONDS", value)
            case "local":
                return call("DATETIME_DIFF", value, self.timestamp("1970-01-01 00:00:00", "local"), exp.var("SECOND"))

    def days_of(self, date: Tree) -> Tree:
        return call("UNIX_DATE", date)

    def month_of_days(self, days: Tree) -> Tree:
        date = call("DATE_FROM_UNIX_DATE", wrapped(days))
        return months_of(exp.Extract(this=exp.var("YEAR"), expression=date), exp.Extract(this=exp.var("MONTH"), expression=date.copy()))


class Snowflake(Emitted):
    """The spelling of Snowflake, whose / gives decimals: what MOD leaves is taken off first, so that the quotient is whole."""

    name = "snowflake"
    generator = "snowflake"
    settings = ("ALTER SESSION SET TIMEZONE = 'UTC'",)

    def whole_quotient(self, numerator: Tree, denominator: Tree) -> Tree:
        rest = binary(exp.Sub, numerator, self.remainder(numerator.copy(), denominator.copy()))
        return exp.Cast(this=exp.Div(this=rest, expression=wrapped(denominator), typed=False, safe=False), to=BIGINT.copy())

    def timestamp(self, written: str, form: TimeForm) -> Tree:
        if form == "instant":
            return exp.Cast(this=text(written + " +0000"), to=exp.DataType.build("TIMESTAMPTZ"))
        return exp.Cast(this=text(written), to=exp.DataType.build("TIMESTAMPNTZ"))

    def midnight_of(self, date: Tree) -> Tree:
        return exp.Cast(this=date, to=exp.DataType.build("TIMESTAMPNTZ"))

    def seconds_of(self, value: Tree, form: TimeForm) -> Tree:
        # cut to the second first: the manual does not say which way a part of one is cut before 1970
        return value if form == "seconds" else call("DATE_PART", exp.var("EPOCH_SECOND"), call("DATE_TRUNC", text("SECOND"), value))

    def days_of(self, date: Tree) -> Tree:
        return call("DATEDIFF", exp.var("day"), self.day_zero(), date)

    def month_of_days(self, days: Tree) -> Tree:
        date = call("DATEADD", exp.var("day"), wrapped(days), self.day_zero())
        return months_of(call("YEAR", date), call("MONTH", date.copy()))
