"""How one cell becomes a clean value: for each kind of column the tree that reads it, and what makes a cell bad, tried in order.

A bad cell never makes the reading fail: it reads as NULL. In DuckDB's spelling.
"""

from __future__ import annotations

import re
from typing import Literal

from attrs import frozen
from sqlglot import exp

from ..plan.events import Transitions
from ..plan.quantity import Numeric, Truth, Type, Words
from ..plan.values import decimal_text
from ..sql import clock
from ..sql.dialect import Dialect, TimeForm
from ..sql.duckdb import FEW
from ..sql.longhand import MOST, floored_text
from ..sql.readings import NO, PER_SECOND, SECONDS, YES
from ..sql.stairs import Stairs
from ..sql.trees import Tree, binary, call, cases, either, every, given, missing, negated, null, text, truth

Family = Literal["text", "whole", "decimal", "float", "flag", "date", "local", "instant", "interval", "other"]
Reason = Literal[
    "missing-cell", "unreadable-cell", "unreadable-time", "cell-out-of-range", "unknown-choice-in-data", "too-many-places-in-data", "skipped-local-time"
]
Check = tuple[Reason, Tree]

_FAMILIES: dict[str, Family] = {
    **dict.fromkeys(["VARCHAR", '"NULL"', "ENUM", "UUID"], "text"),
    **dict.fromkeys(["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"], "whole"),
    **dict.fromkeys(["FLOAT", "DOUBLE"], "float"),
    **dict.fromkeys(["TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"], "local"),
    **dict.fromkeys(["TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS"], "instant"),
    "BOOLEAN": "flag",
    "DATE": "date",
    "INTERVAL": "interval",
}
_NARROW = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")
_NUMBER = r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)"
_DATE = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?"
_ZONE = r"(Z|[+-][0-9]{2}(:?[0-9]{2})?)"


@frozen
class Reading:
    """A cell's clean value, how a time is held, and the checks in order; a check is for a cell that is given and passed those before it."""

    value: Tree
    checks: tuple[Check, ...] = ()
    form: TimeForm = "seconds"


