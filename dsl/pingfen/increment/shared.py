"""The sums of a range of dates: one scan of each table says what every date adds to the sums of the date before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import Factory, define, field, frozen
from sqlglot import exp

from ..plan.events import Aggregate, Table
from ..plan.expressions import ColumnRead, Expression
from ..plan.ruleset import Plan
from ..sql.clean import CleanTable
from ..sql.metrics import Parts
from ..sql.populations import PopulationRows, Populations
from ..sql.rows import KnownTables
from ..sql.stairs import with_needed
from ..sql.subjects import SUBJECT
from ..sql.trees import Tree, aliased, binary, cases, column, filtered, given, relation
from ..warehouse.session import Session
from .columns import DayColumns, Span, day_of
from .sharing import Reason, Sharing, sharing_of
from .versions import SIGN, Versions
from .versions import SINCE as KNOWN_SINCE
from .weights import DATE, DAY, SINCE, changes, first_day


@frozen
class Added:
    """A relation of what each date adds to the sums over a table: `date`, `subject` and the columns."""

    table: str
    relation: str
    columns: tuple[str, ...]


@define(eq=False)
class SharedSums:
    """The columns that are sums over days, by table; `dates` follow one another."""

    plan: Plan
    session: Session
    clean: Mapping[str, CleanTable]
    dates: Sequence[int]
    plain: Populations = field(init=False)
    groups: dict[tuple[str, Expression, tuple[str, ...]], DayColumns] = Factory(dict)
    sharing: dict[Aggregate, Sharing] = Factory(dict)
    versions: dict[tuple[str, tuple[str, ...]], str] = Factory(dict)

    def __attrs_post_init__(self) -> None:
        self.plain = self._populations(dict(self.clean))

    def is_shared(self, aggregate: Aggregate) -> bool:
        """Whether an aggregate is a sum over days."""
        return not self.reasons_of(aggregate)

    def reasons_of(self, aggregate: Aggregate) -> list[Reason]:
        """Why an aggregate is counted anew for each date; an attribute that is not dated says the same on every date of a range."""
        if aggregate not in self.sharing:
            self.sharing[aggregate] = sharing_of(self.plan, aggregate)
        return [reason for reason in self.sharing[aggregate].reasons if reason != "an attribute"]

    def parts_of(self, aggregate: Aggregate) -> Parts:
        """The columns of a shared aggregate."""
        return self._group(aggregate, self.sharing[aggregate].switches).parts_of(aggregate)

    def keep(self, naming: Sequence[str]) -> list[Added]:
        """Make the relations of what each date adds; for the tables `naming` also the subjects that their rows name, on the first of the dates on which they
        are known."""
        made = []
        for index, ((table, _, switches), group) in enumerate(self.groups.items()):
            made.append(Added(table, f"added_{index}", tuple(item.name for item in group.windows.values())))
            self.session.keep(made[-1].relation, self._added(group, index, switches))
        for index, name in enumerate(naming):
            made.append(Added(name, f"named_{index}", ()))
            self.session.keep(made[-1].relation, self._named(next(item for item in self.plan.events.tables if item.name == name)))
        return made

    def _group(self, aggregate: Aggregate, switches: tuple[str, ...]) -> DayColumns:
        key = aggregate.table, aggregate.by, switches
        if key not in self.groups:
            populations = self.plain if not switches else self._populations({**self.clean, aggregate.table: self._versions(aggregate.table, switches)})
            self.groups[key] = DayColumns(populations.rows_of(aggregate.table), aggregate.by, f"p{len(self.groups)}")
        return self.groups[key]

    def _populations(self, clean: dict[str, CleanTable]) -> Populations:
        attributes = tuple(each.name for each in self.plan.record.subject.attributes)
        return Populations(KnownTables(self.plan.events, self.session.spell, self.dates[-1], clean, attributes))

    def _versions(self, table: str, switches: tuple[str, ...]) -> CleanTable:
        if (table, switches) not in self.versions:
            found = next(item for item in self.plan.events.tables if item.name == table)
            made = Versions(self.session.spell, self.plan.events.zone, found, self.clean[table], switches, self.dates)
            called = f"versions_{len(self.versions)}"
            self.session.view(called, made.select())
            self.versions[table, switches] = called
        return CleanTable(self.versions[table, switches], self.clean[table].columns)

    def _added(self, group: DayColumns, index: int, switches: tuple[str, ...]) -> exp.Select:
        spans = list(dict.fromkeys(item.span for item in group.windows.values()))
        arriving = not group.by_happens or bool(switches) or bool(_references(group.rows.table))
        self.session.connection.register(f"changes_{index}", changes(spans, self.dates, since=arriving))
        self.session.keep(f"weights_{index}", exp.Select(expressions=[exp.Star()]).from_(relation(f"changes_{index}")))
        rows, subject = group.rows, group.subject()
        matched = [binary(exp.EQ, self._clamped(group.day(), spans, rows), column(DAY, "w"))]
        sign: Tree | None = None
        if switches:
            since, sign = _passed_on(rows, KNOWN_SINCE), _passed_on(rows, SIGN)
            matched.append(binary(exp.EQ, since, column(SINCE, "w")))
        elif arriving:
            matched.append(binary(exp.EQ, self._since(rows), column(SINCE, "w")))
        spell = self.session.spell
        sums = []
        for item in group.windows.values():
            weight: Tree = column(f"w{spans.index(item.span)}", "w")
            value = binary(exp.Mul, item.days.value, weight if sign is None else binary(exp.Mul, weight, sign))
            sums.append(aliased(spell.narrowed(filtered(spell.total(value), item.days.entering)), item.name))
        select = exp.Select(expressions=[aliased(column(DATE, "w"), DATE), aliased(subject, SUBJECT), *sums]).from_(relation(rows.stairs.top))
        select.append("joins", exp.Join(this=relation(f"weights_{index}", "w"), on=_every(matched)))
        select.where(given(subject), copy=False)
        return with_needed(select.group_by(column(DATE, "w"), subject, copy=False), rows.populations.chains())

    def _clamped(self, day: Tree, spans: Sequence[Span], rows: PopulationRows) -> Tree:
        """The day, or the first one that is told apart where a window has no beginning."""
        if all(span.window.unit != "all" for span in spans):
            return day
        first = self.session.spell.integer(first_day(spans, self.dates))
        return rows.stairs.share(cases([(binary(exp.LT, day, first), first)], day))

    def _since(self, rows: PopulationRows) -> Tree:
        """The first of the dates on which a row is known: after it happened, and after all rows happened to which it must refer."""
        spell = self.session.spell
        since: Tree = spell.integer(self.dates[0])
        happens = next(item for item in rows.table.columns if item.role == "happens")
        times = [ColumnRead(happens.name, happens.type)]
        for reference, other in _references(rows.table):
            theirs = next(item for item in next(item for item in self.plan.events.tables if item.name == other).columns if item.role == "happens")
            times.append(ColumnRead(theirs.name, theirs.type, reference))
        for time in times:
            known = rows.stairs.share(binary(exp.Add, day_of(rows, time), spell.integer(1)))
            since = rows.stairs.share(spell.larger(since, known))
        return since

    def _named(self, table: Table) -> exp.Select:
        """Each subject that a table's rows name, on the first of the dates on which it is known."""
        rows = self.plain.rows_of(table.name)
        subject = rows.lifted(rows.known.subject())
        first = aliased(self.session.spell.lowest(self._since(rows)), DATE)
        select = exp.Select(expressions=[first, aliased(subject, SUBJECT)]).from_(relation(rows.stairs.top)).where(given(subject))
        return with_needed(select.group_by(subject, copy=False), self.plain.chains())


def _references(table: Table) -> list[tuple[str, str]]:
    """The references that a row must have, and the tables they lead to."""
    return [(item.name, item.refers_to) for item in table.columns if item.refers_to and not item.type.optional]


def _passed_on(rows: PopulationRows, name: str) -> Tree:
    """A column of the relation of versions that the plan does not know."""
    if name not in rows.known.stairs.heights:
        rows.known.stairs.first.append("expressions", aliased(column(name), name))
        rows.known.stairs.heights[name] = 0
    return column(name)


def _every(conditions: Sequence[Tree]) -> Tree:
    tree = conditions[0]
    for condition in conditions[1:]:
        tree = exp.And(this=tree, expression=condition)
    return tree
