"""Several data sets of one ruleset in one run, kept apart as if each stood alone.

Every key, reference and subject begins with the mark of its data set ("world"), which is of digits alone where all of them are whole numbers. What crosses
subjects would still mix them: `first` takes the mark as one more key, and what peers, groups and links compare by becomes an attribute of its own that begins
with the mark. Order by key within a world is that of the keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pingfen.node import evolve
from pingfen.plan.events import Column, First, Population, Step, Table
from pingfen.plan.expressions import ColumnRead
from pingfen.plan.label import Label
from pingfen.plan.quantity import Words
from pingfen.plan.record import Across, Attribute, GroupExtreme, RecordPlan
from pingfen.plan.ruleset import Plan

from ..clean import Clean
from ..paths import Answers, Tables

WORLD = "world"
FIRST, MARK = 100, 3
"""The mark of the first world, and the digits of each."""
TEXT = Words(optional=True)
Row = dict[str, Clean]


def joined_plan(plan: Plan) -> Plan:
    """The plan over the rows of several worlds at once."""
    tables = tuple(_with_world(table) for table in plan.events.tables)
    populations = tuple(_apart(population) for population in plan.events.populations)
    return evolve(plan, events=evolve(plan.events, tables=tables, populations=populations), record=_with_own_groups(plan.record))


def joined_tables(plan: Plan, worlds: Sequence[Tables]) -> Tables:
    """The rows of all worlds, as the joined plan reads them; `plan` is the one of a single world."""
    key = plan.record.subject.key
    marked = {table.name: {column.name for column in table.columns if column.role in ("key", "subject") or column.refers_to} for table in plan.events.tables}
    between = "" if _are_whole_numbers(marked, key, worlds) else ":"
    numbered = [(f"{FIRST + index}{between}", world) for index, world in enumerate(worlds)]
    events: dict[str, list[Row]] = {}
    for name, columns in marked.items():
        events[name] = [_marked(row, columns, mark) | {WORLD: mark} for mark, world in numbered for row in world.events.get(name, [])]
    given = any(world.subjects is not None for world in worlds)
    subjects = [_marked(row, {key}, mark) | _grouped(plan, row, mark) for mark, world in numbered for row in world.subjects or []]
    inputs = [_marked(row, {key}, mark) for mark, world in numbered for row in world.inputs]
    return Tables(events, subjects if given else None, inputs)


def parted(answers: Mapping[str, Answers], count: int) -> list[dict[str, Answers]]:
    """The answers of each world by its own subjects."""
    worlds: list[dict[str, Answers]] = [{} for _ in range(count)]
    for subject, answer in answers.items():
        mark, name = subject[:MARK], subject[MARK:]
        worlds[int(mark) - FIRST][name.removeprefix(":")] = answer
    return worlds


def _are_whole_numbers(marked: Mapping[str, set[str]], key: str, worlds: Sequence[Tables]) -> bool:
    """Whether every key, reference and subject is one, so that tables may hold them as such."""
    cells = [row.get(name) for world in worlds for table, names in marked.items() for row in world.events.get(table, []) for name in names]
    cells += [row[key] for world in worlds for row in (*(world.subjects or []), *world.inputs)]
    return all(value is None or (isinstance(value, str) and value.isascii() and value.isdigit()) for value in cells)


def _marked(row: Row, names: set[str], mark: str) -> Row:
    return {name: f"{mark}{value}" if name in names and value is not None else value for name, value in row.items()}


def _grouped(plan: Plan, row: Row, mark: str) -> Row:
    values = {name: row.get(name) if name else "" for name in _group_names(plan.record)}
    return {_own(name): None if value is None else f"{mark}{value}" for name, value in values.items()}


def _own(name: str) -> str:
    return f"{name} of world"


def _group_names(record: RecordPlan) -> list[str]:
    names = [name for across in record.across for name in _compared_by(across)]
    return list(dict.fromkeys([*names, *(rule.by for rule in record.linked)]))


def _compared_by(across: Across) -> tuple[str, ...]:
    """The attributes that subjects are compared by; "" stands for all subjects."""
    return (across.by,) if isinstance(across, GroupExtreme) else (across.category, *across.otherwise)


def _with_world(table: Table) -> Table:
    return evolve(table, columns=(*table.columns, Column(WORLD, Words())))


def _apart(population: Population) -> Population:
    return evolve(population, steps=tuple(_step_apart(step) for step in population.steps))


def _step_apart(step: Step) -> Step:
    return evolve(step, keys=(*step.keys, ColumnRead(WORLD, Words()))) if isinstance(step, First) else step


def _with_own_groups(record: RecordPlan) -> RecordPlan:
    dated = {attribute.name for attribute in record.subject.attributes if attribute.dated}
    own = tuple(Attribute(_own(name), Label(), TEXT, name in dated) for name in _group_names(record))
    across = tuple(_across_apart(each) for each in record.across)
    linked = tuple(evolve(rule, by=_own(rule.by)) for rule in record.linked)
    return evolve(record, subject=evolve(record.subject, attributes=(*record.subject.attributes, *own)), across=across, linked=linked)


def _across_apart(across: Across) -> Across:
    if isinstance(across, GroupExtreme):
        return evolve(across, by=_own(across.by))
    return evolve(across, category=_own(across.category), otherwise=tuple(_own(name) for name in across.otherwise))
