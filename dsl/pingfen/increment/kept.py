"""The sums that a state keeps by day: which aggregates they are, their columns, and the relations of a delivery's days."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
from attrs import Factory, define, field, frozen
from sqlglot import exp

from ..node import evolve
from ..plan.encoding import canonical, digest, encode
from ..plan.events import Aggregate, Table, Window
from ..plan.expressions import ColumnRead, Expression
from ..plan.ruleset import Plan
from ..sql.clean import CleanColumn, CleanTable
from ..sql.metrics import Parts
from ..sql.populations import Populations
from ..sql.rows import KnownTables
from ..sql.stairs import with_needed
from ..sql.subjects import SUBJECT
from ..sql.trees import Tree, aliased, binary, call, cases, column, every, filtered, given, relation
from ..warehouse.session import Session
from ..warehouse.sources import FILE
from .columns import DayColumns, Span, WindowColumn
from .index import HASH, KEY, hash_of
from .sharing import Sharing, aggregates_of, becomes_known, names_by_day, sharing_of
from .versions import Versions
from .weights import DAY

EVER = Window(0, "all")
PARTITION, PLACE, ROWS, COLUMN, VALUE = "partition", "place", "rows", "column", "value"
FILES = "delivered_files"


@define(eq=False)
class KeptTable:
    """The columns of one table that are kept by day, grouped by the time by which they count; and those of its rows themselves."""

    plan: Plan
    table: Table
    populations: Populations
    groups: dict[Expression, DayColumns] = Factory(dict)
    sharing: dict[Aggregate, Sharing] = Factory(dict)
    switches: dict[str, None] = Factory(dict)
    bases: list[Aggregate] = Factory(list)

    def __attrs_post_init__(self) -> None:
        """Ask for every column in an order that depends on the definitions alone, so that the same definitions have the same columns."""
        found: dict[bytes, Aggregate] = {}
        for metric in self.plan.events.metrics:
            for aggregate in aggregates_of(metric):
                if aggregate.table == self.table.name and self.keeps(aggregate):
                    base = evolve(aggregate, window=EVER, recency=(), shorter=())
                    found[canonical(encode(base))] = base
                    self.switches |= dict.fromkeys(self.sharing[aggregate].switches)
        self.bases = [found[key] for key in sorted(found)]
        for base in self.bases:
            self.group(base.by).parts_of(base)
            if isinstance(base.by, ColumnRead) and becomes_known(self._column(base.by.name)):
                self.switches[base.by.name] = None
        if self.has_subject:
            self.group(self.happens).parts_of(Aggregate("count", self.table.name, self.table.name, EVER, self.happens))
        for group in self.groups.values():
            group.windows.clear()

    @property
    def has_subject(self) -> bool:
        """Whether rows have their own subject, and are there by themselves: then the state knows which subjects they name."""
        return not self.table.subject_through and not any(item.refers_to and not item.type.optional for item in self.table.columns)

    @property
    def happens(self) -> ColumnRead:
        """The time at which rows happen."""
        found = next(item for item in self.table.columns if item.role == "happens")
        return ColumnRead(found.name, found.type)

    @property
    def key(self) -> str:
        """The column that tells rows apart."""
        return next(item.name for item in self.table.columns if item.role == "key")

    @property
    def definition(self) -> str:
        """The digest of all that the sums of a day depend on, but for what was delivered."""
        populations = [encode(item) for item in self.plan.events.populations if item.table == self.table.name]
        events = self.plan.events
        years = [events.first_year, events.last_year]
        document = [encode(self.table), populations, [encode(base) for base in self.bases], encode(events.zone), years, list(self.switches)]
        return digest(json.loads(json.dumps(document)))

    def keeps(self, aggregate: Aggregate) -> bool:
        """Whether an aggregate is a sum of what the rows of each day say by themselves."""
        return self.sharing_of(aggregate).of_day is None

    def sharing_of(self, aggregate: Aggregate) -> Sharing:
        """What an aggregate reads that depends on more than its day."""
        if aggregate not in self.sharing:
            self.sharing[aggregate] = sharing_of(self.plan, aggregate)
        return self.sharing[aggregate]

    def group(self, by: Expression) -> DayColumns:
        """The columns that count by a time."""
        if by not in self.groups:
            rows = self.populations.rows_of(self.table.name)
            self.groups[by] = DayColumns(rows, by, f"d{rows.known.index}_{len(self.groups)}")
        return self.groups[by]

    def parts_of(self, aggregate: Aggregate) -> Parts:
        """The columns of running sums that hold an aggregate."""
        return self.group(aggregate.by).parts_of(aggregate)

    def windows(self) -> list[WindowColumn]:
        """The running sums that were asked for."""
        return [item for group in self.groups.values() for item in group.windows.values()]

    def ask_known(self) -> str:
        """The running sum that says how many rows of a subject are known."""
        return self.parts_of(Aggregate("count", self.table.name, self.table.name, EVER, self.happens)).numerator

    def _column(self, name: str) -> Any:
        return next(item for item in self.table.columns if item.name == name)


@define(eq=False)
class KeptShares:
    """The aggregates whose running sums are kept."""

    tables: Mapping[str, KeptTable]

    def is_shared(self, aggregate: Aggregate) -> bool:
        """Whether an aggregate is kept."""
        return self.tables[aggregate.table].keeps(aggregate)

    def parts_of(self, aggregate: Aggregate) -> Parts:
        """The running sums of a kept aggregate."""
        return self.tables[aggregate.table].parts_of(aggregate)


def kept_tables(plan: Plan, session: Session, as_of: int, clean: Mapping[str, CleanTable]) -> dict[str, KeptTable]:
    """The columns of every table; relations that are not open yet may be stood for by `unopened`."""
    attributes = tuple(each.name for each in plan.record.subject.attributes)
    populations = Populations(KnownTables(plan.events, session.spell, as_of, dict(clean), attributes))
    return {table.name: KeptTable(plan, table, populations) for table in plan.events.tables}


def unopened(table: Table) -> CleanTable:
    """The shape of a clean relation that nobody reads."""
    return CleanTable(f"clean_{table.name}", {item.name: CleanColumn(f"c{index}") for index, item in enumerate(_read(table))})


def _read(table: Table) -> list[Any]:
    return [item for item in table.columns if item.computed is None]


@frozen(eq=False)
class RejectedRows:
    """Selects of a table's rejected rows: their keys by `file`, and what is told of them, from rejects `r`."""

    keys: exp.Select
    told: exp.Select


