"""Bundles of rows, of which shops of any size are put together: a row that refers to no other, and the rows that refer to it, straight or through others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from random import Random

from attrs import Factory, frozen

from ..plan.events import Column, Table, in_order_of_reference
from ..plan.ruleset import Plan
from ..reference import Data, InterpretationError, Value, score_events
from ..sampling import Sample, make_sample
from ..trial.cleanness import unclean_rows
from .replay import DAYS, Row, Rows, first_as_of, key_name, varied_rows

SUBJECTS, PROFILES, PLAIN, MIXED = 4, 40, 150, 600


@frozen(repr=False)
class Bundle:
    """`rows` with their tables, the first being the one that refers to no other. `alone` is the record of a subject that has just these rows."""

    rows: tuple[tuple[Table, Row], ...]
    alone: Mapping[str, Value] = Factory(dict)

    @property
    def root(self) -> Table:
        """The table of the row that refers to no other."""
        return self.rows[0][0]


@frozen(repr=False)
class Profile:
    """What a subject has beside events."""

    attributes: Sequence[Mapping[str, Value]]
    inputs: Mapping[str, Value]


@frozen(repr=False)
class Stock:
    """What shops of one plan are made of."""

    plan: Plan
    as_of: int
    bundles: tuple[Bundle, ...]
    profiles: tuple[Profile, ...]

    def data(self, profile: Profile, tables: Mapping[str, Rows], subjects: Sequence[Value]) -> Data:
        """Events of subjects that all have the same profile."""
        key = self.plan.record.subject.key
        attributes = {subject: [{**row, key: subject} for row in profile.attributes] for subject in subjects}
        inputs = dict.fromkeys(subjects, profile.inputs)
        return Data({table.name: tables.get(table.name, ()) for table in self.plan.events.tables}, attributes, inputs)

    def measured(self, bundles: Sequence[Bundle]) -> list[Bundle | None]:
        """Each bundle with the record of a subject that has nothing else; None for one that is not clean, or that cannot be scored."""
        clean = {f"subject-{number}": bundle for number, bundle in enumerate(bundles) if self._is_clean(bundle)}
        records = self._records(clean)
        found = {name: Bundle(bundle.rows, records[name]) for name, bundle in clean.items() if name in records}
        return [found.get(f"subject-{number}") for number in range(len(bundles))]

    def _records(self, bundles: Mapping[str, Bundle]) -> dict[Value, Mapping[str, Value]]:
        """The record of each subject; where not all can be scored together, of those that can be by themselves."""
        tables = joined([renamed(bundle, name, name) for name, bundle in bundles.items()])
        try:
            scored = score_events(self.plan, self.data(self.profiles[0], tables, list(bundles)), self.as_of)
        except InterpretationError:
            alone = [{name: bundle} for name, bundle in bundles.items()] if len(bundles) > 1 else []
            return {name: record for each in alone for name, record in self._records(each).items()}
        return {name: record for name, (record, _) in scored.items()}

    def _is_clean(self, bundle: Bundle) -> bool:
        return not unclean_rows(self.plan, self.data(self.profiles[0], joined([renamed(bundle, "", "")]), [""]))

    def single_rows(self, table: Table, many: int, random: Random) -> list[Bundle]:
        """Rows of a table that refers to nothing, each by itself, made of those of the bundles."""
        rows = [row for bundle in self.bundles for each, row in bundle.rows[:1] if each is table]
        made = varied_rows(self.plan, {table.name: rows}, table, random, many)
        return [bundle for bundle in self.measured([Bundle(((table, row),)) for row in made]) if bundle is not None]


def stock_of(plan: Plan, seed: int = 0) -> Stock:
    """Bundles of a plausible sample and mixtures of them, and profiles."""
    as_of = first_as_of(plan)
    sample = make_sample(plan, subjects=SUBJECTS, first_day=as_of - DAYS, as_of_day=as_of, seed=seed)
    many = make_sample(plan, subjects=PROFILES, first_day=as_of - 1, as_of_day=as_of, seed=seed)
    bare = Stock(plan, as_of, (), _profiles(plan, many))
    bundles = _few(_bundles(plan, sample.tables))
    measured = bare.measured([*bundles, *_mixed(plan, bundles, sample, Random(seed))])
    return Stock(plan, as_of, tuple(bundle for bundle in measured if bundle is not None), bare.profiles)


def renamed(bundle: Bundle, name: str, subject: Value) -> Bundle:
    """The bundle's rows under keys of their own, as those of a subject."""
    return Bundle(tuple((table, {column.name: _told(column, row.get(column.name), name, subject) for column in _read(table)}) for table, row in bundle.rows))


