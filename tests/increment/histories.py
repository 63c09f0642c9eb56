"""Random histories of deliveries: days that are new, delivered again, emptied or skipped; what the latest days hold is always known."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
from attrs import Factory, define

from pingfen.plan.events import Table
from pingfen.plan.ruleset import Plan

from ..clean import Clean
from ..paths import Tables
from ..strategies import Chooser
from ..warehouse_path import arrow_table
from .data import date_of

Rows = list[dict[str, Clean]]


@define
class History:
    """The latest rows of each table and day, and the folders they are delivered in."""

    plan: Plan
    folder: Path
    days: dict[str, dict[str, Rows]] = Factory(dict)

    def deliver(self, table: Table, day: int, rows: Rows) -> None:
        """Deliver a day, in place of what was delivered of it before; without rows as an empty folder."""
        name = date_of(day).isoformat()
        self.days.setdefault(table.name, {})[name] = rows
        folder = self.folder / table.name / f"day={name}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        if rows:
            kinds = {column.name: column.type for column in table.columns if column.computed is None}
            pa.parquet.write_table(arrow_table(kinds, rows), folder / f"rows-{len(rows)}.parquet")

    @property
    def sources(self) -> dict[str, Path]:
        """The folder of each table."""
        for table in self.plan.events.tables:
            (self.folder / table.name).mkdir(parents=True, exist_ok=True)
        return {table.name: self.folder / table.name for table in self.plan.events.tables}

    def latest(self) -> Mapping[str, Rows]:
        """All rows of the latest days."""
        return {table.name: [row for rows in self.days.get(table.name, {}).values() for row in rows] for table in self.plan.events.tables}


def split(tables: Tables, table: Table) -> dict[int, Rows]:
    """Rows by the day on which they happen (in UTC: the days of deliveries need not be those of windows)."""
    happens = next(column.name for column in table.columns if column.role == "happens")
    found: dict[int, Rows] = {}
    for row in tables.events.get(table.name, ()):
        time = row[happens]
        assert isinstance(time, int)
        found.setdefault(time // 86400, []).append(row)
    return found


def move_a_row(chooser: Chooser, days: dict[int, Rows]) -> None:
    """A row comes late: it is delivered on another day than it happens."""
    filled = [day for day, rows in days.items() if rows]
    if len(filled) > 1:
        row = days[filled[0]].pop()
        days[chooser.pick(filled[1:])].append(row)
