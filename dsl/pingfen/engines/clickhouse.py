"""ClickHouse through chdb, in this process, over the folder of its data. A table is filled under another name, then takes its name in one step."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
from attrs import Factory, frozen
from pyarrow import parquet
from sqlglot import exp

from ..sql.clickhouse import ClickHouse
from ..sql.dialect import Dialect
from ..warehouse.footers import INSTANT, clocks_in
from ..warehouse.refusal import RefusedDataError, refuse
from .engine import FLEETING, Check, FoundTable, first_line, full_disk
from .folders import temporary_folder
from .parquet import files_of, is_path, parquet_pattern

_CODE = re.compile(r"Code: (\d+)")
_MISSING, _DENIED, _FULL, _MEMORY, _OURS = (60, 81), (497, 516, 192, 193, 164), (243, 412, 75, 76), (241,), (62, 47, 46, 43, 42)
_UNTRUE = (6, 41, 69, 70, 153, 321, 407)  # what cannot be read, converted or divided


@frozen
class ChdbEngine:
    """A session, and a database of its own for what a run leaves for a while; `fleeting` where all its data ends with the run."""

    session: Any
    scratch: str
    fleeting: bool = False
    spell: Dialect = Factory(ClickHouse)
    title: str = "ClickHouse"

    def find(self, name: str) -> FoundTable | None:
        if is_path(name):
            pattern = parquet_pattern(name)
            return None if pattern is None else self._viewed(pattern)
        table = _table(name)
        columns = self._columns(table)
        return FoundTable(table, columns) if columns else None

    def tables(self) -> Sequence[str]:
        named = "SELECT if(database = currentDatabase(), name, concat(database, '.', name)) FROM system.tables"
        return [row[0] for row in self.rows(f"{named} WHERE lower(database) NOT IN ('system', 'information_schema', '{self.scratch}') ORDER BY 1")]

    def settle(self, statements: Sequence[str]) -> None:
        for statement in statements:
            self.session.query(statement)

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        return [tuple(row.values()) for row in self.arrow(select).to_pylist()]

    def arrow(self, select: str) -> pa.Table:
        data = self.session.query(select, "ArrowStream").bytes()
        return pa.ipc.open_stream(pa.py_buffer(data)).read_all() if data else pa.table({})

    def refuse_fleeting(self, name: str) -> None:
        if self.fleeting:
            raise refuse("engine-refused", engine=self.title, reason=FLEETING)

    def keep_table(self, select: str, name: str, note: str, check: Check) -> int:
        target = _table(name).sql(dialect="clickhouse", identify=True)
        made = _table(f"{name}__{os.urandom(4).hex()}").sql(dialect="clickhouse", identify=True)
        said = exp.Literal.string(note).sql(dialect="clickhouse")
        try:
            self.session.query(f"CREATE TABLE {made} ENGINE = MergeTree ORDER BY tuple() COMMENT {said} AS {select}")
            count = int(self.rows(f"SELECT toInt64(count()) FROM {made}")[0][0])
            check(count)
            if self._columns(_table(name)):
                self.session.query(f"EXCHANGE TABLES {made} AND {target}")
            else:
                self.session.query(f"RENAME TABLE {made} TO {target}")
        finally:
            with suppress(RuntimeError):
                self.session.query(f"DROP TABLE IF EXISTS {made} SYNC")
        return count

    def keep_folder(self, select: str, folder: str, note: str, check: Check) -> int:
        with temporary_folder(Path(folder), note) as temporary:
            path = exp.Literal.string(str(temporary / "part-00000.parquet")).sql(dialect="clickhouse")
            self.session.query(f"{select} INTO OUTFILE {path} FORMAT Parquet")
            count = _rows_written(temporary / "part-00000.parquet")
            check(count)
            return count

    def refusal_of(self, failure: Exception) -> RefusedDataError | None:
        if isinstance(failure, pa.ArrowException):  # of a footer
            return refuse("engine-refused", engine=self.title, reason=first_line(failure))
        if not isinstance(failure, RuntimeError):
            return None
        found = _CODE.search(str(failure))
        code, reason = int(found[1]) if found else 0, _reason(failure)
        if code in _DENIED:
            return refuse("permission-denied", engine=self.title, reason=reason)
        if code in _FULL or full_disk(failure):
            return refuse("engine-full", engine=self.title, reason=reason)
        if code in _MEMORY:
            return refuse("engine-lost", engine=self.title, reason=reason)
        if code in _UNTRUE:
            return refuse("untrue-trust", reason=reason)
        return None if code in _OURS else refuse("engine-refused", engine=self.title, reason=reason)

    def _viewed(self, pattern: str) -> FoundTable:
        table = exp.table_(f"v{os.urandom(6).hex()}", self.scratch, quoted=True)
        path = exp.Literal.string(pattern).sql(dialect="clickhouse")
        self.session.query(f"CREATE VIEW {table.sql(dialect='clickhouse')} AS SELECT * FROM file({path}, 'Parquet')")
        # ClickHouse has no type for local times: it describes them as if they were in UTC
        columns = self._columns(table)
        clocks = clocks_in(files_of(pattern)) if "DateTime64" in str(columns) else {}
        local = {name: kind for name, kind in clocks.items() if name in columns and kind != INSTANT}
        return FoundTable(table, columns | local)

    def _columns(self, table: exp.Table) -> dict[str, str]:
        try:
            described = self.arrow(f"DESCRIBE TABLE {table.sql(dialect='clickhouse', identify=True)}")
        except RuntimeError as failure:
            found = _CODE.search(str(failure))
            if found and int(found[1]) in _MISSING:
                return {}
            raise
        return {row["name"]: row["type"] for row in described.to_pylist()}


@contextmanager
def open_clickhouse(dsn: str | None, session: Any) -> Iterator[ChdbEngine]:
    """A session over the folder `dsn` (or in memory without one) with a scratch database that is dropped at the end."""
    own = session is None
    opened = _opened(dsn) if own else session
    scratch = f"pingfen_{os.urandom(6).hex()}"
    opened.query(f"CREATE DATABASE {scratch}")
    try:
        yield ChdbEngine(opened, scratch, fleeting=own and dsn is None)
    finally:
        with suppress(RuntimeError):
            opened.query(f"DROP DATABASE IF EXISTS {scratch} SYNC")
        if own:
            opened.close()


def _opened(dsn: str | None) -> Any:
    try:
        from chdb.session import Session
    except ImportError as failure:
        raise refuse("engine-not-installed", engine="ClickHouse", package="chdb", extra="clickhouse", reason=first_line(failure)) from None
    if dsn is not None and not Path(dsn).is_dir():
        raise refuse("engine-unreachable", engine="ClickHouse", place=dsn, reason="there is no such folder")
    session: Any = Session
    try:
        return session() if dsn is None else session(dsn)
    except RuntimeError as failure:  # its own reason goes to the error stream alone
        reason = f"its data cannot be opened, perhaps because another process has it open ({_reason(failure)})"
        raise refuse("engine-unreachable", engine="ClickHouse", place=dsn or "memory", reason=reason) from None


def _rows_written(path: Path) -> int:
    """The rows of a file, whose footer comes last: the engine says nothing where the disk was full."""
    try:
        return int(parquet.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError):
        raise refuse("engine-full", engine="ClickHouse", reason="the file that it wrote is cut short") from None


def _table(name: str) -> exp.Table:
    return exp.to_table(name, dialect="clickhouse")


def _reason(failure: Exception) -> str:
    """Its first words; where they only lead to others, as for a table whose columns are not known, those."""
    first, *others = [line for line in str(failure).splitlines() if line.strip()] or [""]
    told = others[0] if others and first.endswith("Error:") else first or failure
    return first_line(told).split("DB::Exception: ")[-1]