@define(eq=False)
class Delivery:
    """The relations of a table's delivered days: what they add to each sum, their keys (none of `trusted` rows; those of `rejected` ones too), subjects and
    references, and when what is known of them changes."""

    session: Session
    kept: KeptTable
    clean: CleanTable
    as_of: int
    trusted: bool
    rejected: RejectedRows | None
    versions: Versions = field(init=False)

    def __attrs_post_init__(self) -> None:
        dates = (self.as_of,)
        self.versions = Versions(self.session.spell, self.kept.plan.events.zone, self.kept.table, self.clean, tuple(self.kept.switches), dates)

    @property
    def name(self) -> str:
        """The table's name."""
        return self.kept.table.name

    def keep(self, paths: Mapping[str, tuple[str, int]]) -> None:
        """Make the relations; `paths` leads from a file to its day and its place among the files of the day."""
        days, places = [day for day, _ in paths.values()], [place for _, place in paths.values()]
        delivered = {FILE: pa.array(list(paths), pa.string()), PARTITION: pa.array(days, pa.string()), PLACE: pa.array(places, pa.int64())}
        self.session.connection.register("delivered", pa.table(delivered))
        self.session.keep(FILES, exp.Select(expressions=[exp.Star()]).from_(relation("delivered")))
        for index, group in enumerate(self.kept.groups.values()):
            self.session.keep(f"days_{self.name}_{index}", self._days(group))
        self.session.keep(f"facts_{self.name}", self._facts())
        if not self.trusted:
            self.session.keep(f"keys_{self.name}", self._keys())
        self.session.keep(f"subjects_{self.name}", self._subjects())
        self.session.keep(f"references_{self.name}", self._references())
        if self.rejected is not None:
            told = self.rejected.told.copy()
            told.append("joins", self._of_files(column(FILE, "r")))
            self.session.keep(f"rejects_{self.name}", told.select(column(PARTITION, "f"), column(PLACE, "f"), copy=False))

    def _days(self, group: DayColumns) -> exp.Select:
        """What each day's rows add, by delivered day, subject and day of the time by which they count."""
        rows, spell, subject, day = group.rows, self.session.spell, group.subject(), group.day()
        if FILE not in rows.known.stairs.heights:
            rows.known.stairs.first.append("expressions", aliased(column(FILE), FILE))
            rows.known.stairs.heights[FILE] = 0
        top = rows.stairs.top
        keys = [column(PARTITION, "f"), subject, day]
        sums = [aliased(spell.narrowed(filtered(spell.total(item.value), item.entering)), item.name) for item in group.columns.values()]
        items = [aliased(tree, name) for tree, name in zip(keys, (PARTITION, SUBJECT, DAY), strict=True)]
        select = exp.Select(expressions=[*items, *sums]).from_(relation(top)).where(every([given(subject), given(day)]), copy=False)
        select.append("joins", self._of_files(column(FILE, top)))
        return with_needed(select.group_by(*keys, copy=False), rows.populations.chains())

    def _of_files(self, file: Tree) -> exp.Join:
        return exp.Join(this=relation(FILES, "f"), on=binary(exp.EQ, file, column(FILE, "f")))

    def _facts(self) -> exp.Select:
        """Rows, days on which they happen, and the dates between which what is known of them is the same, by delivered day."""
        spell, versions = self.session.spell, self.versions
        happens = versions.day(versions.happens)
        turns = [versions.stairs.share(binary(exp.Add, versions.day(name), spell.integer(1))) for name in (versions.happens, *versions.switches)]
        d = spell.integer(self.as_of)
        before = [spell.highest(cases([(binary(exp.LTE, turn, d), turn)], None)) for turn in turns]
        after = [spell.lowest(cases([(binary(exp.GT, turn, d), turn)], None)) for turn in turns]
        items = [
            aliased(column(PARTITION, "f"), PARTITION),
            aliased(exp.Count(this=exp.Star()), ROWS),
            aliased(spell.lowest(happens), "first"),
            aliased(spell.highest(happens), "last"),
            aliased(call("greatest", *before), "since"),
            aliased(call("least", *after), "until"),
        ]
        return self._over(items, [column(PARTITION, "f")])

    def _over(self, items: Sequence[exp.Expr], keys: Sequence[Tree], condition: Tree | None = None) -> exp.Select:
        top = self.versions.stairs.top
        select = exp.Select(expressions=list(items)).from_(relation(top))
        select.append("joins", self._of_files(column(FILE, top)))
        if condition is not None:
            select.where(condition, copy=False)
        return with_needed(select.group_by(*keys, copy=False) if keys else select, self.versions.stairs.chain())

    def _keys(self) -> exp.Query:
        key = column(self.clean.columns[self.kept.key].name)
        found = self._over([aliased(column(PARTITION, "f"), PARTITION), aliased(key, KEY), aliased(hash_of(key), HASH)], [])
        if self.rejected is None:
            return found
        items = [column(PARTITION, "f"), column(KEY, "b"), aliased(hash_of(column(KEY, "b")), HASH)]
        bad = exp.Select(expressions=items).from_(self.rejected.keys.subquery("b"))
        bad.append("joins", self._of_files(column(FILE, "b")))
        return exp.Union(this=found, expression=bad, distinct=False)

    def _subjects(self) -> exp.Select:
        """How many rows each subject has, known or not."""
        found = next((item.name for item in self.kept.table.columns if item.role == "subject"), None)
        subject: Tree = exp.Cast(this=exp.Null(), to=exp.DataType.build("TEXT")) if found is None else column(self.clean.columns[found].name)
        items = [aliased(column(PARTITION, "f"), PARTITION), aliased(subject, SUBJECT), aliased(exp.Count(this=exp.Star()), ROWS)]
        return self._over(items, [column(PARTITION, "f"), exp.Literal.number(2)], given(subject))

    def _references(self) -> exp.Query:
        """The different values of each reference."""
        united: exp.Query | None = None
        for index, item in enumerate(self.kept.table.columns):
            if item.refers_to:
                value = column(self.clean.columns[item.name].name)
                items = [aliased(column(PARTITION, "f"), PARTITION), aliased(exp.Literal.number(index), COLUMN), aliased(value, VALUE)]
                part = self._over(items, [column(PARTITION, "f"), value.copy()], given(value.copy()))
                united = (
                    part
                    if united is None
                    else exp.Union(this=united, expression=exp.Select(expressions=[exp.Star()]).from_(part.subquery("p")), distinct=False)
                )
        if united is None:
            return exp.Select(
                expressions=[aliased(exp.Literal.string(""), PARTITION), aliased(exp.Literal.number(0), COLUMN), aliased(exp.Literal.string(""), VALUE)]
            ).where(exp.Boolean(this=False))
        return united


def can_name(plan: Plan, table: str) -> bool:
    """Whether the state knows which subjects a table's rows name."""
    found = next(item for item in plan.events.tables if item.name == table)
    return names_by_day(plan, table) and not found.subject_through and not any(item.refers_to and not item.type.optional for item in found.columns)


def spans_of(columns: Sequence[WindowColumn]) -> list[Span]:
    """The different spans."""
    return list(dict.fromkeys(item.span for item in columns))
