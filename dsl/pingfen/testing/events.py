"""Event tables of a ruleset, for Hypothesis: clean rows around the bounds of its windows, with ties, gaps, missing values and rows that refer to others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
from attrs import frozen
from hypothesis import strategies

from ..calendar import day_of, midnight, window_bounds
from ..node import nodes_in
from ..plan.events import EventPlan, Table, Window, in_order_of_reference
from ..plan.quantity import Numeric, Type, Words
from ..plan.record import Attribute
from ..plan.ruleset import Plan
from ..ruleset import Ruleset
from .arrow import arrow_table
from .rows import Row, Scene, rows_of

SUBJECTS = ("s1", "s2", "店三")
ROWS = 12
DAY = 86400
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


@strategies.composite
def event_tables(draw: Draw, ruleset: Ruleset, as_of: date, subjects: Sequence[str] = SUBJECTS, rows: int = ROWS) -> EventTables:
    """Clean tables of at most `rows` rows each, as of a date: every row passes the ruleset's border, and `score` refuses none of them.

    Rows happen at the first and last second of each window, one second beside, after the date, and anywhere between.
    """
    plan, day = ruleset.plan, day_of(as_of)
    scene = Scene(draw, plan.events, day, _instants(plan.events, day), subjects)
    tables: dict[str, list[Row]] = {}
    for table in in_order_of_reference(plan.events.tables):
        tables[table.name] = rows_of(scene, table, tables, rows)
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


def _attribute(scene: Scene, attribute: Attribute) -> Any:
    match attribute.type:
        case Numeric(unit="date") as kind:
            return None if kind.optional and scene.often(1) else min(max(scene.as_of - scene.between(1, 500), kind.low), kind.high)
        case kind:
            return scene.plain(kind)


def _subject_table(scene: Scene, plan: Plan) -> pa.Table | None:
    attributes = plan.record.subject.attributes
    if not attributes:
        return None
    kinds: dict[str, Type] = {plan.record.subject.key: Words(), **{each.name: each.type for each in attributes}}
    rows: list[Row] = [{plan.record.subject.key: name, **{each.name: _attribute(scene, each) for each in attributes}} for name in scene.subjects]
    if any(each.dated for each in attributes):
        kinds["valid_from"] = Numeric("date", 0, -(10**6), 10**6)
        rows = [{**row, "valid_from": scene.as_of - scene.between(1, 400)} for row in rows]
    return arrow_table(rows, kinds)


def _input_table(scene: Scene, plan: Plan) -> pa.Table | None:
    fields = [field for field in plan.record.fields if field.kind == "input"]
    if not fields:
        return None
    rows = [{plan.record.subject.key: name, **{field.name: scene.plain(field.type) for field in fields}} for name in scene.subjects]
    return arrow_table(rows, {plan.record.subject.key: Words(), **{field.name: field.type for field in fields}})
