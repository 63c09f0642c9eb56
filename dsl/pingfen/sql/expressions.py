"""Expressions of the plan as SQL trees over one stairs of columns; the meaning of each node stands in plan/expressions.py."""

from __future__ import annotations

from typing import Protocol, assert_never

from attrs import frozen
from sqlglot import exp

from ..plan.events import Transitions
from ..plan.expressions import (
    AllOf,
    AnyOf,
    AnyRow,
    Arithmetic,
    AsOfRead,
    AtLeast,
    Bands,
    BestOf,
    Cases,
    ColumnRead,
    Compare,
    Comparison,
    Constant,
    Curve,
    Divided,
    Expression,
    Extreme,
    FieldRead,
    IsGiven,
    Lookup,
    MonthOf,
    MovedTo,
    Not,
    Nothing,
    NumberRead,
    OutcomeRead,
    StageRead,
    Sum,
    TimeOfDay,
)
from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from . import clock, forms, sums
from .bounds import is_unsigned, most_of
from .dialect import Dialect, TimeForm
from .division import divide
from .stairs import Stairs
from .trees import Tree, binary, cases, either, every, given, missing, negated, null, text, truth

Read = FieldRead | NumberRead | StageRead | OutcomeRead | ColumnRead | AnyRow

OPERATORS: dict[Comparison, type[exp.Binary]] = {"=": exp.EQ, "<>": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE}
ARITHMETIC: dict[str, type[exp.Binary]] = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul}


class Reads(Protocol):
    """Where names come from: columns of a row, or fields and numbers of a record."""

    def read(self, expression: Read) -> Tree:
        """The value of a name, as a column or another tree."""

    def number(self, path: str) -> Tree:
        """The value of a number of the second half."""

    def number_type(self, path: str) -> Type:
        """The type of a number of the second half."""

    def stamp(self, expression: Expression) -> tuple[Tree, TimeForm] | None:
        """A time column as the engine's timestamp, where the expression is one: comparing that with a literal is faster than counting seconds."""


