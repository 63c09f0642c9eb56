"""Aggregates as columns that are sums over days: what each row adds, whether it enters, and by which time; the window comes later, as weights of days."""

from __future__ import annotations

from typing import assert_never

from attrs import Factory, define, frozen
from sqlglot import exp

from ..node import evolve
from ..plan.events import AgeBand, Aggregate, Window
from ..plan.expressions import ColumnRead, Expression
from ..sql.metrics import Parts
from ..sql.populations import PopulationRows
from ..sql.trees import Tree, binary, every, given
from .localdays import day_of_instant


@frozen
class Span:
    """Days and what each weighs: a window, and the bands of age where rows weigh by age."""

    window: Window
    recency: tuple[AgeBand, ...] = ()


@frozen(eq=False)
class DayColumn:
    """What a row adds to its day: `value` (1 for a count) where it enters."""

    name: str
    value: Tree
    entering: Tree | None


@frozen(eq=False)
class WindowColumn:
    """The sum of a column over days, each weighed as `span` says."""

    name: str
    days: DayColumn
    span: Span


@define(eq=False)
class DayColumns:
    """The columns over the rows of one table, all by one time."""

    rows: PopulationRows
    by: Expression
    prefix: str
    columns: dict[tuple[str, str], DayColumn] = Factory(dict)
    windows: dict[tuple[str, Span], WindowColumn] = Factory(dict)

    def parts_of(self, aggregate: Aggregate) -> Parts:
        """The columns that hold an aggregate's numerator, denominator and the number of rows that entered."""
        integer, entering, plain, aged = self.rows.translator.spell.integer, self._entering(aggregate), Span(aggregate.window), self._aged(aggregate)
        match aggregate.form:
            case "count":
                count = self._column(integer(1), entering, plain)
                return Parts(count, None, count)
            case "share":
                counted = _and(entering, self._value(aggregate.counted))
                entered = self._column(integer(1), entering, plain)
                return Parts(self._column(integer(1), counted, aged), self._column(integer(1), entering, aged), entered)
            case "sum":
                return Parts(self._column(self._value(aggregate.value), entering, plain), None, self._column(integer(1), entering, plain))
            case "mean":
                return self._mean(aggregate, entering, aged)
            case "distinct" | "minimum" | "maximum":
                raise AssertionError(aggregate.form)
            case _:
                assert_never(aggregate.form)

    def _mean(self, aggregate: Aggregate, entering: Tree | None, aged: Span) -> Parts:
        value = self._shared(aggregate.value)
        entering = _and(entering, self._if_optional(aggregate.value, value))
        weight: Tree = self.rows.translator.spell.integer(1)
        if aggregate.weight is not None:
            weight = self._shared(aggregate.weight)
            entering = _and(entering, self._if_optional(aggregate.weight, weight))
            value = binary(exp.Mul, value, weight)
        entered = self._column(self.rows.translator.spell.integer(1), entering, Span(aggregate.window))
        return Parts(self._column(value, entering, aged), self._column(weight, entering, aged), entered)

    def _aged(self, aggregate: Aggregate) -> Span:
        return Span(aggregate.window, aggregate.recency)

    def _entering(self, aggregate: Aggregate) -> Tree | None:
        conditions = [self.rows.belongs(aggregate.source)]
        if aggregate.condition is not None:
            conditions.append(self.rows.translator.value(aggregate.condition))
        kept = [condition for condition in conditions if condition is not None]
        return every(kept) if kept else None

    def _if_optional(self, expression: Expression | None, value: Tree) -> Tree | None:
        return given(value) if expression is not None and expression.type.optional else None

    def _value(self, expression: Expression | None) -> Tree:
        assert expression is not None
        return self.rows.translator.value(expression)

    def _shared(self, expression: Expression | None) -> Tree:
        return self.rows.stairs.share(self._value(expression))

    def _column(self, value: Tree, entering: Tree | None, span: Span) -> str:
        key = value.sql(copy=False), "" if entering is None else entering.sql(copy=False)
        if key not in self.columns:
            self.columns[key] = DayColumn(f"{self.prefix}_{len(self.columns)}", value, entering)
        days = self.columns[key]
        if (days.name, span) not in self.windows:
            self.windows[days.name, span] = WindowColumn(f"{days.name}_{len(self.windows)}", days, span)
        return self.windows[days.name, span].name

    def subject(self) -> Tree:
        """The rows' subject."""
        return self.rows.lifted(self.rows.known.subject())

    def day(self) -> Tree:
        """The day of the window in which a row's time lies."""
        return day_of(self.rows, self.by)

    @property
    def by_happens(self) -> bool:
        """Whether the time is the one at which rows happen, so that a row is known before any window holds it."""
        by = self.by
        return isinstance(by, ColumnRead) and not by.through and self.rows.known.column_of(by.name).role == "happens"


def day_of(rows: PopulationRows, time: Expression) -> Tree:
    """The day of a time of the rows."""
    translator = rows.translator
    stamp = rows.stamp(time)
    seconds = rows.stairs.share(translator.seconds(stamp) if stamp is not None else translator.value(time))
    return day_of_instant(translator.spell, translator.zone, rows.stairs, seconds)


def one_window(aggregate: Aggregate) -> Aggregate:
    """The aggregate without its shorter windows, which are asked for one by one."""
    return evolve(aggregate, shorter=()) if aggregate.shorter else aggregate


def _and(entering: Tree | None, condition: Tree | None) -> Tree | None:
    kept = [part for part in (entering, condition) if part is not None]
    return every(kept) if kept else None
