"""Rows of one event table: each happens at some local time before or shortly after the as-of date and refers to earlier rows."""

from __future__ import annotations

from attrs import frozen

from ..calendar import computed_instant, day_at
from ..plan.events import Column, EventPlan, Table
from ..plan.quantity import Numeric, as_given
from .randomness import Dice
from .values import Value, plausible_value

DAY = 86400
Row = dict[str, Value]


@frozen
class Span:
    """The days that a sample covers: `first` up to the as-of day; some rows happen within a day after it, as in a late export."""

    first: int
    as_of: int


@frozen
class Origin:
    """What a new row hangs on: the subject, how good it is, and the row of each table that it may refer to."""

    subject: str
    goodness: int
    parents: dict[str, Row]


@frozen
class Setting:
    """What all rows of a sample share: the plan, the days, the dice, the texts of each column and the flags that most rows have."""

    plan: EventPlan
    span: Span
    dice: Dice
    texts: dict[str, list[str]]
    wanted: frozenset[str]


def make_row(setting: Setting, table: Table, number: int, origin: Origin) -> Row:
    """One row; its key is `table-number`."""
    happens = _moment(setting, table, origin)
    row: Row = {}
    for column in table.columns:
        if column.computed is None:
            row[column.name] = _cell(setting, table, column, number, origin, happens)
    return row


def _moment(setting: Setting, table: Table, origin: Origin) -> int:
    """When the row happens: some time after the row it refers to, else on any day, mostly in shop hours."""
    span, dice = setting.span, setting.dice
    parents = [(name, parent) for name, parent in origin.parents.items() if any(column.refers_to == name for column in table.columns)]
    if parents:
        name, parent = parents[0]
        happened = parent[_role(setting.plan, name, "happens").name]
        assert isinstance(happened, int)
        return happened + dice.small(3 * DAY)
    day = dice.between(span.first, span.as_of - 1) if dice.chance(98) else span.as_of
    second = dice.between(8 * 3600, 23 * 3600) if dice.chance(85) else dice.between(0, DAY - 1)
    return computed_instant(day * DAY + second // 60 * 60, setting.plan.zone)


def _role(plan: EventPlan, table: str, role: str) -> Column:
    """The column of a table that has a role."""
    return next(column for each in plan.tables if each.name == table for column in each.columns if column.role == role)


def _cell(setting: Setting, table: Table, column: Column, number: int, origin: Origin, happens: int) -> Value:
    if column.role == "key":
        return number if isinstance(column.type, Numeric) else f"{table.name}-{number:07d}"
    if column.role == "subject":
        return origin.subject
    if column.role == "happens":
        return happens
    if column.refers_to:
        return _reference(setting.plan, column, origin)
    kind = column.type if column.may_be_missing else as_given(column.type)
    if isinstance(kind, Numeric) and kind.unit in ("time", "date"):
        return _time(setting.plan, column, kind, happens, setting.dice)
    value = plausible_value(kind, origin.goodness, setting.dice, setting.texts[column.name])
    return not value if column.name in setting.wanted and isinstance(value, bool) else value


def _reference(plan: EventPlan, column: Column, origin: Origin) -> Value:
    parent = origin.parents.get(column.refers_to)
    return None if parent is None else parent[_role(plan, column.refers_to, "key").name]


def _time(plan: EventPlan, column: Column, kind: Numeric, happens: int, dice: Dice) -> Value:
    if kind.optional and dice.chance(15):
        return None
    distance = dice.small(2 * DAY)
    instant = happens - distance if column.available == "required" and not kind.optional else happens + distance
    return min(max(instant if kind.unit == "time" else day_at(instant, plan.zone), kind.low), kind.high)
