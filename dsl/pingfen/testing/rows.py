"""Rows of event tables, for Hypothesis: each cell as the border takes it, by its column's role, type and what may be missing in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from attrs import frozen
from hypothesis import strategies

from ..calendar import day_at
from ..plan.events import Column, EventPlan, Table
from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from .values import any_value

TEXTS = ("a", "b", "南", "")
DAY = 86400
Row = dict[str, Any]
Tables = Mapping[str, Sequence[Row]]


@frozen
class Scene:
    """What all tables share: the plan, the as-of day, instants that are worth trying, the subjects, and Hypothesis' own choices."""

    draw: strategies.DrawFn
    plan: EventPlan
    as_of: int
    instants: Sequence[int]
    subjects: Sequence[str]

    def any_of(self, values: Sequence[Any]) -> Any:
        """One of the values."""
        return self.draw(strategies.sampled_from(values))

    def often(self, times_in_four: int) -> bool:
        """Whether it is one of so many times in four."""
        return self.draw(strategies.integers(0, 3)) < times_in_four

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self.draw(strategies.integers(low, high))

    def plain(self, kind: Type) -> Any:
        """A value of a type, now and then none where it may be."""
        return None if kind.optional and self.often(1) else self.draw(any_value(kind, TEXTS))


def rows_of(scene: Scene, table: Table, tables: Tables, most: int) -> list[Row]:
    """Rows of a table, no more than one subject may have; none where there are none that the border takes: a reference must lead to a row, and a time that may
    not be later than its row has no room before it."""
    instants = [instant for instant in scene.instants if all(_has_room(scene, column, instant) for column in table.columns)]
    lost = any(column.refers_to and not column.may_be_missing and not _keys(scene, column, tables) for column in table.columns)
    few = min(most, table.rows_per_subject, table.rows, *(_keys_in(column.type) for column in table.columns if column.role == "key"))
    count = scene.between(0, few) if instants and not lost else 0
    return [_row(scene, table, index, tables, instants) for index in range(count)]


def _has_room(scene: Scene, column: Column, happens: int) -> bool:
    """Whether a row that happens then can have the column's time or date, where it must be given and not be later."""
    if column.computed is not None or column.may_be_missing or column.available == "ahead" or column.role == "happens":
        return True
    match column.type:
        case Numeric(unit="time", low=low):
            return low <= happens
        case Numeric(unit="date", low=low):
            return low <= day_at(happens, scene.plan.zone)
        case _:
            return True


def _row(scene: Scene, table: Table, index: int, tables: Tables, instants: Sequence[int]) -> Row:
    happens = scene.any_of(instants)
    return {column.name: _cell(scene, column, index, happens, tables) for column in table.columns if column.computed is None}


def _cell(scene: Scene, column: Column, index: int, happens: int, tables: Tables) -> Any:
    if column.may_be_missing and scene.often(1):
        return None
    match column:
        case Column(role="key"):
            return _key(column.type, index)
        case Column(role="subject"):
            return scene.any_of(scene.subjects)
        case Column(role="happens"):
            return happens
        case Column(refers_to=other) if other:
            keys = _keys(scene, column, tables)
            return scene.any_of(keys) if keys else None
        case Column(type=Numeric(unit="time" | "date") as kind):
            return _moment(scene, column, kind, happens)
        case _:
            return scene.draw(any_value(column.type, TEXTS))


def _key(kind: Type, index: int) -> Any:
    """The key of the row of that number, counted from 0: no two are the same."""
    match kind:
        case Numeric():
            return _first_number(kind) + index
        case Words(options=()):
            return f"{index + 1:04d}"
        case Words(options=options):
            return options[index]
        case Truth():
            return bool(index)
        case Exact():
            raise AssertionError("a quotient is no column")
        case _:
            assert_never(kind)


def _first_number(kind: Numeric) -> int:
    return min(max(kind.low, 1), kind.high)


def _keys_in(kind: Type) -> int:
    """How many different keys of a type `_key` gives; of texts as many as anyone may ask for."""
    match kind:
        case Numeric(high=high):
            return high - _first_number(kind) + 1
        case Words(options=options):
            return len(options) or 10**9
        case _:
            return 2


def _keys(scene: Scene, column: Column, tables: Tables) -> list[Any]:
    """The keys that a reference may hold: of the rows of the table that it leads to, those that are values of its own type."""
    table = next(table for table in scene.plan.tables if table.name == column.refers_to)
    key = next(other for other in table.columns if other.role == "key")
    values = [_as_held(row[key.name], key.type, column.type) for row in tables.get(table.name, ())]
    return [value for value in values if value is not None]


def _as_held(value: Any, theirs: Type, own: Type) -> Any:
    """A key as a column of another type holds it; None where it cannot."""
    match theirs, own:
        case Numeric(unit=unit, places=places), Numeric() if unit == own.unit:
            up, down = 10 ** max(own.places - places, 0), 10 ** max(places - own.places, 0)
            return value * up // down if value * up % down == 0 and own.low <= value * up // down <= own.high else None
        case Words(), Words(options=options):
            return value if not options or value in options else None
        case Truth(), Truth():
            return value
        case _:
            return None


def _moment(scene: Scene, column: Column, kind: Numeric, happens: int) -> int:
    """A time or date of a row: never later than the row where it is required."""
    distance = scene.between(0, 3 * DAY)
    instant = happens - distance if column.available == "required" else happens + distance
    return min(max(instant if kind.unit == "time" else day_at(instant, scene.plan.zone), kind.low), kind.high)
