"""Which aggregates are sums over days: those whose rows say the same on every date, but for the window and for times of the row itself that become known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, assert_never

from attrs import Factory, define, frozen

from ..node import nodes_in
from ..plan.events import Aggregate, Aggregated, Column, Derived, EventPlan, First, Keep, Metric, Population, Rate, Table
from ..plan.expressions import AnyRow, AsOfRead, ColumnRead, Expression, FieldRead
from ..plan.quantity import Numeric
from ..plan.record import Subject
from ..plan.ruleset import Plan

Reason = Literal[
    "the latest rows of all",
    "an extreme",
    "different values",
    "the age of a date",
    "rows that refer to it",
    "an optional reference",
    "a row referred to that may come later",
    "a dated attribute",
    "an attribute",
    "the first rows of several",
]
"""Why an aggregate is counted anew: it reads this."""

EXTREMES: tuple[Reason, ...] = ("an extreme", "different values")
"""What cannot be taken back from a sum, and can be made of the days of the window."""


@frozen
class Sharing:
    """`reasons` are why an aggregate is counted anew for each date (none: it is a sum over days). `switches` are the columns of the row that become known
    later than the row; `arrival` are the references to rows that must be there too; `first` says that rows before a row decide whether it stays."""

    reasons: tuple[Reason, ...]
    switches: tuple[str, ...]
    arrival: tuple[str, ...]
    first: bool = False

    @property
    def of_day(self) -> Reason | None:
        """Why a day's rows alone do not say what the day adds; None where they do."""
        if self.reasons:
            return self.reasons[0]
        return "the first rows of several" if self.first else "a row referred to that may come later" if self.arrival else None


def sharing_of(plan: Plan, aggregate: Aggregate) -> Sharing:
    """What an aggregate reads that depends on the date."""
    search = _Search(plan.events, plan.record.subject, _table(plan.events, aggregate.table))
    search.source(aggregate.source)
    by = aggregate.by
    if not (isinstance(by, ColumnRead) and not by.through and _is_own_time(search.table, by.name)):
        search.expression(by)
    for expression in (aggregate.condition, aggregate.value, aggregate.weight, aggregate.counted):
        if expression is not None:
            search.expression(expression)
    search.form(aggregate)
    search.existence()
    return Sharing(tuple(search.reasons), tuple(search.switches), tuple(search.arrival), search.first)


def aggregates_of(metric: Metric) -> Iterator[Aggregate]:
    """The aggregates of a metric, one for each window."""
    match metric.made:
        case Aggregated(aggregate=aggregate):
            yield from windows_of(aggregate)
        case Rate(counted=counted, per=per):
            yield from windows_of(counted)
            yield from windows_of(per)
        case Derived():
            return
        case _:
            assert_never(metric.made)


def names_by_day(plan: Plan, table: str) -> bool:
    """Whether it shows in the rows of a table, and in those that they refer to, since when its rows are known."""
    search = _Search(plan.events, plan.record.subject, _table(plan.events, table))
    search.existence()
    return not search.reasons


def windows_of(aggregate: Aggregate) -> Iterator[Aggregate]:
    """The aggregate itself, and those that say which of its windows counts."""
    yield aggregate
    for shorter in aggregate.shorter:
        yield from windows_of(shorter.volume)


@define
class _Search:
    events: EventPlan
    subject: Subject
    table: Table
    reasons: dict[Reason, None] = Factory(dict)
    switches: dict[str, None] = Factory(dict)
    arrival: dict[str, None] = Factory(dict)
    first: bool = False

    def source(self, name: str) -> None:
        """The steps of a population, those of its source before."""
        population = next((item for item in self.events.populations if item.name == name), None)
        if population is None:
            return
        if population.source != name:
            self.source(population.source)
        self._steps(population)

    def _steps(self, population: Population) -> None:
        for step in population.steps:
            match step:
                case Keep(condition=condition):
                    self.expression(condition)
                case First():
                    self._first(step)
                case _:
                    assert_never(step)

    def _first(self, step: First) -> None:
        """Rows before a row are known when it is only where they are ordered by the time at which they happen."""
        self.first = True
        time = step.time
        ordered = isinstance(time, ColumnRead) and not time.through and _column(self.table, time.name).role == "happens"
        if not ordered:
            self._because("the first rows of several")
        for key in step.keys:
            self.expression(key)

    def expression(self, expression: Expression) -> None:
        """Everything that an expression reads, through computed columns."""
        for node in nodes_in(expression):
            match node:
                case AnyRow():
                    self._because("rows that refer to it")
                case AsOfRead():
                    self._because("the age of a date")
                case FieldRead(name=name):
                    dated = any(item.name == name and item.dated for item in self.subject.attributes)
                    self._because("a dated attribute" if dated else "an attribute")
                case ColumnRead(name=name, through=""):
                    self._own(name)
                case ColumnRead(name=name, through=reference):
                    self._through(reference, name)
                case _:
                    pass

    def _own(self, name: str) -> None:
        column = _column(self.table, name)
        if column.computed is not None:
            self.expression(column.computed)
        elif column.refers_to and column.type.optional:
            self._because("an optional reference")
        self._hiding(column)

    def _hiding(self, column: Column) -> None:
        if column.computed is None and becomes_known(column):
            self.switches[column.name] = None
        if column.known_at and becomes_known(_column(self.table, column.known_at), of_status=True):
            self.switches[column.known_at] = None

    def _through(self, reference: str, name: str) -> None:
        """A column of a row that must be there, and that says the same once it is there."""
        if _column(self.table, reference).type.optional:
            self._because("an optional reference")
            return
        other = _Search(self.events, self.subject, _table(self.events, _column(self.table, reference).refers_to))
        other._own(name)
        if other.reasons or other.switches or other.arrival:
            self._because("a row referred to that may come later")

    def form(self, aggregate: Aggregate) -> None:
        """What the form itself asks for."""
        if aggregate.latest is not None:
            self._because("the latest rows of all")
        if aggregate.form == "distinct":
            self._because("different values")
        if aggregate.form in ("minimum", "maximum"):
            self._because("an extreme")

    def existence(self) -> None:
        """Rows that a row must refer to are there before it is."""
        for column in self.table.columns:
            if column.refers_to and not column.type.optional:
                self.arrival[column.name] = None
                if any(item.refers_to and not item.type.optional for item in _table(self.events, column.refers_to).columns):
                    self._because("a row referred to that may come later")
        through = self.table.subject_through
        if through and (_column(self.table, through).type.optional or _table(self.events, _column(self.table, through).refers_to).subject_through):
            self._because("an optional reference")
        if self.first and (self.switches or self.arrival):
            self._because("the first rows of several")
        if self.switches and self.arrival:
            self._because("a row referred to that may come later")

    def _because(self, reason: Reason) -> None:
        self.reasons[reason] = None


def becomes_known(column: Column, *, of_status: bool = False) -> bool:
    """Whether a time or date may be later than its row, and so may become known after it; a promise counts for the status that names it alone."""
    dated = isinstance(column.type, Numeric) and column.type.unit in ("time", "date")
    if not dated or column.role == "happens":
        return False
    if column.available == "ahead":
        return of_status
    return column.available == "optional" or column.type.optional


def _is_own_time(table: Table, name: str) -> bool:
    """A time as read, whose hiding changes nothing: what lies in a window lies before D."""
    column = _column(table, name)
    return column.computed is None and not column.known_at


def _column(table: Table, name: str) -> Column:
    return next(item for item in table.columns if item.name == name)


def _table(events: EventPlan, name: str) -> Table:
    return next(item for item in events.tables if item.name == name)