@frozen
class Reader:
    """Reads the cells of one table; what is used more than once becomes a column of `stairs`."""

    spell: Dialect
    stairs: Stairs
    zone: Transitions
    first_year: int
    last_year: int

    def read(self, raw: Tree, engine_type: str, kind: Type, cast: str | None) -> Reading | None:
        """The reading of a column; None where its engine type does not fit."""
        family = family_of(engine_type)
        if engine_type == '"NULL"' or engine_type.startswith("ENUM") or engine_type == "UUID":
            raw = exp.Cast(this=raw, to=exp.DataType.build("TEXT"))
        match kind:
            case Truth():
                return _flag(raw, family)
            case Words():
                return _words(raw, family, kind)
            case Numeric(unit="time"):
                return self._time(raw, engine_type, kind, cast)
            case Numeric(unit="date"):
                return self._date(raw, engine_type, kind, cast)
            case Numeric():
                return self._number(raw, engine_type, kind, cast)
            case _:
                return None

    def _number(self, raw: Tree, engine_type: str, kind: Numeric, cast: str | None) -> Reading | None:
        """A number with places; a duration is cut downward to whole seconds."""
        seconds = SECONDS.get(cast or "", 1)
        family, places = family_of(engine_type), kind.places
        if cast == "percent":
            # 95 means 0.95: read two places less, so that 95.00 is 9500 at the four places of a share
            places -= 2
        if places < 0:
            return None
        if kind.unit == "duration":
            return self._duration(raw, engine_type, kind, seconds)
        match family:
            case "whole":
                return self._whole(raw, kind, places)
            case "decimal":
                return self._decimal(raw, _places_of(engine_type), kind, places)
            case "float":
                return self._float(raw, kind, places)
            case "text":
                return self._written(raw, kind, places)
            case _:
                return None

    def _whole(self, raw: Tree, kind: Numeric, places: int) -> Reading:
        low, high = exp.Literal.number(-(-kind.low // 10**places)), exp.Literal.number(kind.high // 10**places)
        whole = exp.TryCast(this=raw, to=exp.DataType.build("BIGINT"))
        value = whole if places == 0 else cases([(_inside(raw, low, high), self._times(whole, 10**places))], None)
        return Reading(value, (("cell-out-of-range", _outside(raw, low, high)),))

    def _times(self, tree: Tree, factor: int) -> Tree:
        return tree if factor == 1 else binary(exp.Mul, tree, self.spell.integer(factor))

    def _decimal(self, raw: Tree, has: int, kind: Numeric, places: int) -> Reading:
        """A decimal with `has` places read at `places`; digits beyond those must be zeros."""
        beyond: list[Check] = []
        if has > places:
            beyond.append(("too-many-places-in-data", binary(exp.NEQ, raw, call("round", raw, exp.Literal.number(places)))))
        value, outside = self._at_scale(raw, kind, places)
        return Reading(value, (*beyond, ("cell-out-of-range", outside)))

    def _at_scale(self, raw: Tree, kind: Numeric, places: int) -> tuple[Tree, Tree]:
        """A decimal or a decimal's text times 10^places, NULL outside the range, and whether it is outside."""
        number = self.stairs.share(exp.TryCast(this=raw, to=exp.DataType.build(f"DECIMAL(38,{places})")))
        low, high = _decimal_literal(kind.low, places), _decimal_literal(kind.high, places)
        product = binary(exp.Mul, number, exp.Literal.number(10**places)) if places else number
        scaled = cases([(_inside(number, low, high), exp.TryCast(this=product, to=exp.DataType.build("BIGINT")))], None)
        return scaled, _outside(number, low, high)

    def _float(self, raw: Tree, kind: Numeric, places: int) -> Reading:
        """Half away from zero of the IEEE product x * 10^places; NaN, infinities and what leaves 64 bits are bad."""
        double = exp.Cast(this=raw, to=exp.DataType.build("DOUBLE"))
        limit = _double(2.0**63 / 10.0**places)
        product = self.stairs.share(binary(exp.Mul, double, _double(10.0**places)))
        whole = self.stairs.share(call("trunc", product))
        rest = self.stairs.share(binary(exp.Sub, product, whole))
        up, down = binary(exp.GTE, rest, _double(0.5)), binary(exp.LTE, rest, _double(-0.5))
        turned = cases([(up, self.spell.integer(1)), (down, self.spell.integer(-1))], self.spell.integer(0))
        rounded = binary(exp.Add, exp.TryCast(this=whole, to=exp.DataType.build("BIGINT")), turned)
        inside = every([binary(exp.GTE, double, exp.Neg(this=limit)), binary(exp.LT, double, limit)])
        value = self.stairs.share(cases([(inside, rounded)], None))
        return Reading(value, (("cell-out-of-range", _outside(value, self.spell.integer(kind.low), self.spell.integer(kind.high))),))

    def _written(self, raw: Tree, kind: Numeric, places: int) -> Reading:
        """A number as people write it, with digits and a point."""
        value, outside = self._at_scale(raw, kind, places)
        beyond = _matches(raw, f"[^.]*[.][0-9]{{{places}}}[0-9]*[1-9][0-9]*")
        return Reading(value, (("unreadable-cell", negated(_matches(raw, _NUMBER))), ("too-many-places-in-data", beyond), ("cell-out-of-range", outside)))

    def _duration(self, raw: Tree, engine_type: str, kind: Numeric, factor: int) -> Reading | None:
        """Whole seconds, cut downward, of a number of `factor` seconds each or of an interval."""
        checks: list[Check] = []
        match family_of(engine_type):
            case "interval":
                value = clock.floored(self.spell, self.stairs.share(call("epoch_us", raw)), 1_000_000)
            case "whole":
                value = self._floored(raw, 0, kind, factor)
            case "decimal":
                value = self._floored(raw, _places_of(engine_type), kind, factor)
            case "text":
                readable, beyond = _matches(raw, _NUMBER), _matches(raw, f"[^.]*[.][0-9]{{{MOST}}}0*[1-9][0-9]*")
                checks = [("unreadable-cell", negated(readable)), ("too-many-places-in-data", beyond)]
                value = self._floored(cases([(every([readable, negated(beyond)]), raw)], None), MOST, kind, factor)
            case "float":
                product = binary(exp.Mul, exp.Cast(this=raw, to=exp.DataType.build("DOUBLE")), _double(float(factor)))
                value = exp.TryCast(this=call("floor", product), to=exp.DataType.build("BIGINT"))
            case _:
                return None
        value = self.stairs.share(value)
        outside = _outside(value, self.spell.integer(kind.low), self.spell.integer(kind.high))
        return Reading(value, (*checks, ("cell-out-of-range", outside)))

    def _floored(self, raw: Tree, places: int, kind: Numeric, factor: int) -> Tree:
        """floor(raw * factor) of a number of so many places or its text, without a digit lost; NULL far outside the range."""
        low, high = kind.low // factor - 1, kind.high // factor + 1
        if places > FEW:
            written = self.stairs.share(exp.Cast(this=raw, to=exp.DataType.build("TEXT")))
            return floored_text(self.spell, written, low, high, factor, self.stairs.share)
        number = self.stairs.share(exp.TryCast(this=raw, to=exp.DataType.build(f"DECIMAL(38,{places})")))
        product = binary(exp.Mul, number, exp.Literal.number(factor))
        floored = exp.TryCast(this=call("floor", product), to=exp.DataType.build("BIGINT"))
        return cases([(_inside(number, exp.Literal.number(low), exp.Literal.number(high)), floored)], None)

    def _time(self, raw: Tree, engine_type: str, kind: Numeric, cast: str | None) -> Reading | None:
        match family_of(engine_type):
            case "local":
                return self._local(self._stamp(raw, engine_type), kind)
            case "instant":
                stamp = self._stamp(raw, engine_type)
                return Reading(stamp, (("cell-out-of-range", self._outside_years(stamp, "instant", kind)),), "instant")
            case "whole" if cast is not None and cast.startswith("epoch "):
                per_second = PER_SECOND[cast]
                seconds = clock.floored(self.spell, exp.TryCast(this=raw, to=exp.DataType.build("BIGINT")), per_second)
                return Reading(seconds, (("cell-out-of-range", self._outside_years(seconds, "seconds", kind)),))
            case "date" if cast == "time":
                return self._local(exp.TryCast(this=raw, to=exp.DataType.build("TIMESTAMP")), kind)
            case "text":
                return self._written_time(raw, kind)
            case _:
                return None

    def _stamp(self, raw: Tree, engine_type: str) -> Tree:
        """A timestamp of microseconds, of a finer one cut downward."""
        if engine_type in ("TIMESTAMP", "TIMESTAMP WITH TIME ZONE"):
            return raw
        if engine_type.endswith("_NS"):
            return self.stairs.share(self.spell.cut(raw, "instant" if family_of(engine_type) == "instant" else "local"))
        return self.stairs.share(exp.TryCast(this=raw, to=exp.DataType.build("TIMESTAMP")))

    def _local(self, stamp: Tree, kind: Numeric) -> Reading:
        stamp = self.stairs.share(stamp)
        skipped = clock.is_skipped(self.spell, self.zone, stamp, "local", self.stairs.share)
        checks: list[Check] = [("cell-out-of-range", self._outside_years(stamp, "local", kind))]
        if not isinstance(skipped, exp.Boolean):
            checks.append(("skipped-local-time", skipped))
        return Reading(stamp, tuple(checks), "local")

    def _written_time(self, raw: Tree, kind: Numeric) -> Reading:
        """Local times, and instants that end in `Z` or an offset, as texts."""
        absolute = _matches(raw, f".*{_ZONE}")
        instant = exp.TryCast(this=raw, to=exp.DataType.build("TIMESTAMPTZ"))
        share = self.stairs.share
        local = share(self.spell.seconds_of(share(exp.TryCast(this=raw, to=exp.DataType.build("TIMESTAMP"))), "local"))
        written = clock.instant_of(self.spell, self.zone, local, share)
        seconds = share(cases([(absolute, self.spell.seconds_of(share(instant), "instant"))], written))
        checks: list[Check] = [
            ("unreadable-time", either([negated(_matches(raw, f"{_DATE}[ T]{_CLOCK}{_ZONE}?")), missing(seconds)])),
            ("cell-out-of-range", self._outside_years(seconds, "seconds", kind)),
            ("skipped-local-time", every([negated(absolute), clock.is_skipped(self.spell, self.zone, local, "seconds", share)])),
        ]
        return Reading(seconds, tuple(checks))

    def _outside_years(self, value: Tree, form: TimeForm, kind: Numeric) -> Tree:
        """Outside the years that the ruleset declares, or the column's own range."""
        low = max(kind.low, clock.midnight_of_year(self.first_year, self.zone))
        high = min(kind.high, clock.midnight_of_year(self.last_year + 1, self.zone) - 1)
        bound = (lambda instant: clock.local_bound(self.zone, instant)) if form == "local" else (lambda instant: instant)
        inside = [
            binary(exp.GTE, value, self.spell.time_literal(bound(low), form)),
            binary(exp.LT, value, self.spell.time_literal(bound(high + 1), form)),
        ]
        return either([missing(value), negated(every(inside))])

    def _date(self, raw: Tree, engine_type: str, kind: Numeric, cast: str | None) -> Reading | None:
        checks: list[Check] = []
        match family_of(engine_type):
            case "date":
                date: Tree = raw
            case "local":
                date = exp.Cast(this=self._stamp(raw, engine_type), to=exp.DataType.build("DATE"))
                if cast != "date":
                    checks.append(("unreadable-time", binary(exp.NEQ, raw, exp.Cast(this=date, to=exp.DataType.build("TIMESTAMP")))))
            case "text":
                date = self.stairs.share(exp.TryCast(this=raw, to=exp.DataType.build("DATE")))
                checks.append(("unreadable-time", either([negated(_matches(raw, _DATE)), missing(date)])))
            case _:
                return None
        days = self.spell.narrowed(binary(exp.Sub, date, exp.Cast(this=text("1970-01-01"), to=exp.DataType.build("DATE"))))
        low = max(kind.low, clock.day_of_year(self.first_year))
        high = min(kind.high, clock.day_of_year(self.last_year + 1) - 1)
        checks.append(("cell-out-of-range", _outside(days, self.spell.integer(low), self.spell.integer(high))))
        return Reading(days, tuple(checks))


def is_surely_read(raw: Tree, value: Tree, engine_type: str) -> bool:
    """Whether a given cell of this type always has a value: it is taken as it is, or is a whole number of at most 64 bits."""
    return value is raw or (isinstance(value, exp.TryCast) and value.this is raw and engine_type in _NARROW)


def family_of(engine_type: str) -> Family:
    """The family of an engine type."""
    if _DECIMAL.fullmatch(engine_type):
        return "decimal"
    return _FAMILIES.get(engine_type.partition("(")[0], "other")


def _places_of(engine_type: str) -> int:
    found = _DECIMAL.fullmatch(engine_type)
    assert found is not None
    return int(found[2])


def _flag(raw: Tree, family: Family) -> Reading | None:
    match family:
        case "flag":
            return Reading(raw)
        case "whole":
            known = exp.In(this=raw, expressions=[exp.Literal.number(0), exp.Literal.number(1)])
            return Reading(binary(exp.EQ, raw, exp.Literal.number(1)), (("unreadable-cell", negated(known)),))
        case "text":
            yes, no = (exp.In(this=raw, expressions=[text(item) for item in items]) for items in (YES, NO))
            return Reading(cases([(yes, truth(True)), (no, truth(False))], None), (("unreadable-cell", negated(either([yes, no]))),))
        case _:
            return None


def _words(raw: Tree, family: Family, kind: Words) -> Reading | None:
    if family not in ("text", "whole"):
        return None
    value = raw if family == "text" else exp.Cast(this=raw, to=exp.DataType.build("TEXT"))
    if not kind.options:
        return Reading(value)
    known = exp.In(this=value, expressions=[text(item) for item in kind.options])
    return Reading(value, (("unknown-choice-in-data", negated(known)),))


def _outside(value: Tree, low: Tree, high: Tree) -> Tree:
    return either([missing(value), negated(_inside(value, low, high))])


def _inside(value: Tree, low: Tree, high: Tree) -> Tree:
    return every([binary(exp.GTE, value, low), binary(exp.LTE, value, high)])


def _matches(raw: Tree, pattern: str) -> Tree:
    return call("regexp_full_match", raw, text(pattern))


def _double(value: float) -> exp.Expr:
    return exp.Cast(this=exp.Literal.string(repr(value)), to=exp.DataType.build("DOUBLE"))


def _decimal_literal(scaled: int, places: int) -> exp.Expr:
    """A scaled integer as a decimal literal of the engine."""
    return exp.Cast(this=text(decimal_text(scaled, places)), to=exp.DataType.build(f"DECIMAL(38,{places})"))


def bad_of(raw: Tree, reading: Reading, *, optional: bool) -> list[Check]:
    """What makes a cell bad, each told only where nothing before it is; a missing one unless it is optional."""
    absent: list[Check] = [] if optional else [("missing-cell", missing(raw))]
    return [*absent, *((reason, every([given(raw), condition])) for reason, condition in reading.checks)]


def reason_of(checks: list[Check]) -> Tree:
    """The first reason that makes a cell bad, NULL for a good one."""
    return cases([(condition, text(reason)) for reason, condition in checks], null())
