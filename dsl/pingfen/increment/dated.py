"""The sums of one date of a range: those that are shared, as they stand on that date, and those that are counted anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from attrs import Factory, define
from sqlglot import exp

from ..plan.events import Aggregate
from ..plan.ruleset import Plan
from ..sql.clean import CleanTable
from ..sql.dialect import Dialect
from ..sql.metrics import Parts, Sums, TableSums
from ..sql.populations import Populations
from ..sql.rows import KnownTables
from ..sql.subjects import SUBJECT
from ..sql.trees import aliased, binary, column, relation


class Shares(Protocol):
    """Sums that are made in another way, and the aggregates that they are made for."""

    def is_shared(self, aggregate: Aggregate) -> bool:
        """Whether an aggregate is one of them."""

    def parts_of(self, aggregate: Aggregate) -> Parts:
        """The columns of one of them."""


@define(eq=False)
class DatedTable(TableSums):
    """The sums over one table as of a date; `shared` are the columns that are not counted by its select."""

    shared: set[str] = Factory(set)

    def remember(self, name: str) -> None:
        """Let the scorecards read a shared column."""
        if name not in self.shared:
            self.shared.add(name)
            self.columns[f"shared {name}"] = (name, column(name))

    @property
    def counted(self) -> list[str]:
        """The columns that are counted anew."""
        return [name for name, _ in self.columns.values() if name not in self.shared]

    def select(self) -> exp.Select:
        """One row a subject that the known rows name, with the columns that are counted anew."""
        kept = self.columns
        self.columns = {key: item for key, item in kept.items() if item[0] not in self.shared}
        try:
            return super().select()
        finally:
            self.columns = kept


@define(eq=False)
class DatedSums(Sums):
    """The sums over every table as of a date."""

    shared: Shares | None = None

    def of_table(self, table: str) -> DatedTable:
        """The sums over one table."""
        made = self.tables.get(table)
        if made is None:
            rows = self.populations.rows_of(table)
            made = self.tables[table] = DatedTable(rows, rows.known.index)
        assert isinstance(made, DatedTable)
        return made

    def parts_of(self, aggregate: Aggregate) -> Parts:
        """The columns of one aggregate."""
        table = self.of_table(aggregate.table)
        if self.shared is None or not self.shared.is_shared(aggregate):
            return table.parts_of(aggregate)
        parts = self.shared.parts_of(aggregate)
        for name in (parts.numerator, parts.denominator, parts.entered):
            if name is not None:
                table.remember(name)
        return parts


def dated_sums(plan: Plan, as_of: int, clean: Mapping[str, CleanTable], shared: Shares, spell: Dialect) -> DatedSums:
    """The sums as of a date, of which none is asked for yet."""
    attributes = tuple(each.name for each in plan.record.subject.attributes)
    return DatedSums(Populations(KnownTables(plan.events, spell, as_of, dict(clean), attributes)), shared=shared)


def standing(table: DatedTable, running: str, again: str, base: str) -> exp.Select:
    """The sums of a table for the subjects of the relation `base`: what was counted `again`, with what stands in `running`."""
    sides = {name: running if name in table.shared else again for name, _ in table.columns.values()}
    items = [aliased(column(SUBJECT, base), SUBJECT), *(aliased(column(name, side), name) for name, side in sides.items())]
    select = exp.Select(expressions=items).from_(relation(base))
    other = running if base == again else again
    condition = binary(exp.EQ, column(SUBJECT, base), column(SUBJECT, other))
    select.append("joins", exp.Join(this=relation(other), side="LEFT", on=condition))
    return select
