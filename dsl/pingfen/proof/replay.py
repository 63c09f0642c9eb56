"""Event data on which a statement about a metric is tried: a small plausible sample, one more row, and the interpreter's scores before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

from attrs import frozen

from ..plan.events import Column, Table
from ..plan.quantity import Numeric, Truth, Words
from ..plan.ruleset import Plan
from ..reference import Data, Evaluation, InterpretationError, Value, score_events
from ..sampling import make_sample
from ..trial.cleanness import unclean_rows

Row = dict[str, Value]
Rows = Sequence[Mapping[str, Value]]
DAYS = 100
TIMES_TOGETHER = 0.5
SIZES = ((40, 40), (40, 3), (6, 3), (40, 12))


@frozen(repr=False)
class Replayed:
    """One subject before and after one more row of a table: record and score. `data` are all rows after; `row`, the one more, is the last of its table.

    `instead` is the row that stood in its place before, with the same key, where one is changed and none comes.
    """

    table: str
    row: Row
    data: Data
    as_of: int
    subject: Value
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    scores: tuple[int | None, int | None]
    instead: Row | None = None


def rows_before(replayed: Replayed) -> dict[str, list[Mapping[str, Value]]]:
    """All rows before, by table."""
    earlier = [] if replayed.instead is None else [replayed.instead]
    return {name: [*rows[:-1], *earlier] if name == replayed.table else [*rows] for name, rows in replayed.data.tables.items()}


@frozen(repr=False)
class Scene:
    """Clean data and the scores on it."""

    plan: Plan
    data: Data
    as_of: int
    scored: Mapping[Value, tuple[Mapping[str, Value], int | None]]


def scenes(plan: Plan, subjects: int, seed: int = 0) -> Iterator[Scene]:
    """Samples of few rows of one or more subjects, with more and fewer rows in the tables that refer to nothing, and in those that do; only clean ones."""
    as_of = first_as_of(plan)
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


def first_as_of(plan: Plan) -> int:
    """A date on which the version is in force, and so late that all of a sample's rows lie in the years that the ruleset allows."""
    return max(plan.version.first_day, (plan.events.first_year - 1970) * 365 + 400) + DAYS


def scores_on(plan: Plan, data: Data, as_of: int) -> dict[Value, tuple[Mapping[str, Value], int | None]]:
    """Record and score of every subject, by the interpreter."""
    scored = score_events(plan, data, as_of)
    return {subject: (record, score_of(evaluation)) for subject, (record, evaluation) in scored.items()}


def score_of(evaluation: Evaluation) -> int | None:
    """The score, or that there is none."""
    score = evaluation.numbers.get("score")
    return score if isinstance(score, int) else None