def joined(bundles: Sequence[Bundle]) -> dict[str, list[Row]]:
    """All rows of the bundles, by table."""
    tables: dict[str, list[Row]] = {}
    for bundle in bundles:
        for table, row in bundle.rows:
            tables.setdefault(table.name, []).append(row)
    return tables


def _told(column: Column, value: Value, name: str, subject: Value) -> Value:
    if column.role == "subject":
        return subject
    names_a_row = column.role == "key" or column.refers_to
    return f"{value} {name}" if names_a_row and value is not None else value


def _read(table: Table) -> list[Column]:
    return [column for column in table.columns if column.computed is None]


def _profiles(plan: Plan, sample: Sample) -> tuple[Profile, ...]:
    key = plan.record.subject.key
    inputs: dict[Value, Mapping[str, Value]] = {row[key]: {name: value for name, value in row.items() if name != key} for row in sample.inputs}
    attributes: dict[Value, list[Mapping[str, Value]]] = {}
    for row in sample.subjects:
        attributes.setdefault(row[key], []).append(row)
    return tuple(Profile(rows, inputs.get(subject, {})) for subject, rows in attributes.items())


def _bundles(plan: Plan, tables: Mapping[str, Rows]) -> list[Bundle]:
    """Each row is in the bundle of the row that it refers to; one whose references lead to two bundles, or to no row, is in none."""
    numbers, found = count(), dict[int, list[tuple[Table, Row]]]()
    homes: dict[str, dict[Value, int]] = {table.name: {} for table in plan.events.tables}
    for table in in_order_of_reference(plan.events.tables):
        for row in tables[table.name]:
            led = {homes[column.refers_to].get(row[column.name]) for column in _referring(table) if row.get(column.name) is not None}
            home = next(numbers) if not led else led.pop()
            if led or home is None:
                continue
            homes[table.name][row[key_name(table)]] = home
            found.setdefault(home, []).append((table, dict(row)))
    return [Bundle(tuple(rows)) for rows in found.values()]


def _few(bundles: Sequence[Bundle]) -> list[Bundle]:
    """Some of the bundles of each table, from its first to its last."""
    found: dict[str, list[Bundle]] = {}
    for bundle in bundles:
        found.setdefault(bundle.root.name, []).append(bundle)
    return [bundle for each in found.values() for bundle in each[:: -(-len(each) // PLAIN)]]


def _mixed(plan: Plan, bundles: Sequence[Bundle], sample: Sample, random: Random) -> list[Bundle]:
    """Varied rows that others refer to, with varied rows that refer to them alone, one of each table or none: what rarely comes together does here."""
    followed = {bundle.root.name: bundle.root for bundle in bundles}
    followers = [table for table in plan.events.tables if [column.refers_to in followed for column in _referring(table)] == [True]]
    rows = {table.name: [(table, row) for row in varied_rows(plan, sample.tables, table, random, MIXED // 4)] for table in followers}
    roots = [followed[name] for name in sorted({column.refers_to for table in followers for column in _referring(table)})]
    return [_gathered((root, row), rows, random) for root in roots for row in varied_rows(plan, sample.tables, root, random, MIXED)]


def _gathered(root: tuple[Table, Row], followers: Mapping[str, Sequence[tuple[Table, Row]]], random: Random) -> Bundle:
    table, key = root[0], root[1][key_name(root[0])]
    own = [rows for rows in followers.values() if rows and any(column.refers_to == table.name for column in rows[0][0].columns)]
    chosen = [random.choice(rows) for rows in random.sample(own, len(own)) if random.random() < 0.5]
    return Bundle((root, *((each, {**row, **{column.name: key for column in _referring(each)}}) for each, row in chosen)))


def _referring(table: Table) -> list[Column]:
    return [column for column in table.columns if column.refers_to]
