"""Event tables of a ruleset, for Hypothesis: clean rows around the bounds of its windows, with ties, gaps, missing values and rows that refer to others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
from attrs import frozen
from hypothesis import strategies

from ..calendar import day_at, day_of, midnight, window_bounds
from ..node import nodes_in
from ..plan.events import Column, EventPlan, Table, Window, in_order_of_reference
from ..plan.quantity import Numeric, Type, Words
from ..plan.record import Attribute
from ..plan.ruleset import Plan
from ..ruleset import Ruleset
from .arrow import arrow_table
from .values import any_value

SUBJECTS = ("s1", "s2", "店三")
TEXTS = ("a", "b", "南", "")
ROWS = 12
DAY = 86400
Row = dict[str, Any]
Draw = strategies.DrawFn


@frozen
class EventTables:
    """What `ruleset.score(tables.events, tables.as_of, subjects=tables.subjects, inputs=tables.inputs)` takes: Arrow tables.

    `subjects` and `inputs` are None where the ruleset reads none.
    """

    events: Mapping[str, pa.Table]
    subjects: pa.Table | None
    inputs: pa.Table | None
    as_of: date


@frozen
class _Scene:
    draw: Draw
    plan: EventPlan
    as_of: int
    instants: Sequence[int]
    subjects: Sequence[str]

    def any_of(self, values: Sequence[Any]) -> Any:
        return self.draw(strategies.sampled_from(values))

    def often(self, times_in_four: int) -> bool:
        return self.draw(strategies.integers(0, 3)) < times_in_four

    def between(self, low: int, high: int) -> int:
        return self.draw(strategies.integers(low, high))


@strategies.composite
def event_tables(draw: Draw, ruleset: Ruleset, as_of: date, subjects: Sequence[str] = SUBJECTS, rows: int = ROWS) -> EventTables:
    """Clean tables of at most `rows` rows each, as of a date: every row passes the ruleset's border, and `score` refuses none of them.

    Rows happen at the first and last second of each window, one second beside, after the date, and anywhere between.
    """
    plan, day = ruleset.plan, day_of(as_of)
    scene = _Scene(draw, plan.events, day, _instants(plan.events, day), subjects)
    tables: dict[str, list[Row]] = {}
    for table in in_order_of_reference(plan.events.tables):
        tables[table.name] = _rows(scene, table, tables, rows)
    made = {table.name: arrow_table(tables[table.name], _read(table)) for table in plan.events.tables}
    return EventTables(made, _subject_table(scene, plan), _input_table(scene, plan), as_of)


def _instants(plan: EventPlan, as_of: int) -> list[int]:
    """Instants at and about the bounds of windows, of those that data of the declared years can have; a window may have no beginning."""
    windows = [node for node in nodes_in(plan.metrics) if isinstance(node, Window)]
    bounds = sorted({bound for window in windows for bound in window_bounds(window, as_of, plan.zone)} | {midnight(as_of, plan.zone)})
    found = [bound + step for bound in bounds for step in (-1, 0, 1)] + [bound + DAY // 2 for bound in bounds]
    ranges = [column.type for table in plan.tables for column in table.columns if column.role == "happens" and isinstance(column.type, Numeric)]
    return [instant for instant in found if all(kind.low <= instant <= kind.high for kind in ranges)]


def _read(table: Table) -> dict[str, Type]:
    return {column.name: column.type for column in table.columns if column.computed is None}


def _rows(scene: _Scene, table: Table, tables: Mapping[str, list[Row]], most: int) -> list[Row]:
    """Rows of a table; none where they must refer to a table that has none."""
    needed = [column.refers_to for column in table.columns if column.refers_to and not column.type.optional]
    count = scene.between(0, most) if all(tables.get(name) for name in needed) else 0
    return [_row(scene, table, index, tables) for index in range(count)]


def _row(scene: _Scene, table: Table, index: int, tables: Mapping[str, list[Row]]) -> Row:
    happens = scene.any_of(scene.instants)
    return {column.name: _cell(scene, column, index, happens, tables) for column in table.columns if column.computed is None}


def _cell(scene: _Scene, column: Column, index: int, happens: int, tables: Mapping[str, list[Row]]) -> Any:
    match column:
        case Column(role="key"):
            return index + 1 if isinstance(column.type, Numeric) else f"{index + 1:04d}"
        case Column(role="subject"):
            return scene.any_of(scene.subjects)
        case Column(role="happens"):
            return happens
        case Column(refers_to=other) if other:
            return _reference(scene, column, tables.get(other, []))
        case Column(type=Numeric(unit="time" | "date") as kind):
            return _moment(scene, column, kind, happens)
        case _:
            return _plain(scene, column.type)


def _reference(scene: _Scene, column: Column, parents: Sequence[Row]) -> Any:
    """The key of a row of the table that the column refers to: keys stand first in nothing, so it is asked for by its role."""
    key = next(other.name for table in scene.plan.tables if table.name == column.refers_to for other in table.columns if other.role == "key")
    if not parents or (column.type.optional and scene.often(1)):
        return None
    return scene.any_of(parents)[key]


def _moment(scene: _Scene, column: Column, kind: Numeric, happens: int) -> int | None:
    """A time or date of a row: never later than the row where it is required."""
    if kind.optional and scene.often(1):
        return None
    distance = scene.between(0, 3 * DAY)
    instant = happens - distance if column.available == "required" else happens + distance
    return min(max(instant if kind.unit == "time" else day_at(instant, scene.plan.zone), kind.low), kind.high)


def _plain(scene: _Scene, kind: Type) -> Any:
    return None if kind.optional and scene.often(1) else scene.draw(any_value(kind, TEXTS))


def _attribute(scene: _Scene, attribute: Attribute) -> Any:
    match attribute.type:
        case Numeric(unit="date") as kind:
            return None if kind.optional and scene.often(1) else min(max(scene.as_of - scene.between(1, 500), kind.low), kind.high)
        case kind:
            return _plain(scene, kind)


def _subject_table(scene: _Scene, plan: Plan) -> pa.Table | None:
    attributes = plan.record.subject.attributes
    if not attributes:
        return None
    kinds: dict[str, Type] = {plan.record.subject.key: Words(), **{each.name: each.type for each in attributes}}
    rows: list[Row] = [{plan.record.subject.key: name, **{each.name: _attribute(scene, each) for each in attributes}} for name in scene.subjects]
    if any(each.dated for each in attributes):
        kinds["valid_from"] = Numeric("date", 0, -(10**6), 10**6)
        rows = [{**row, "valid_from": scene.as_of - scene.between(1, 400)} for row in rows]
    return arrow_table(rows, kinds)


def _input_table(scene: _Scene, plan: Plan) -> pa.Table | None:
    fields = [field for field in plan.record.fields if field.kind == "input"]
    if not fields:
        return None
    rows = [{plan.record.subject.key: name, **{field.name: _plain(scene, field.type) for field in fields}} for name in scene.subjects]
    return arrow_table(rows, {plan.record.subject.key: Words(), **{field.name: field.type for field in fields}})
