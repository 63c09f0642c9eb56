"""Clean rows as they are known at D: later rows are not there, later times, dates and statuses read absent, and computed columns are made from what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import Factory, define, frozen

from ..calendar import midnight
from ..plan.events import Column, EventPlan, Table
from ..plan.quantity import INT64_HIGH, Numeric
from .evaluation import InterpretationError, Value
from .scene import Observer, nobody

RawRow = Mapping[str, Value]


@frozen(repr=False)
class Data:
    """Clean data: rows of each event table by the table's name, attribute rows and plain inputs by subject.

    A subject with dated attributes has several attribute rows, each with its `valid_from` (a day number). `subjects` None means those that the events and
    inputs name. Absent values are None or left out.
    """

    tables: Mapping[str, Sequence[RawRow]] = Factory(dict)
    subjects: Mapping[Value, Sequence[RawRow]] | None = None
    inputs: Mapping[Value, RawRow] = Factory(dict)


@define(eq=False, repr=False)
class Row:
    """One row that is known at D: its columns as read, after hiding, and its computed columns once they are made."""

    table: Table
    read: dict[str, Value]
    computed: dict[str, Value] = Factory(dict)


@define(slots=False, eq=False, repr=False)
class Known:
    """All rows known at D: those that happen before D 00:00 and whose required references lead to such rows."""

    plan: EventPlan
    data: Data
    as_of: int
    observer: Observer = nobody
    dated: frozenset[str] = frozenset()

    @cached_property
    def instant(self) -> int:
        """D 00:00 as an instant."""
        return midnight(self.as_of, self.plan.zone)

    @cached_property
    def by_key(self) -> dict[str, dict[Value, Row]]:
        """Rows by table and key; without those that leave because a row they must refer to is not there, again and again until none leaves.

        An optional reference to a row that is not there reads absent.
        """
        rows = {table.name: {row.read[key_of(table)]: row for row in self._happened(table)} for table in self.plan.tables}
        while True:
            kept = {name: {key: row for key, row in table.items() if _leads_somewhere(row, rows)} for name, table in rows.items()}
            if all(len(kept[name]) == len(rows[name]) for name in rows):
                return {name: {key: _without_lost(row, kept) for key, row in table.items()} for name, table in kept.items()}
            rows = kept

    def rows_of(self, table: str) -> list[Row]:
        """The rows of a table, in the order of the data."""
        return list(self.by_key[table].values())

    def referred(self, row: Row, reference: str) -> Row | None:
        """The row that a reference column names; None where the reference is absent or leads to a row that is not there."""
        column = column_of(row.table, reference)
        return self.by_key[column.refers_to].get(row.read[reference])

    def subject_of(self, row: Row) -> Value:
        """The row's subject: its own, or that of the row it refers to; None where that reference is absent."""
        if row.table.subject_through:
            other = self.referred(row, row.table.subject_through)
            return None if other is None else self.subject_of(other)
        return row.read[next(column.name for column in row.table.columns if column.role == "subject")]

    def attribute_of(self, subject: Value, name: str) -> Value:
        """An attribute of a subject: of a dated one the last value that is valid before D; None where there is none, or no subject."""
        rows = (self.data.subjects or {}).get(subject, ())
        dated = sorted((row for row in rows if row.get("valid_from") is not None), key=_valid_from)
        valid = [row for row in dated if _valid_from(row) < self.as_of]
        chosen: RawRow = (valid[-1] if valid else {}) if dated and name in self.dated else (rows[-1] if rows else {})
        return chosen.get(name)

    def _happened(self, table: Table) -> list[Row]:
        happens = next(column.name for column in table.columns if column.role == "happens")
        rows = [self._hidden(table, raw) for raw in self.data.tables.get(table.name, ()) if _before(raw.get(happens), self.instant)]
        if len({row.read[key_of(table)] for row in rows}) != len(rows):
            raise InterpretationError(f"a key of table `{table.name}` is there twice")
        return rows

    def _hidden(self, table: Table, raw: RawRow) -> Row:
        """The row's columns as read: what is not known at D is absent."""
        read = [column for column in table.columns if column.computed is None]
        return Row(table, {column.name: self._status_known(column, self._value_known(column, raw.get(column.name)), table, raw) for column in read})

    def _value_known(self, column: Column, value: Value) -> Value:
        """An optional time at or after D 00:00 and a date on or after D read absent; what is ahead is always read."""
        if column.available == "ahead" or column.role == "happens" or not isinstance(value, int):
            return value
        return value if value < self._limit(column) else None

    def _status_known(self, column: Column, value: Value, table: Table, raw: RawRow) -> Value:
        """A status that names its time reads absent before it, and where that time is absent."""
        if not column.known_at:
            return value
        known = raw.get(column.known_at)
        return value if isinstance(known, int) and known < self._limit(column_of(table, column.known_at)) else None

    def _limit(self, column: Column) -> int:
        """What a time or date must lie before to be known at D; beyond everything for other numbers."""
        unit = column.type.unit if isinstance(column.type, Numeric) else ""
        return {"time": self.instant, "date": self.as_of}.get(unit, INT64_HIGH + 1)


def _valid_from(row: RawRow) -> int:
    day = row["valid_from"]
    if not isinstance(day, int):
        raise InterpretationError("`valid_from` is no day")
    return day


def _before(time: Value, instant: int) -> bool:
    return isinstance(time, int) and time < instant


def _leads_somewhere(row: Row, rows: Mapping[str, Mapping[Value, Row]]) -> bool:
    required = [column for column in row.table.columns if column.refers_to and not column.type.optional]
    return all(row.read[column.name] in rows[column.refers_to] for column in required)


def _without_lost(row: Row, rows: Mapping[str, Mapping[Value, Row]]) -> Row:
    lost = [column.name for column in row.table.columns if column.refers_to and row.read[column.name] not in rows[column.refers_to]]
    return Row(row.table, {**row.read, **dict.fromkeys(lost)}) if lost else row


def key_of(table: Table) -> str:
    """The name of a table's key column."""
    return next(column.name for column in table.columns if column.role == "key")


def column_of(table: Table, name: str) -> Column:
    """A column of a table by its name."""
    return next(column for column in table.columns if column.name == name)
