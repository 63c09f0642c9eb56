"""How a typed column of an engine becomes a clean value, and what makes one of its cells bad; the counterpart of the warehouse's cells for tables of an engine.

A reading is lean: it is right for rows that passed the validation. A check is right for every row and raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, assert_never

from attrs import frozen
from sqlglot import exp

from ..plan.events import Transitions
from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from . import clock
from .dialect import Dialect, TimeForm
from .held import Held
from .trees import Tree, binary, cases, either, every, given, missing, negated, text, truth

Reason = Literal[
    "missing-cell",
    "unreadable-cell",
    "unreadable-time",
    "cell-out-of-range",
    "unknown-choice-in-data",
    "too-many-places-in-data",
    "skipped-local-time",
    "wrong-encoding",
]
Check = tuple[Reason, Tree]
PER_SECOND = {"epoch seconds": 1, "epoch milliseconds": 1_000, "epoch microseconds": 1_000_000}
SECONDS = {"minutes": 60, "hours": 3_600, "days": 86_400}
YES, NO = ("true", "True", "TRUE", "yes", "Yes", "YES", "1", "是"), ("false", "False", "FALSE", "no", "No", "NO", "0", "否")


@frozen
class Reading:
    """A cell's clean value, how a time is held, and the checks in order, each for a given cell that passed those before it."""

    value: Tree
    checks: tuple[Check, ...] = ()
    form: TimeForm = "seconds"


