"""Event data on which a statement about a metric is tried: a small plausible sample, one more row, and the interpreter's scores before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from attrs import frozen

from ..plan.events import Table
from ..plan.ruleset import Plan
from ..reference import Data, InterpretationError, Value, score_events
from ..sampling import make_sample
from ..trial.cleanness import unclean_rows

Row = dict[str, Value]
DAYS = 100
SIZES = ((40, 40), (40, 3), (6, 3), (40, 12))


@frozen(repr=False)
class Replayed:
    """One subject before and after one more row of a table: record and score. `rows` are all other rows, by table, and `row` the one more."""

    table: str
    row: Row
    data: Data
    as_of: int
    subject: Value
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    scores: tuple[int | None, int | None]


@frozen(repr=False)
class Scene:
    """Clean data and the scores on it."""

    plan: Plan
    data: Data
    as_of: int
    scored: Mapping[Value, tuple[Mapping[str, Value], int | None]]


def scenes(plan: Plan, subjects: int, seed: int = 0) -> Iterator[Scene]:
    """Samples of few rows of one or more subjects, with more and fewer rows in the tables that refer to nothing, and in those that do; only clean ones."""
    as_of = max(plan.version.first_day, (plan.events.first_year - 1970) * 365 + 400) + DAYS
    key = plan.record.subject.key
    for number, size in enumerate(SIZES):
        sample = make_sample(plan, subjects=subjects, first_day=as_of - DAYS, as_of_day=as_of, seed=seed + number)
        tables = _fewer(plan, sample.tables, size)
        attributes: dict[Value, list[Mapping[str, Value]]] = {}
        for row in sample.subjects:
            attributes.setdefault(row[key], []).append(row)
        data = Data(tables, attributes or None, {row[key]: row for row in sample.inputs})
        if not unclean_rows(plan, data):
            yield Scene(plan, data, as_of, scores_on(plan, data, as_of))


def scores_on(plan: Plan, data: Data, as_of: int) -> dict[Value, tuple[Mapping[str, Value], int | None]]:
    """Record and score of every subject, by the interpreter."""
    scored = score_events(plan, data, as_of)
    return {subject: (record, _score(evaluation.numbers.get("score"))) for subject, (record, evaluation) in scored.items()}


def _score(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def _fewer(plan: Plan, tables: Mapping[str, Sequence[Mapping[str, Value]]], size: tuple[int, int]) -> dict[str, list[Mapping[str, Value]]]:
    """Some rows of each table, from its first to its last, of those whose references are kept."""
    kept: dict[str, list[Mapping[str, Value]]] = {}
    waiting = list(plan.events.tables)
    while waiting:
        table = next((each for each in waiting if all(column.refers_to in ("", each.name, *kept) for column in each.columns)), waiting[0])
        waiting.remove(table)
        most = size[any(column.refers_to for column in table.columns)]
        rows = [row for row in tables[table.name] if _refers_well(plan, table, row, kept)]
        kept[table.name] = rows[:: max(len(rows) // most, 1)][:most]
    return kept


def _refers_well(plan: Plan, table: Table, row: Mapping[str, Value], kept: Mapping[str, Sequence[Mapping[str, Value]]]) -> bool:
    for column in table.columns:
        if column.refers_to and row.get(column.name) is not None:
            key = key_name(next(each for each in plan.events.tables if each.name == column.refers_to))
            if row[column.name] not in {each[key] for each in kept.get(column.refers_to, ())}:
                return False
    return True


def key_name(table: Table) -> str:
    """The column of a table's key."""
    return next(column.name for column in table.columns if column.role == "key")


def with_one_more(scene: Scene, table: Table, random: Random) -> tuple[Row, Data] | None:
    """A row made of two that are there, under a key of its own; None for an empty table, or where the row would be refused."""
    rows = scene.data.tables[table.name]
    if not rows:
        return None
    first, last = random.choice(rows), random.choice(rows)
    row = {**{name: random.choice((value, last.get(name))) for name, value in first.items()}, key_name(table): "one more"}
    data = Data({**scene.data.tables, table.name: [*rows, row]}, scene.data.subjects, scene.data.inputs)
    return None if unclean_rows(scene.plan, data) else (row, data)


def replays(scene: Scene, table: Table, random: Random, tries: int) -> Iterator[Replayed]:
    """What one more row does to every subject, some times over."""
    for _ in range(tries):
        more = with_one_more(scene, table, random)
        if more is None:
            continue
        row, data = more
        try:
            after = scores_on(scene.plan, data, scene.as_of)
        except InterpretationError:
            continue
        for subject, (record, score) in scene.scored.items():
            if subject in after:
                yield Replayed(table.name, row, data, scene.as_of, subject, record, after[subject][0], (score, after[subject][1]))


def owner_of(plan: Plan, replayed: Replayed) -> Value:
    """The subject of the row, through references."""
    table, row = _table(plan, replayed.table), replayed.row
    while table.subject_through:
        column = next(each for each in table.columns if each.name == table.subject_through)
        table, key = _table(plan, column.refers_to), row.get(column.name)
        found = next((each for each in replayed.data.tables[table.name] if each[key_name(table)] == key), None)
        if found is None:
            return None
        row = dict(found)
    return row[next(column.name for column in table.columns if column.role == "subject")]


def _table(plan: Plan, name: str) -> Table:
    return next(table for table in plan.events.tables if table.name == name)
