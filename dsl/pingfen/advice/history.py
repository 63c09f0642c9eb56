"""One subject's events as of a day: its rows with their populations, and its metrics on other days or with more rows, by the interpreter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import define, evolve, field

from ..plan.events import Column, First, Table
from ..plan.ruleset import Plan
from ..proof.reach import reaches_of
from ..reference import Data, Value
from ..reference.crossing import Scored, rows_of_subject, values_of_subject
from ..reference.populations import Populations
from ..reference.rows import RawRow, Row, key_of
from .work import TooMuchWorkError, Work

Rows = Mapping[str, Sequence[RawRow]]
MOST_ROWS = 400_000
"""Of all that is interpreted to see what more rows do, and as many for coming days: a few seconds."""


@define(slots=False, eq=False)
class History:
    """One subject among the events that reach its metrics. `scored` is the subject as of the day."""

    plan: Plan
    data: Data
    as_of: int
    subject: Value
    scored: Scored
    adding: Work = field(factory=lambda: Work(MOST_ROWS))
    passing: Work = field(factory=lambda: Work(MOST_ROWS))
    _days: dict[int, Mapping[str, Value] | None] = field(factory=dict)

    @cached_property
    def rows(self) -> tuple[Mapping[str, Sequence[Row]], Populations]:
        """The subject's rows of each table and population as of the day."""
        return rows_of_subject(self.plan, self.data, self.as_of, self.subject)

    @cached_property
    def size(self) -> int:
        """How many rows there are in all."""
        return sum(map(len, self.data.tables.values()))

    @cached_property
    def by_key(self) -> Mapping[str, Mapping[Value, RawRow]]:
        """The rows of each table, as read."""
        return {table.name: {row[key_of(table)]: row for row in self.data.tables.get(table.name, ())} for table in self.plan.events.tables}

    @cached_property
    def referring(self) -> Mapping[tuple[str, Value], Sequence[tuple[Table, RawRow]]]:
        """The rows that refer to a row, by its table and key."""
        found: dict[tuple[str, Value], list[tuple[Table, RawRow]]] = {}
        pairs = [(table, column) for table in self.plan.events.tables for column in references_of(table)]
        for table, column in pairs:
            for row in self.data.tables.get(table.name, ()):
                found.setdefault((column.refers_to, row.get(column.name)), []).append((table, row))
        return found

    def values_with(self, more: Rows) -> Mapping[str, Value] | None:
        """The subject's metrics with more rows; None where too much was interpreted already."""
        added = {name: [*rows, *more.get(name, ())] for name, rows in self.data.tables.items()}
        return self._interpreted(evolve(self.data, tables=added), self.as_of, self.adding, sum(map(len, more.values())))

    def values_on(self, day: int) -> Mapping[str, Value] | None:
        """The subject's metrics on a later day with the same events; None where too much was interpreted already."""
        if day not in self._days:
            self._days[day] = self._interpreted(self.data, day, self.passing, 0)
        return self._days[day]

    def _interpreted(self, data: Data, day: int, work: Work, more: int) -> Mapping[str, Value] | None:
        try:
            work.spend(self.size + more)
        except TooMuchWorkError:
            return None
        return values_of_subject(self.plan, data, day, self.subject)


def history_of(plan: Plan, data: Data, as_of: int, subject: Value, scored: Scored) -> History:
    """A subject's history; rows of others that reach none of its metrics are left out."""
    return History(plan, _reaching(plan, data, subject) if _reads_own_rows(plan) else data, as_of, subject, scored)


def _reads_own_rows(plan: Plan) -> bool:
    """Whether the subject's rows, those that refer to them and those that these refer to are all that reaches its metrics."""
    foreign = {reach.foreign for metric in plan.events.metrics for reach in reaches_of(plan.events, metric)}
    choosing = any(isinstance(step, First) for population in plan.events.populations for step in population.steps)
    return "first" not in foreign and not ("reference" in foreign and choosing)


def _reaching(plan: Plan, data: Data, subject: Value) -> Data:
    kept: dict[str, dict[Value, RawRow]] = {table.name: {} for table in plan.events.tables}
    for table in plan.events.tables:
        own = next((column.name for column in table.columns if column.role == "subject"), None)
        _keep(kept, table, [row for row in data.tables.get(table.name, ()) if own is not None and row.get(own) == subject])
    while any(_keep(kept, table, _referring(kept, table, data)) for table in plan.events.tables):
        pass
    while any(_keep(kept, table, _referred(plan, kept, table, data)) for table in plan.events.tables):
        pass
    order = {name: [row for row in data.tables.get(name, ()) if row[key_of(_named(plan, name))] in rows] for name, rows in kept.items()}
    return evolve(data, tables=order)


def _keep(kept: dict[str, dict[Value, RawRow]], table: Table, rows: Sequence[RawRow]) -> bool:
    """Whether any of the rows is new."""
    before = len(kept[table.name])
    kept[table.name].update({row[key_of(table)]: row for row in rows})
    return len(kept[table.name]) > before


def _referring(kept: Mapping[str, Mapping[Value, RawRow]], table: Table, data: Data) -> list[RawRow]:
    columns = references_of(table)
    return [row for row in data.tables.get(table.name, ()) if any(row.get(column.name) in kept[column.refers_to] for column in columns)]


def _referred(plan: Plan, kept: Mapping[str, Mapping[Value, RawRow]], table: Table, data: Data) -> list[RawRow]:
    leading = [(other.name, column.name) for other in plan.events.tables for column in references_of(other) if column.refers_to == table.name]
    wanted = {row.get(column) for other, column in leading for row in kept[other].values()}
    return [row for row in data.tables.get(table.name, ()) if row[key_of(table)] in wanted]


def references_of(table: Table) -> list[Column]:
    """The columns that name rows."""
    return [column for column in table.columns if column.refers_to]


def _named(plan: Plan, name: str) -> Table:
    return next(table for table in plan.events.tables if table.name == name)
