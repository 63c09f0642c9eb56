"""Whether an example's rows are clean: meaning is defined on clean data only, so an example may not hold what the border would refuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from ..plan.events import Column, Table
from ..plan.label import Label
from ..plan.quantity import Numeric
from ..plan.ruleset import Plan
from ..reference import Data, Value

Row = Mapping[str, Value]


@frozen(repr=False)
class Unclean:
    """One row (counted from 1) of an example's table, and why the border would refuse it."""

    table: str
    row: int
    reason: Label


def unclean_rows(plan: Plan, data: Data) -> tuple[Unclean, ...]:
    """The rows that the border would refuse: keys that occur twice, references to rows that are not there, missing values, subjects that are not listed."""
    keys = {table.name: [row.get(_key(table)) for row in data.tables.get(table.name, ())] for table in plan.events.tables}
    return tuple(
        Unclean(table.name, index + 1, reason)
        for table in plan.events.tables
        for index, row in enumerate(data.tables.get(table.name, ()))
        for reason in _reasons(table, index, row, keys, data)
    )


def _reasons(table: Table, index: int, row: Row, keys: Mapping[str, list[Value]], data: Data) -> Iterator[Label]:
    key = row.get(_key(table))
    if key in keys[table.name][:index]:
        yield Label(zh=f"主键 `{key}` 已出现过", en=f"its key `{key}` occurs before")
    happens = next(row.get(column.name) for column in table.columns if column.role == "happens")
    for column in table.columns:
        yield from _column_reasons(column, row.get(column.name), happens, keys, data)


def _column_reasons(column: Column, value: Value, happens: Value, keys: Mapping[str, list[Value]], data: Data) -> Iterator[Label]:
    if column.computed is not None:
        return
    if value is None:
        if not column.type.optional and not column.known_at:
            yield Label(zh=f"`{column.name}` 缺", en=f"`{column.name}` is missing")
        return
    if column.refers_to and value not in keys[column.refers_to]:
        other = column.refers_to
        yield Label(zh=f"`{column.name}` 所指的 `{value}` 不在 `{other}` 中", en=f"`{column.name}` refers to `{value}`, which `{other}` does not have")
    if column.role == "subject" and data.subjects is not None and value not in data.subjects:
        yield Label(zh=f"`subjects` 中没有 `{value}`", en=f"`subjects` does not have `{value}`")
    if _is_required_time(column) and isinstance(value, int) and isinstance(happens, int) and value > happens:
        yield Label(zh=f"`{column.name}` 晚于本行的发生时间", en=f"`{column.name}` is later than the row happens")


def _is_required_time(column: Column) -> bool:
    return column.available == "required" and isinstance(column.type, Numeric) and column.type.unit == "time"


def _key(table: Table) -> str:
    return next(column.name for column in table.columns if column.role == "key")
