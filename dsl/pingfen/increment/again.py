"""What no sums of days say: metrics that are counted from the rows themselves, of which the days are read again that they look back on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import Factory, define
from sqlglot import exp

from ..calendar import window_days
from ..diagnostics.diagnostic import Diagnostic
from ..plan.events import Aggregate, EventPlan, First, Table
from ..plan.expressions import ColumnRead
from ..plan.ruleset import Plan
from ..sql.clean import CleanTable
from ..sql.scoring import Scoring
from ..warehouse.mapping import TableMapping
from ..warehouse.run import Run
from ..warehouse.session import Session
from ..warehouse.tables import event_columns
from .choosing import Chosen, still_there
from .dated import DatedSums, DatedTable
from .delivering import empty_of
from .kept import KeptShares, can_name, unopened
from .manifest import TableState
from .partitions import Partition
from .sharing import aggregates_of, becomes_known


@define(eq=False)
class Again:
    """The tables that are read again; `everything` says that all days are open already."""

    plan: Plan
    session: Session
    run: Run
    chosen: Mapping[str, Chosen]
    states: Mapping[str, TableState]
    shares: KeptShares
    everything: bool
    named: bool = False
    tables: list[str] = Factory(list)
    read: dict[str, int] = Factory(dict)
    opened: list[Partition] = Factory(list)

    def ask(self, sums: DatedSums, scoring: Scoring, *, named: bool) -> None:
        """Find the tables whose rows are needed; with `named` rows name the subjects."""
        self.named = named
        relations: set[str] = set()
        for name, table in scoring.tables.items():
            if self.counts(sums.of_table(table)):
                relations |= {item.name for item in scoring.sums[name].find_all(exp.Table)}
        self.tables = [table.name for table in self.plan.events.tables if f"clean_{table.name}" in relations]

    def counts(self, table: DatedTable) -> bool:
        """Whether something of a table is counted from its rows."""
        return bool(table.counted) or (self.named and not can_name(self.plan, table.rows.table.name))

    def open(self) -> None:
        """Open the days of the tables that are needed."""
        for name in self.tables:
            days = self._days(name)
            self.read[name] = len(days)
            if self.everything:
                continue
            self.run.request.progress(f"reading {len(days)} days of {name} again")
            paths: list[Path] = []
            for day in days:
                chosen = self.chosen[name]
                partition = chosen.partition(day)
                if day not in chosen.fresh and day not in chosen.named:
                    still_there(name, day, partition)
                self.opened.append(partition)
                paths += partition.paths
            table = _table(self.plan.events, name)
            mapping = self.run.mapping.events.get(name, TableMapping()) if paths else TableMapping()
            self.run.border.open(name, tuple(paths) or empty_of(table), event_columns(table), mapping)

    def clean(self) -> dict[str, CleanTable]:
        """The clean relations of all tables; those that nobody reads are not there."""
        opened = self.run.border.tables
        needed = [table.name for table in self.plan.events.tables] if self.everything else self.tables
        return {table.name: opened[table.name].clean if table.name in needed else unopened(table) for table in self.plan.events.tables}

    @property
    def notes(self) -> list[Diagnostic]:
        """Which metrics were counted from rows, and how many days were read for that."""
        found = []
        for metric in self.plan.events.metrics:
            reasons = [(self.shares.tables[item.table].sharing_of(item).of_day, item.table) for item in aggregates_of(metric)]
            for reason, table in [pair for pair in reasons if pair[0] is not None][:1]:
                told = {"metric": metric.name, "reason": str(reason), "table": table, "count": str(self.read.get(table, 0))}
                found.append(Diagnostic("metric-read-again", arguments=told))
        return found

    def _days(self, name: str) -> list[str]:
        """The days that rows may be of which are looked back on."""
        low = self._low(name)
        days = self.states[name].days
        return [day for day, held in days.items() if held.rows and (low is None or (held.last is not None and held.last >= low))]

    def _low(self, name: str) -> int | None:
        """The first day that is looked back on; None for all days, as where rows refer to rows of any day."""
        events, table = self.plan.events, _table(self.plan.events, name)
        refers = any(item.refers_to for item in table.columns) or any(item.refers_to == name for other in events.tables for item in other.columns)
        if refers or (self.named and not can_name(self.plan, name)):
            return None
        counted = [item for metric in events.metrics for item in aggregates_of(metric) if item.table == name and not self.shares.is_shared(item)]
        lows = [_first_day(events, table, item, self.run.as_of) for item in counted]
        found = [low for low in lows if low is not None]
        return min(found) if found and len(found) == len(lows) else None


def _first_day(events: EventPlan, table: Table, aggregate: Aggregate, as_of: int) -> int | None:
    """The first day on which rows happen that an aggregate looks at."""
    first, by = window_days(aggregate.window, as_of)[0], aggregate.by
    if first is None or not isinstance(by, ColumnRead) or by.through:
        return None
    column = next(item for item in table.columns if item.name == by.name)
    if column.computed is not None or column.available == "ahead" or becomes_known(column):
        return None
    back = _looking_back(events, table, aggregate.source)
    return None if back is None else first - back


def _looking_back(events: EventPlan, table: Table, source: str) -> int | None:
    """How many days before a row the steps of a population look, one more for the clock's changes; None for all."""
    population = next((item for item in events.populations if item.name == source), None)
    if population is None:
        return 0
    days = [_days_of(table, step) for step in population.steps if isinstance(step, First)]
    before = 0 if population.source == source else _looking_back(events, table, population.source)
    if before is None or any(day is None for day in days):
        return None
    return before + sum(day + 1 for day in days if day is not None)


def _days_of(table: Table, step: First) -> int | None:
    """How many days before a row its predecessors happen; by another time than that at which rows happen they may be of any day."""
    time = step.time
    ordered = isinstance(time, ColumnRead) and not time.through and any(item.role == "happens" and item.name == time.name for item in table.columns)
    return step.days if ordered else None


def _table(events: EventPlan, name: str) -> Table:
    return next(item for item in events.tables if item.name == name)
