"""Records and event tables that fit a plan: ends of ranges, ties, missing values, times at the windows' bounds and around a zone's changes."""

from __future__ import annotations

from datetime import date

from attrs import evolve, frozen
from hypothesis import strategies

from pingfen.calendar import day_of, window_bounds
from pingfen.plan.events import Column, Table, Window, in_order_of_reference
from pingfen.plan.quantity import Exact, Numeric, Truth, Type, Words
from pingfen.plan.record import Field
from pingfen.plan.ruleset import Plan

from ..clean import Clean
from ..paths import Record, Tables
from .choosing import Chooser, by_hypothesis
from .conditions import FIRST_DAY, LAST_DAY

TEXTS = ("north", "南", "é", "e\u0301", "", "｡", "𐀀", "Z", "a")
STORES, NUMBERED = ("s1", "s2", "店三", "s4"), ("7", "10", "2", "30400")


@frozen
class Mood:
    """What most of a data set is like: how many of 100 optional values are missing, how many numbers stand at the ends of their ranges, whether everything
    happens at one or two instants, the most rows of a table, and whether keys and subjects are whole numbers."""

    missing: int = 25
    ends: int = 40
    ties: bool = False
    rows: int = 14
    digits: bool = False


MOODS = (Mood(), Mood(missing=5, ends=10), Mood(missing=0, ends=20), Mood(ends=100), Mood(ties=True), Mood(missing=100), Mood(missing=10, rows=3), Mood(rows=0))


@strategies.composite
def records(draw: strategies.DrawFn, plan: Plan) -> Record:
    """A record of the plan."""
    return record_of(by_hypothesis(draw), plan)


@strategies.composite
def tables(draw: strategies.DrawFn, plan: Plan) -> tuple[Tables, int]:
    """Clean tables of the plan and an as-of day."""
    return tables_of(by_hypothesis(draw), plan)


def record_of(chooser: Chooser, plan: Plan) -> Record:
    """A record, by the chooser's choices: every field within its declared range."""
    return {field.name: _field(chooser, plan, field) for field in plan.record.fields}


def as_of_day(chooser: Chooser, plan: Plan) -> int:
    """An as-of day (days since 1970), mostly behind a change of the zone's offset."""
    return chooser.pick(_turning_days(plan)) + chooser.integer(0, 3)


def tables_of(chooser: Chooser, plan: Plan) -> tuple[Tables, int]:
    """Event tables, subjects and inputs, with the as-of day that they are made around."""
    as_of = as_of_day(chooser, plan)
    return tables_around(chooser, plan, as_of, evolve(chooser.pick(MOODS), digits=chooser.chance(15))), as_of


def tables_around(chooser: Chooser, plan: Plan, as_of: int, mood: Mood) -> Tables:
    """Event tables, subjects and inputs around a day."""
    instants = _instants(plan, as_of)
    instants = chooser.some(instants, 1, 2) if mood.ties else instants
    events: dict[str, list[dict[str, Clean]]] = {}
    stores = _stores(mood)
    for table in in_order_of_reference(plan.events.tables):
        events[table.name] = _rows(chooser, table, events, instants, mood)
    subjects = [{plan.record.subject.key: store, **row} for store in stores for row in _attributes(chooser, plan, as_of, mood)]
    read = [field for field in plan.record.fields if field.kind == "input"]
    inputs = [{plan.record.subject.key: store, **{field.name: _field(chooser, plan, field, mood) for field in read}} for store in stores]
    return Tables(events, subjects, inputs)


def _stores(mood: Mood) -> tuple[str, ...]:
    return NUMBERED if mood.digits else STORES


def value_of(chooser: Chooser, kind: Type, optional: bool, mood: Mood = MOODS[0]) -> Clean:
    """A value of a type: the ends of its range, values beside them, zero, or anything between."""
    if optional and chooser.chance(mood.missing):
        return None
    match kind:
        case Numeric():
            near = [kind.low, kind.high, min(kind.low + 1, kind.high), max(kind.high - 1, kind.low), max(min(0, kind.high), kind.low)]
            return chooser.pick(near) if chooser.chance(mood.ends) else chooser.integer(kind.low, kind.high)
        case Exact():
            most = chooser.integer(1, min(kind.most, 20000))
            return chooser.integer(max(kind.low, 0), min(kind.high, most)), most
        case Words(options=options):
            return chooser.pick(options or TEXTS)
        case Truth():
            return chooser.chance(50)


def _field(chooser: Chooser, plan: Plan, field: Field, mood: Mood = MOODS[0]) -> Clean:
    if isinstance(field.type, Numeric) and field.type.unit in ("date", "time"):
        first, last = days_of(plan)
        day = chooser.integer(first, last)
        return None if field.type.optional and chooser.chance(mood.missing) else day * (86400 if field.type.unit == "time" else 1)
    return value_of(chooser, field.type, field.type.optional, mood)


