"""A whole sample: subjects, their attributes and inputs, and the rows of every event table."""

from __future__ import annotations

from attrs import frozen

from ..plan.events import EventPlan, Table, in_order_of_reference
from ..plan.quantity import Numeric
from ..plan.record import GroupExtreme, Linked
from ..plan.ruleset import Plan
from .randomness import Dice
from .rows import Origin, Row, Setting, Span, make_row
from .values import Value, plausible_value
from .vocabulary import compared_texts, wanted_flags

ROWS_A_SUBJECT = 40
LARGE_GROUP = 40
CORRECTED, TIED, QUIET = 15, 5, 5  # in a hundred


@frozen
class Sample:
    """Tables by name, each a list of rows (column to clean value); `subjects` and `inputs` are empty where the ruleset reads none."""

    tables: dict[str, list[Row]]
    subjects: list[Row]
    inputs: list[Row]


def make_sample(plan: Plan, *, subjects: int, first_day: int, as_of_day: int, seed: int) -> Sample:
    """Events of `subjects` subjects from `first_day` up to the as-of day (days since 1970-01-01)."""
    dice = Dice(seed)
    names = [f"{plan.record.subject.key.removesuffix('_id')}-{number:05d}" for number in range(1, subjects + 1)]
    goodness = {name: dice.between(88, 99) if dice.chance(75) else dice.between(40, 90) for name in names}
    span = Span(first_day, as_of_day)
    setting = Setting(plan.events, span, dice, _texts(plan), wanted_flags(plan))
    tables: dict[str, list[Row]] = {}
    for table in in_order_of_reference(plan.events.tables):
        tables[table.name] = _rows(setting, table, goodness, tables)
    groups = _groups(plan, subjects)
    attributes = [row for name in names for row in _attribute_rows(plan, name, goodness[name], groups, span, dice)]
    inputs = [_input_row(plan, name, goodness[name], dice) for name in names]
    has_inputs = any(field.kind == "input" for field in plan.record.fields)
    return Sample({table.name: tables[table.name] for table in plan.events.tables}, attributes, inputs if has_inputs else [])


def _texts(plan: Plan) -> dict[str, list[str]]:
    """For each text column: fifty names of its own, and each text that a rule compares it with, three times over."""
    compared = compared_texts(plan)
    columns = {column.name for table in plan.events.tables for column in table.columns}
    return {name: [f"{name.removesuffix('_id')}-{number}" for number in range(50)] + 3 * compared.get(name, []) for name in columns}


def _rows(setting: Setting, table: Table, goodness: dict[str, int], tables: dict[str, list[Row]]) -> list[Row]:
    rows: list[Row] = []
    for origin in _origins(setting, table, goodness, tables):
        row = make_row(setting, table, len(rows) + 1, origin)
        if rows and setting.dice.chance(TIED):
            _tie(table, row, rows[-1])
        rows.append(row)
    return rows


def _origins(setting: Setting, table: Table, goodness: dict[str, int], tables: dict[str, list[Row]]) -> list[Origin]:
    """One origin a row: of a table that refers to another, some of its rows, a few of them twice (a correction); else so many a subject, now and then none."""
    parents = [column.refers_to for column in table.columns if column.refers_to in tables]
    if parents:
        return [each for row in tables[parents[0]] for each in _from_parent(row, parents[0], goodness, setting.dice, setting.plan)]
    origins: list[Origin] = []
    for name, good in goodness.items():
        count = 0 if setting.dice.chance(QUIET) else setting.dice.small(2 * ROWS_A_SUBJECT) + 1
        origins += [Origin(name, good, {})] * count
    return origins


def _from_parent(row: Row, parent: str, goodness: dict[str, int], dice: Dice, plan: EventPlan) -> list[Origin]:
    subject = _subject_of(row, parent, plan)
    good = goodness.get(subject, 50)
    if not dice.chance(max(5, 60 - good // 2)):
        return []
    return [Origin(subject, good, {parent: row})] * (2 if dice.chance(CORRECTED) else 1)


def _subject_of(row: Row, name: str, plan: EventPlan) -> str:
    table = next(each for each in plan.tables if each.name == name)
    column = next((each.name for each in table.columns if each.role == "subject"), None)
    return str(row[column]) if column else ""


def _tie(table: Table, row: Row, before: Row) -> None:
    """Let the row happen at the same second as the one before it, where nothing else in the row is a time."""
    times = [column.name for column in table.columns if column.computed is None and getattr(column.type, "unit", "") in ("time", "date")]
    refers = any(column.refers_to for column in table.columns)
    if len(times) == 1 and not refers:
        row[times[0]] = before[times[0]]


def _attribute_rows(plan: Plan, name: str, goodness: int, groups: dict[str, list[str]], span: Span, dice: Dice) -> list[Row]:
    attributes = plan.record.subject.attributes
    if not attributes:
        return [{plan.record.subject.key: name}]
    row = _attributes(plan, name, goodness, groups, span, dice)
    if not any(each.dated for each in attributes):
        return [row]
    rows = [{**row, "valid_from": span.first - 400}]
    if dice.chance(20):
        later = _attributes(plan, name, goodness, groups, span, dice)
        fixed = {each.name: row[each.name] for each in attributes if not each.dated}
        rows.append({**later, **fixed, "valid_from": dice.between(span.first, span.as_of - 1)})
    return rows


def _groups(plan: Plan, subjects: int) -> dict[str, list[str]]:
    """The texts of each attribute: an attribute of linked entities has groups of about three, any other enough subjects for a peer mean."""
    linked = {each.by for each in (*plan.record.linked, *plan.record.across) if isinstance(each, Linked | GroupExtreme)}
    sizes = {each.name: 3 if each.name in linked else LARGE_GROUP for each in plan.record.subject.attributes}
    return {name: [f"{name.removesuffix('_id')}-{number}" for number in range(max(2, subjects // size))] for name, size in sizes.items()}


def _attributes(plan: Plan, name: str, goodness: int, groups: dict[str, list[str]], span: Span, dice: Dice) -> Row:
    values: dict[str, Value] = {}
    for each in plan.record.subject.attributes:
        if isinstance(each.type, Numeric) and each.type.unit == "date":
            values[each.name] = min(max(span.as_of - 1 - dice.small(500), each.type.low), each.type.high)
        else:
            values[each.name] = plausible_value(each.type, goodness, dice, groups[each.name])
    return {plan.record.subject.key: name, **values}


def _input_row(plan: Plan, name: str, goodness: int, dice: Dice) -> Row:
    fields = [field for field in plan.record.fields if field.kind == "input"]
    return {plan.record.subject.key: name, **{field.name: plausible_value(field.type, goodness, dice, ["a", "b"]) for field in fields}}
