"""Spark's spelling, as tried on the engine: `DIV` and `%` cut toward zero; nothing reads the session's time zone or minds ANSI mode."""

from __future__ import annotations

from sqlglot import exp

from .dialect import TimeForm
from .standard import BIGINT, Standard, months_of
from .trees import Tree, binary, call, text, wrapped

_INT = exp.DataType.build("INT")
_DATE = exp.DataType.build("DATE")


class Spark(Standard):
    """The spelling of Spark 3.5 and later."""

    name = "spark"
    generator = "spark"

    settings = (
        "SET spark.sql.ansi.enabled=true",
        "SET spark.sql.session.timeZone=UTC",
        "SET spark.sql.parser.escapedStringLiterals=false",
        "SET spark.sql.decimalOperations.allowPrecisionLoss=true",
    )

    def whole_quotient(self, numerator: Tree, denominator: Tree) -> Tree:
        return binary(exp.IntDiv, numerator, denominator)

    def timestamp(self, written: str, form: TimeForm) -> Tree:
        # a typed literal with its zone is an instant whatever the session's zone is
        if form == "instant":
            return exp.Cast(this=text(written + "Z"), to=exp.DataType.build("TIMESTAMPLTZ"))
        return exp.Cast(this=text(written), to=exp.DataType.build("TIMESTAMPNTZ"))

    def seconds_of(self, value: Tree, form: TimeForm) -> Tree:
        match form:
            case "seconds":
                return value
            case "instant":
                return call("unix_seconds", value)
            case "local":
                # a cast to an instant would read the session's zone; the parts of a local timestamp do not
                days = call("datediff", exp.Cast(this=value, to=_DATE.copy()), self.day_zero())
                parts = [(exp.Cast(this=days, to=BIGINT.copy()), 86_400), (call("hour", value), 3_600), (call("minute", value), 60), (call("second", value), 1)]
                trees = [binary(exp.Mul, part, self.integer(size)) for part, size in parts]
                return binary(exp.Add, binary(exp.Add, trees[0], trees[1]), binary(exp.Add, trees[2], trees[3]))

    def has_more_places(self, raw: Tree, places: int) -> Tree:
        # a comparison with round() would widen both sides to 38 digits and drop the very digits that are looked for; a remainder keeps them
        unit = self.small_decimal(f"{10**-places:.{places}f}" if places else "1", max(places, 1), places)
        return binary(exp.NEQ, binary(exp.Mod, raw, unit), self.small_decimal("0", 1, 0))

    def times(self, raw: Tree, places: int) -> Tree:
        # narrow enough that the product keeps its scale within 38 digits
        narrow = exp.Cast(this=raw, to=exp.DataType.build(f"DECIMAL(19,{places})"))
        return binary(exp.Mul, narrow, self.small_decimal(str(10**places), places + 1, 0)) if places else narrow

    def cut_double(self, product: Tree) -> tuple[Tree, Tree]:
        whole = exp.Cast(this=product, to=BIGINT.copy())
        return whole, exp.Cast(this=whole.copy(), to=exp.DataType.build("DOUBLE"))

    def floored_decimal(self, raw: Tree, held_places: int, factor: int) -> Tree | None:
        return self.floored_apart(raw, held_places, factor)

    def days_of(self, date: Tree) -> Tree:
        return exp.Cast(this=call("datediff", date, self.day_zero()), to=BIGINT.copy())

    def midnight_of(self, date: Tree) -> Tree:
        return exp.Cast(this=date, to=exp.DataType.build("TIMESTAMPNTZ"))

    def month_of_days(self, days: Tree) -> Tree:
        date = call("date_add", self.day_zero(), exp.Cast(this=wrapped(days), to=_INT.copy()))
        year, month = (exp.Cast(this=call(part, date.copy()), to=BIGINT.copy()) for part in ("year", "month"))
        return months_of(year, month)