def _fewer(plan: Plan, tables: Mapping[str, Rows], size: tuple[int, int]) -> dict[str, Rows]:
    """Some rows of each table, from its first to its last, of those whose references are kept."""

    def some(table: Table, rows: Rows) -> Rows:
        most = size[any(column.refers_to for column in table.columns)]
        return rows[:: max(len(rows) // most, 1)][:most]

    return kept_references(plan, tables, some)


def kept_references(plan: Plan, tables: Mapping[str, Rows], choose: Callable[[Table, Rows], Rows] = lambda _, rows: rows) -> dict[str, Rows]:
    """Of each table the rows that refer to rows that are kept, and of these the chosen ones."""
    kept: dict[str, Rows] = {}
    waiting = list(plan.events.tables)
    while waiting:
        table = next((each for each in waiting if all(column.refers_to in ("", each.name, *kept) for column in each.columns)), waiting[0])
        waiting.remove(table)
        keys = {name: {row[key_name(table_named(plan, name))] for row in rows} for name, rows in kept.items()}
        kept[table.name] = choose(table, [row for row in tables[table.name] if _refers_well(table, row, keys)])
    return kept


def _refers_well(table: Table, row: Mapping[str, Value], keys: Mapping[str, set[Value]]) -> bool:
    referring = [column for column in table.columns if column.refers_to and row.get(column.name) is not None]
    return all(row[column.name] in keys.get(column.refers_to, ()) for column in referring)


def key_name(table: Table) -> str:
    """The column of a table's key."""
    return next(column.name for column in table.columns if column.role == "key")


def with_row(scene: Scene, table: Table, row: Row) -> tuple[Row, Data] | None:
    """The row under a key of its own, and the scene's data with it; None where it is refused."""
    more = {**row, key_name(table): "one more"}
    data = Data({**scene.data.tables, table.name: [*scene.data.tables[table.name], more]}, scene.data.subjects, scene.data.inputs)
    return None if unclean_rows(scene.plan, data) else (more, data)


def varied_rows(plan: Plan, tables: Mapping[str, Rows], table: Table, random: Random, many: int) -> Iterator[Row]:
    """Rows made of two that are there, some flags, choices, numbers and references others; none for an empty table."""
    rows = tables[table.name]
    happens = next(column.name for column in table.columns if column.role == "happens")
    latest = sorted(rows, key=lambda row: str(row[happens]))[-max(len(rows) // 4, 1) :]
    keys = {column.name: found for column in table.columns if column.refers_to and (found := keys_of(plan, tables, column.refers_to))}
    times = {column.name for column in table.columns if isinstance(column.type, Numeric) and column.type.unit == "time"}
    for _ in range(many if rows else 0):
        first, last = random.choice(random.choice((rows, latest))), random.choice(random.choice((rows, latest)))
        other = {**anything(table, random), **{name: random.choice(found) for name, found in keys.items()}}
        kept = times if random.random() < TIMES_TOGETHER else ()
        yield {name: value if name in kept else random.choice((value, last.get(name), other.get(name, value))) for name, value in first.items()}


def keys_of(plan: Plan, tables: Mapping[str, Rows], name: str) -> list[Value]:
    """The keys of a table's rows."""
    key = key_name(table_named(plan, name))
    return [row[key] for row in tables[name]]


def anything(table: Table, random: Random) -> Row:
    """Values of the plain columns of which something can be told by the type alone; none, now and then, where none need be."""
    told = {column.name: _anything(column, random) for column in table.columns if column.role == "plain" and column.computed is None}
    absent = {column.name for column in table.columns if column.may_be_missing and random.random() < 0.5}
    return {name: None if name in absent else value for name, value in told.items() if value is not None}


def _anything(column: Column, random: Random) -> Value:
    """A value of a column by its type alone; None for times, references and free text."""
    match column.type:
        case Truth():
            return random.random() < 0.5
        case Words(options=(_, *_) as options):
            return random.choice(options)
        case Numeric(unit=unit, low=low, high=high) if unit not in ("time", "date"):
            return random.choice((low, high, random.randint(low, high)))
        case _:
            return None


def replays(scene: Scene, table: Table, random: Random, tries: int) -> Iterator[Replayed]:
    """What one more row does to every subject, some times over."""
    for row in varied_rows(scene.plan, scene.data.tables, table, random, tries):
        more = with_row(scene, table, row)
        if more is not None:
            yield from replay(scene, table, *more)


def replay(scene: Scene, table: Table, row: Row, data: Data) -> Iterator[Replayed]:
    """What the row does to every subject of the scene; `data` are the scene's with the row."""
    try:
        after = scores_on(scene.plan, data, scene.as_of)
    except InterpretationError:
        return
    for subject, (record, score) in scene.scored.items():
        if subject in after:
            yield Replayed(table.name, row, data, scene.as_of, subject, record, after[subject][0], (score, after[subject][1]))


def owner_of(plan: Plan, replayed: Replayed) -> Value:
    """The subject of the row, through references."""
    table, row = table_named(plan, replayed.table), replayed.row
    while table.subject_through:
        column = next(each for each in table.columns if each.name == table.subject_through)
        table, key = table_named(plan, column.refers_to), row.get(column.name)
        found = next((each for each in replayed.data.tables[table.name] if each[key_name(table)] == key), None)
        if found is None:
            return None
        row = dict(found)
    return row[next(column.name for column in table.columns if column.role == "subject")]


def table_named(plan: Plan, name: str) -> Table:
    """The table of that name."""
    return next(table for table in plan.events.tables if table.name == name)