def _attributes(chooser: Chooser, plan: Plan, as_of: int, mood: Mood) -> list[dict[str, Clean]]:
    dated = any(attribute.dated for attribute in plan.record.subject.attributes)
    rows: list[dict[str, Clean]] = []
    for offset in chooser.some([-400, -30, -1, 0, 5], 1, 3) if dated else [-1]:
        row: dict[str, Clean] = {"valid_from": as_of + offset} if dated else {}
        for attribute in plan.record.subject.attributes:
            row[attribute.name] = _attribute(chooser, attribute.type, as_of, mood)
        rows.append(row)
    same = {attribute.name for attribute in plan.record.subject.attributes if not attribute.dated}
    return [row | {name: rows[0][name] for name in same} for row in rows]


def _attribute(chooser: Chooser, kind: Type, as_of: int, mood: Mood) -> Clean:
    if isinstance(kind, Words) and not kind.options:
        return None if kind.optional and chooser.chance(mood.missing) else chooser.pick(["p1", "p2", "店"])
    if isinstance(kind, Numeric) and kind.unit in ("date", "time"):
        day = as_of + chooser.integer(-60, 3)
        return None if kind.optional and chooser.chance(mood.missing) else day * 86400 + chooser.integer(0, 86399) if kind.unit == "time" else day
    return value_of(chooser, kind, kind.optional, mood)


def _turning_days(plan: Plan) -> list[int]:
    """Days with a change of the zone's offset inside or near their windows, and an ordinary one."""
    first, last = days_of(plan)
    changes = [instant // 86400 + 1 for instant, _ in plan.events.zone.changes if first * 86400 <= instant <= last * 86400]
    return changes or [first + 300]


def days_of(plan: Plan) -> tuple[int, int]:
    """The first and last day of the data: the usual ones, or where the ruleset declares its years, those of the same length two years into them."""
    first = FIRST_DAY if plan.events.first_year == 2000 else day_of(date(plan.events.first_year + 2, 1, 1))
    return first, first + LAST_DAY - FIRST_DAY


def _instants(plan: Plan, as_of: int) -> list[int]:
    """Instants worth having: around D, around window bounds, and every half hour around the nearest change of offset."""
    midnight = as_of * 86400 - plan.events.zone.first
    near = [midnight + 3600 * hour + second for hour in range(-30, 4) for second in (-1, 0)]
    for days in (1, 3, 7, 10, 28, 30, 31, 33, 45, 48, 90, 93):
        near += [midnight - days * 86400 + 3600 * hour + second for hour in (-1, 0, 1) for second in (-1, 0, 1)]
    for unit in ("full weeks", "full months", "full quarters"):
        for bound in (bound for length in (1, 2) for bound in window_bounds(Window(length, unit), as_of, plan.events.zone)):
            near += [bound - 1, bound]
    for instant, _ in plan.events.zone.changes:
        if abs(instant - midnight) < 40 * 86400:
            near += [instant + 1800 * step for step in range(-4, 5)]
    return near


def _rows(chooser: Chooser, table: Table, events: dict[str, list[dict[str, Clean]]], instants: list[int], mood: Mood) -> list[dict[str, Clean]]:
    """Rows of a table; none where they must refer to a table without rows."""
    lost = any(column.refers_to and not column.type.optional and not events[column.refers_to] for column in table.columns)
    return [_row(chooser, table, index, events, instants, mood) for index in range(0 if lost else chooser.integer(0, mood.rows))]


def _row(chooser: Chooser, table: Table, index: int, events: dict[str, list[dict[str, Clean]]], instants: list[int], mood: Mood) -> dict[str, Clean]:
    happens = chooser.pick(instants)
    row: dict[str, Clean] = {}
    for column in table.columns:
        if column.computed is None:
            row[column.name] = _cell(chooser, column, index, events, happens, instants, mood)
    return row


def _cell(chooser: Chooser, column: Column, index: int, events: dict[str, list[dict[str, Clean]]], happens: int, instants: list[int], mood: Mood) -> Clean:
    if column.role == "key":
        return str(index * 7) if mood.digits else chooser.pick(["k", "键", "K"]) + f"{index:02d}"
    if column.role == "subject":
        return chooser.pick(_stores(mood))
    if column.role == "happens":
        return happens
    if column.refers_to:
        keys = [next(value for name, value in row.items() if name.endswith("_id")) for row in events[column.refers_to]]
        return None if not keys or (column.type.optional and chooser.chance(mood.missing)) else chooser.pick(keys)
    if isinstance(column.type, Numeric) and column.type.unit == "time":
        if column.type.optional and chooser.chance(mood.missing):
            return None
        return happens - chooser.integer(0, 90000) if not column.type.optional else chooser.pick([happens + chooser.integer(0, 200000), chooser.pick(instants)])
    if isinstance(column.type, Numeric) and column.type.unit == "date":
        latest = -1 if column.available == "required" else 40
        return None if column.type.optional and chooser.chance(mood.missing) else happens // 86400 + chooser.integer(-40, latest)
    if isinstance(column.type, Words) and not column.type.options:
        return None if column.type.optional and chooser.chance(mood.missing) else chooser.pick(TEXTS)
    return value_of(chooser, column.type, column.type.optional, mood)