@frozen
class Translator:
    """Turns expressions into trees over the columns of `stairs`."""

    spell: Dialect
    stairs: Stairs
    reads: Reads
    zone: Transitions
    as_of: int

    def value(self, expression: Expression) -> Tree:
        """The expression's value; NULL is none."""
        match expression:
            case Constant(value=value):
                return self.literal(value)
            case Nothing(type=kind):
                return self.absent(kind)
            case AsOfRead():
                return self.spell.integer(self.as_of)
            case FieldRead() | NumberRead() | StageRead() | OutcomeRead() | ColumnRead() | AnyRow():
                return self.reads.read(expression)
            case Compare() | AllOf() | AnyOf() | Not() | IsGiven() | AtLeast():
                return self.condition(expression)
            case MovedTo() | MonthOf() | TimeOfDay():
                return self._clock(expression)
            case _:
                return self._made(expression)

    def _made(self, expression: Arithmetic | Divided | Extreme | Cases | Bands | Curve | Lookup | Sum | BestOf) -> Tree:
        match expression:
            case Arithmetic(operator=operator, left=left, right=right):
                return binary(ARITHMETIC[operator], self.value(left), self.value(right))
            case Divided(numerator=numerator, denominator=Constant(value=int(denominator)), mode=mode, step=step):
                unsigned = is_unsigned(most_of(numerator.type), denominator)
                return divide(self.spell, self.stairs.share_long, self.value(numerator), denominator, mode, step, unsigned=unsigned)
            case Divided(numerator=numerator, denominator=denominator, mode=mode, step=step):
                unsigned = is_unsigned(most_of(numerator.type), most_of(denominator.type))
                top, bottom = self.value(numerator), self.value(denominator)
                return divide(self.spell, self.stairs.share_long, top, bottom, mode, step, unsigned=unsigned)
            case Extreme(kind=kind, left=left, right=right):
                choose = self.spell.smaller if kind == "least" else self.spell.larger
                return choose(self.shared(left), self.shared(right))
            case Cases(rows=rows, otherwise=otherwise):
                return cases([(self.value(row.condition), self.value(row.value)) for row in rows], self.value(otherwise))
            case Bands():
                return forms.bands(self, expression)
            case Curve():
                return forms.curve(self, expression)
            case Lookup():
                return forms.lookup(self, expression)
            case Sum():
                return sums.total(self, expression)
            case BestOf():
                return sums.best(self, expression)
            case _:
                assert_never(expression)

    def shared(self, expression: Expression) -> Tree:
        """The expression's value as something that may be used many times."""
        return self.stairs.share(self.value(expression))

    def condition(self, expression: Expression) -> Tree:
        """A condition; guarded reads of none decide before they are looked at, because FALSE AND NULL is FALSE and TRUE OR NULL is TRUE."""
        match expression:
            case Compare():
                return self._compared(expression)
            case AllOf(conditions=conditions):
                return every(self.value(item) for item in conditions)
            case AnyOf(conditions=conditions):
                return either(self.value(item) for item in conditions)
            case Not(condition=inner):
                return negated(self.value(inner))
            case IsGiven(value=value):
                return given(self.value(value))
            case AtLeast(count=count, conditions=conditions):
                return self._at_least(count, conditions)
            case _:
                return self.value(expression)

    def _at_least(self, count: int, conditions: tuple[Expression, ...]) -> Tree:
        one, zero = self.spell.integer(1), self.spell.integer(0)
        total: Tree = zero
        for item in conditions:
            total = binary(exp.Add, total, cases([(self.strict(item), one)], zero))
        return binary(exp.GTE, total, self.spell.integer(count))

    def strict(self, expression: Expression) -> Tree:
        """A condition that is NULL where evaluating it from left to right reads a none."""
        match expression:
            case AllOf(conditions=conditions):
                return self._strictly(conditions, decides=False)
            case AnyOf(conditions=conditions):
                return self._strictly(conditions, decides=True)
            case Not(condition=inner):
                return negated(self.strict(inner))
            case _:
                return self.value(expression)

    def _strictly(self, conditions: tuple[Expression, ...], *, decides: bool) -> Tree:
        tree = self.strict(conditions[-1])
        for item in reversed(conditions[:-1]):
            first = self.stairs.share(self.strict(item))
            tree = cases([(missing(first), null()), (first if decides else negated(first), truth(decides))], tree)
        return tree

    def _compared(self, expression: Compare) -> Tree:
        if isinstance(expression.right, Constant) and isinstance(expression.right.value, int):
            stamp = self.reads.stamp(expression.left)
            if stamp is not None:
                return self.stamp_compared(stamp, expression.operator, expression.right.value)
        left, right = self.value(expression.left), self.value(expression.right)
        if isinstance(expression.left.type, Words) and expression.operator not in ("=", "<>"):
            left = self.spell.by_bytes(left)
        return binary(OPERATORS[expression.operator], left, right)

    def stamp_compared(self, stamp: tuple[Tree, TimeForm], operator: Comparison, seconds: int) -> Tree:
        """A timestamp compared with a whole second: what lies within a second counts as its beginning."""
        match operator:
            case ">=" | "<":
                return binary(OPERATORS[operator], stamp[0], self._bound(stamp[1], seconds))
            case ">":
                return binary(exp.GTE, stamp[0], self._bound(stamp[1], seconds + 1))
            case "<=":
                return binary(exp.LT, stamp[0], self._bound(stamp[1], seconds + 1))
            case "=":
                return every([self.stamp_compared(stamp, ">=", seconds), self.stamp_compared(stamp, "<=", seconds)])
            case "<>":
                return negated(self.stamp_compared(stamp, "=", seconds))
            case _:
                assert_never(operator)

    def _bound(self, form: TimeForm, seconds: int) -> Tree:
        return self.spell.time_literal(clock.local_bound(self.zone, seconds) if form == "local" else seconds, form)

    def seconds(self, stamp: tuple[Tree, TimeForm]) -> Tree:
        """A timestamp as seconds since 1970-01-01T00:00:00Z."""
        if stamp[1] == "seconds":
            return stamp[0]
        counted = self.stairs.share(self.spell.seconds_of(stamp[0], stamp[1]))
        return counted if stamp[1] == "instant" else self.stairs.share(clock.instant_of(self.spell, self.zone, counted, self.stairs.share))

    def _clock(self, expression: MovedTo | MonthOf | TimeOfDay) -> Tree:
        time = self.shared(expression.time)
        local = self.stairs.share(clock.local_of(self.spell, self.zone, time, self.stairs.share))
        match expression:
            case MonthOf():
                return self.spell.month_of_days(clock.day_of(self.spell, local))
            case TimeOfDay():
                return clock.time_of_day(self.spell, local)
            case MovedTo(target=target, start=start, end=end):
                seconds = self.stairs.share(clock.time_of_day(self.spell, local))
                day = cases([(binary(exp.LT, self.spell.integer(target), seconds), self.spell.integer(clock.DAY))], self.spell.integer(0))
                wanted = binary(exp.Add, binary(exp.Sub, local, seconds), binary(exp.Add, self.spell.integer(target), day))
                moved = clock.instant_of(self.spell, self.zone, self.stairs.share(wanted), self.stairs.share)
                return cases([(clock.within_day(self.spell, seconds, start, end), moved)], time)
            case _:
                assert_never(expression)

    def literal(self, value: int | str | bool) -> Tree:
        """A written value."""
        if isinstance(value, bool):
            return truth(value)
        return self.spell.integer(value) if isinstance(value, int) else text(value)

    def absent(self, kind: Type) -> Tree:
        """NULL at the engine's type."""
        return absent(kind)


def absent(kind: Type) -> Tree:
    """NULL at the engine's type."""
    match kind:
        case Numeric() | Exact():
            return exp.Cast(this=null(), to=exp.DataType.build("BIGINT"))
        case Words():
            return exp.Cast(this=null(), to=exp.DataType.build("TEXT"))
        case Truth():
            return exp.Cast(this=null(), to=exp.DataType.build("BOOLEAN"))
        case _:
            assert_never(kind)
