"""More rows like one that is there: the same in every column but their keys and times, with the rows that refer to it likewise.

All times and dates are moved by as many whole days as bring the latest that is known to the day before the as-of date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from ..calendar import day_at
from ..plan.events import Column, Table
from ..plan.quantity import INT64_HIGH, Numeric
from ..reference import Value
from ..reference.rows import RawRow, key_of
from .history import History, Rows

MOST_ROWS = 10_000
"""Of those that are added to see what they do."""
DAY_SECONDS = 86_400
Member = tuple[Table, RawRow]


def rows_like(history: History, table: Table, row: RawRow, many: int, first: int) -> Rows | None:
    """So many more rows like this one, numbered from `first`; None where they would be too many."""
    bundle = list(_bundle(history, table, row))
    room = all(len(history.by_key[each.name]) + many * len(bundle) <= each.rows_per_subject for each, _ in bundle)
    if not room or many * len(bundle) > MOST_ROWS:
        return None
    days, keys = history.as_of - 1 - max(_known_days(history, bundle)), _keys(history, bundle, many * len(bundle), first)
    if keys is None:
        return None
    made: dict[str, list[RawRow]] = {}
    for _ in range(many):
        names = {(each.name, member[key_of(each)]): next(keys[each.name]) for each, member in bundle}
        for each, member in bundle:
            made.setdefault(each.name, []).append({name: _told(each, name, value, names, days) for name, value in member.items()})
    return made


def content_of(table: Table, row: RawRow) -> tuple[Value, ...]:
    """What two rows that are alike have in common."""
    return tuple(row.get(column.name) for column in _read(table) if column.role not in ("key", "happens") and not _unit(column))


def _bundle(history: History, table: Table, row: RawRow) -> Iterator[Member]:
    """The row, and the rows that refer to it, straight or through others."""
    waiting, seen = [(table, row)], {(table.name, row[key_of(table)])}
    while waiting:
        other, member = waiting.pop()
        yield other, member
        for home, each in history.referring.get((other.name, member[key_of(other)]), ()):
            if (found := (home.name, each[key_of(home)])) not in seen:
                seen.add(found)
                waiting.append((home, each))


def _known_days(history: History, bundle: Sequence[Member]) -> Iterator[int]:
    """The days of all times and dates that are known."""
    for column, value in ((column, row.get(column.name)) for table, row in bundle for column in _read(table)):
        if _unit(column) and column.available != "ahead" and isinstance(value, int):
            day = day_at(value, history.plan.events.zone) if _unit(column) == "time" else value
            if day < history.as_of:
                yield day


def _keys(history: History, bundle: Sequence[Member], many: int, first: int) -> Mapping[str, Iterator[Value]] | None:
    """New keys for each table; None where its whole numbers do not suffice."""
    found: dict[str, Iterator[Value]] = {}
    for table, row in bundle:
        column, known = next(each for each in table.columns if each.role == "key"), history.by_key[table.name]
        key = row[column.name]
        if isinstance(key, int):
            top = max(each for each in known if isinstance(each, int)) + first
            if top + many > (column.type.high if isinstance(column.type, Numeric) else INT64_HIGH):
                return None
            found[table.name] = count(top + 1)
        else:
            found[table.name] = (name for number in count(first) if (name := f"+{number}") not in known)
    return found


def _told(table: Table, name: str, value: Value, names: Mapping[tuple[str, Value], Value], days: int) -> Value:
    """A cell of the new row: keys and references by their new names, times moved."""
    column = next((each for each in table.columns if each.name == name), None)
    if column is None or value is None:
        return value
    if column.role == "key" or column.refers_to:
        return names.get((column.refers_to or table.name, value), value)
    moved = {"time": days * DAY_SECONDS, "date": days}.get(_unit(column))
    return value if moved is None or not isinstance(value, int) else value + moved


def _read(table: Table) -> list[Column]:
    return [column for column in table.columns if column.computed is None]


def _unit(column: Column) -> str:
    """`time` or `date`, for columns that say when."""
    unit = column.type.unit if isinstance(column.type, Numeric) else ""
    return unit if unit in ("time", "date") else ""