@frozen
class Reader:
    """Reads the columns of one table; `share` makes a tree that is used more than once a column."""

    spell: Dialect
    share: Callable[[Tree], Tree]
    zone: Transitions
    first_year: int
    last_year: int

    def read(self, raw: Tree, held: Held, kind: Type, cast: str | None = None) -> Reading | None:
        """The reading of a column; None where what the engine holds does not fit."""
        match kind:
            case Truth():
                return self._flag(raw, held)
            case Words():
                return self._words(raw, held, kind)
            case Numeric(unit="time"):
                return self._time(raw, held, kind, cast)
            case Numeric(unit="date"):
                return self._date(raw, held, kind, cast)
            case Numeric(unit="duration"):
                return self._duration(raw, held, kind, SECONDS.get(cast or "", 1))
            case Numeric():
                # 95 means 0.95 where the mapping says percent: read two places less
                return self._number(raw, held, kind, kind.places - (2 if cast == "percent" else 0))
            case Exact():
                return None
            case _:
                assert_never(kind)

    def _flag(self, raw: Tree, held: Held) -> Reading | None:
        match held.family:
            case "flag":
                return Reading(self.spell.flag(raw))
            case "whole":
                one, zero = (binary(exp.EQ, raw, exp.Literal.number(number)) for number in (1, 0))
                return Reading(one, (("unreadable-cell", negated(either([one, zero]))),))
            case "text":
                yes, no = (either(binary(exp.EQ, raw, text(item)) for item in items) for items in (YES, NO))
                return Reading(cases([(yes, truth(True)), (no, truth(False))], None), (("unreadable-cell", negated(either([yes, no]))),))
            case _:
                return None

    def _words(self, raw: Tree, held: Held, kind: Words) -> Reading | None:
        if held.family not in ("text", "whole"):
            return None
        value = self.spell.text_of(raw)
        unknown = negated(either(binary(exp.EQ, value, text(item)) for item in kind.options))
        broken = self.spell.broken_text(value)
        checks: list[Check] = [] if broken is None else [("wrong-encoding", broken)]
        return Reading(value, (*checks, *([("unknown-choice-in-data", unknown)] if kind.options else [])))  # type: ignore[arg-type]

    def _number(self, raw: Tree, held: Held, kind: Numeric, places: int) -> Reading | None:
        if places < 0:
            return None
        low, high = (self.spell.decimal_literal(end, places) for end in (kind.low, kind.high))
        outside: Check = ("cell-out-of-range", _outside(self.spell.comparable(raw, held.places) if held.family == "decimal" else raw, low, high))
        match held.family:
            case "whole":
                whole = self.spell.whole_of(raw)
                return Reading(whole if places == 0 else binary(exp.Mul, whole, self.spell.integer(10**places)), (outside,))
            case "decimal":
                beyond = [("too-many-places-in-data", self.spell.has_more_places(raw, places))] if held.places > places else []
                return Reading(self.spell.scaled_decimal(raw, held.places, places), (*beyond, outside))  # type: ignore[arg-type]
            case "double":
                value = self.share(self.spell.scaled_double(raw, places, self.share))
                return Reading(value, (("cell-out-of-range", _outside(value, self.spell.integer(kind.low), self.spell.integer(kind.high))),))
            case _:
                return None

    def _duration(self, raw: Tree, held: Held, kind: Numeric, factor: int) -> Reading | None:
        """Whole seconds, cut downward, of numbers of `factor` seconds each."""
        match held.family:
            case "whole":
                value = binary(exp.Mul, self.spell.whole_of(raw), self.spell.integer(factor)) if factor > 1 else self.spell.whole_of(raw)
                low, high = (self.spell.decimal_literal(end, 0) for end in (-(-kind.low // factor), kind.high // factor))
                return Reading(value, (("cell-out-of-range", _outside(raw, low, high)),))
            case "decimal" | "double":
                exact = held.family == "decimal"
                # the whole part of a decimal can be compared with numbers that its type has no digits for
                size = exp.Floor(this=self.spell.comparable(raw, held.places)) if exact else raw
                near = _inside(size, *(self.spell.decimal_literal(end, 0) for end in (kind.low // factor - 1, kind.high // factor + 1)))
                guarded = cases([(near, raw)], None)
                floored = self.spell.floored_decimal(guarded, held.places, factor) if exact else self.spell.floored_double(guarded, factor)
                if floored is None:
                    return None
                value = self.share(floored)
                return Reading(value, (("cell-out-of-range", _outside(value, self.spell.integer(kind.low), self.spell.integer(kind.high))),))
            case _:
                return None

    def _time(self, raw: Tree, held: Held, kind: Numeric, cast: str | None) -> Reading | None:
        match held.family:
            case "instant":
                stamp = self._cut(raw, held)
                return Reading(stamp, (("cell-out-of-range", self._outside_years(stamp, "instant", kind)),), "instant")
            case "local":
                return self._local(self._cut(raw, held), kind)
            case "date" if cast == "time":
                return self._local(self.spell.midnight_of(raw), kind)
            case "whole" if cast in PER_SECOND:
                seconds = clock.floored(self.spell, self.spell.whole_of(raw), PER_SECOND[cast]) if PER_SECOND[cast] > 1 else self.spell.whole_of(raw)
                return Reading(seconds, (("cell-out-of-range", self._outside_years(seconds, "seconds", kind)),))
            case _:
                return None

    def _cut(self, raw: Tree, held: Held) -> Tree:
        """A timestamp as it is, or downward to microseconds where it is finer."""
        if held.places <= 6:
            return raw
        return self.share(self.spell.cut(raw, "instant" if held.family == "instant" else "local"))

    def _local(self, stamp: Tree, kind: Numeric) -> Reading:
        checks: list[Check] = [("cell-out-of-range", self._outside_years(stamp, "local", kind))]
        skipped = clock.is_skipped(self.spell, self.zone, stamp, "local")
        if not isinstance(skipped, exp.Boolean):
            checks.append(("skipped-local-time", skipped))
        return Reading(stamp, tuple(checks), "local")

    def _outside_years(self, value: Tree, form: TimeForm, kind: Numeric) -> Tree:
        """Outside the years that the ruleset declares, or the column's own range."""
        low = max(kind.low, clock.midnight_of_year(self.first_year, self.zone))
        high = min(kind.high, clock.midnight_of_year(self.last_year + 1, self.zone) - 1)
        ends = [clock.local_bound(self.zone, end) if form == "local" else end for end in (low, high + 1)]
        first, last = (self.spell.time_literal(end, form) for end in ends)
        return negated(every([binary(exp.GTE, value, first), binary(exp.LT, value, last)]))

    def _date(self, raw: Tree, held: Held, kind: Numeric, cast: str | None) -> Reading | None:
        checks: list[Check] = []
        match held.family:
            case "date":
                days = self.spell.days_of(raw)
            case "local":
                date = self.spell.date_part(self._cut(raw, held))
                days = self.spell.days_of(date)
                if cast != "date":
                    checks.append(("unreadable-time", binary(exp.NEQ, raw, self.spell.midnight_of(date))))
            case _:
                return None
        low = max(kind.low, clock.day_of_year(self.first_year))
        high = min(kind.high, clock.day_of_year(self.last_year + 1) - 1)
        checks.append(("cell-out-of-range", _outside(days, self.spell.integer(low), self.spell.integer(high))))
        return Reading(days, tuple(checks))


def bad_of(raw: Tree, reading: Reading, *, optional: bool) -> list[Check]:
    """What makes a cell bad, each told only where nothing before it is; a missing one unless it is optional."""
    absent: list[Check] = [] if optional else [("missing-cell", missing(raw))]
    return [*absent, *((reason, every([given(raw), condition])) for reason, condition in reading.checks)]


def _outside(value: Tree, low: Tree, high: Tree) -> Tree:
    return either([missing(value), negated(_inside(value, low, high))])


def _inside(value: Tree, low: Tree, high: Tree) -> Tree:
    return every([binary(exp.GTE, value, low), binary(exp.LTE, value, high)])
