"""Whether an example's rows are clean: meaning is defined on clean data only, so an example may not hold what the border would refuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from ..calendar import day_at
from ..plan.events import Column, Table
from ..plan.label import Label
from ..plan.quantity import Numeric
from ..plan.ruleset import Plan
from ..reference import Data, Value

Row = Mapping[str, Value]
Places = Mapping[Value, int]


@frozen(repr=False)
class Unclean:
    """One row (counted from 1) of an example's table, and why the border would refuse it."""

    table: str
    row: int
    reason: Label


def unclean_rows(plan: Plan, data: Data) -> tuple[Unclean, ...]:
    """The rows that the border would refuse: keys that occur twice, references to rows that are not there, missing values, subjects that are not listed."""
    keys = {table.name: _first_places(table, data) for table in plan.events.tables}
    events = (
        Unclean(table.name, index + 1, reason)
        for table in plan.events.tables
        for index, row in enumerate(data.tables.get(table.name, ()))
        for reason in _reasons(plan, table, index, row, keys, data)
    )
    return (*events, *_without_subjects(plan, data), *_without_inputs(plan, data))


def _first_places(table: Table, data: Data) -> Places:
    """Where each key of a table stands first."""
    places: dict[Value, int] = {}
    for index, row in enumerate(data.tables.get(table.name, ())):
        places.setdefault(row.get(_key(table)), index)
    return places


def _without_subjects(plan: Plan, data: Data) -> Iterator[Unclean]:
    """Attributes are read only where `subjects` gives them."""
    for field in plan.record.fields:
        if field.kind == "attribute" and not field.type.optional and data.subjects is None and any(data.tables.values()):
            yield Unclean("subjects", 1, Label(zh=f"缺少 `subjects`, 而规则读取 `{field.name}`", en=f"`subjects` is not written, and `{field.name}` is read"))


def _without_inputs(plan: Plan, data: Data) -> Iterator[Unclean]:
    """Every subject has its required inputs."""
    for field in plan.record.fields:
        for index, (subject, row) in enumerate(_inputs(plan, data).items()):
            if field.kind == "input" and not field.type.optional and row.get(field.name) is None:
                yield Unclean("inputs", index + 1, Label(zh=f"`{subject}` 没有 `{field.name}`", en=f"`{subject}` has no `{field.name}`"))
    for index, subject in enumerate(data.inputs):
        if data.subjects is not None and subject not in data.subjects:
            yield Unclean("inputs", index + 1, Label(zh=f"`subjects` 中没有 `{subject}`", en=f"`subjects` does not have `{subject}`"))


def _inputs(plan: Plan, data: Data) -> dict[Value, Row]:
    """The inputs of every subject that is listed or named, empty where there are none."""
    columns = [(table, column.name) for table in plan.events.tables for column in table.columns if column.role == "subject"]
    named = (row.get(name) for table, name in columns for row in data.tables.get(table.name, ()))
    subjects = data.subjects if data.subjects is not None else named
    return {**data.inputs, **{subject: data.inputs.get(subject, {}) for subject in subjects}}


def _reasons(plan: Plan, table: Table, index: int, row: Row, keys: Mapping[str, Places], data: Data) -> Iterator[Label]:
    key = row.get(_key(table))
    if keys[table.name][key] < index:
        yield Label(zh=f"主键 `{key}` 已出现过", en=f"its key `{key}` occurs before")
    happens = next(row.get(column.name) for column in table.columns if column.role == "happens")
    for column in table.columns:
        yield from _column_reasons(plan, column, row.get(column.name), happens, keys, data)


def _column_reasons(plan: Plan, column: Column, value: Value, happens: Value, keys: Mapping[str, Places], data: Data) -> Iterator[Label]:
    if column.computed is not None:
        return
    if value is None:
        if not column.may_be_missing:
            yield Label(zh=f"`{column.name}` 缺", en=f"`{column.name}` is missing")
        return
    if column.refers_to and value not in keys[column.refers_to]:
        other = column.refers_to
        yield Label(zh=f"`{column.name}` 所指的 `{value}` 不在 `{other}` 中", en=f"`{column.name}` refers to `{value}`, which `{other}` does not have")
    if column.role == "subject" and data.subjects is not None and value not in data.subjects:
        yield Label(zh=f"`subjects` 中没有 `{value}`", en=f"`subjects` does not have `{value}`")
    if _is_late(plan, column, value, happens):
        yield Label(zh=f"`{column.name}` 晚于本行的发生时间", en=f"`{column.name}` is later than the row happens")


def _is_late(plan: Plan, column: Column, value: Value, happens: Value) -> bool:
    """Whether a required time is later than the row, or a required date later than its day."""
    if column.available != "required" or not isinstance(column.type, Numeric) or not isinstance(value, int) or not isinstance(happens, int):
        return False
    limits = {"time": happens, "date": day_at(happens, plan.events.zone)}
    return value > limits.get(column.type.unit, value)


def _key(table: Table) -> str:
    return next(column.name for column in table.columns if column.role == "key")
