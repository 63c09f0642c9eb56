"""A DuckDB database: the file of its tables. A run is one transaction; the table that it makes appears when it commits, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from attrs import Factory, frozen
from sqlglot import exp

from ..sql.dialect import Dialect
from ..sql.duckdb import DuckDB
from ..warehouse.footers import kinds_with_clocks
from ..warehouse.refusal import RefusedDataError, refuse
from .engine import FLEETING, Check, FoundTable, first_line, full_disk
from .folders import temporary_folder
from .parquet import files_of, is_path, parquet_pattern

_OURS = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException, duckdb.SyntaxException, duckdb.InternalException)


@frozen
class Database:
    """A connection in a transaction; `fleeting` where its database ends with the run."""

    connection: duckdb.DuckDBPyConnection
    fleeting: bool = False
    spell: Dialect = Factory(DuckDB)
    title: str = "DuckDB"

    def find(self, name: str) -> FoundTable | None:
        if is_path(name):
            pattern = parquet_pattern(name)
            return None if pattern is None else self._described(_read_parquet(pattern), tuple(files_of(pattern)))
        table = exp.to_table(name, dialect="duckdb")
        schema = exp.Literal.string(table.db).sql() if table.db else "current_schema()"
        known = f"SELECT 1 FROM information_schema.tables WHERE lower(table_name) = lower({exp.Literal.string(table.name).sql()}) AND table_schema = {schema}"
        return self._described(table) if self.rows(known) else None

    def tables(self) -> Sequence[str]:
        named = "SELECT CASE WHEN table_schema = current_schema() THEN table_name ELSE table_schema || '.' || table_name END"
        return [row[0] for row in self.rows(f"{named} FROM information_schema.tables ORDER BY 1")]

    def settle(self, statements: Sequence[str]) -> None:
        for statement in ("SET TimeZone = 'UTC'", *statements):
            self.connection.execute(statement)

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(select).fetchall()

    def arrow(self, select: str) -> pa.Table:
        return self.connection.sql(select).to_arrow_table()

    def refuse_fleeting(self, name: str) -> None:
        if self.fleeting:
            raise refuse("engine-refused", engine=self.title, reason=FLEETING)

    def keep_table(self, select: str, name: str, note: str, check: Check) -> int:
        target = exp.to_table(name, dialect="duckdb").sql(dialect="duckdb", identify=True)
        self.connection.execute(f"CREATE OR REPLACE TABLE {target} AS {select}")
        self.connection.execute(f"COMMENT ON TABLE {target} IS {exp.Literal.string(note).sql(dialect='duckdb')}")
        count = int(self.rows(f"SELECT count(*) FROM {target}")[0][0])
        check(count)
        self.connection.execute("COMMIT")
        self.connection.execute("BEGIN")
        return count

    def keep_folder(self, select: str, folder: str, note: str, check: Check) -> int:
        with temporary_folder(Path(folder), note) as temporary:
            path = exp.Literal.string(str(temporary / "part-00000.parquet")).sql(dialect="duckdb")
            count = int(self.rows(f"COPY ({select}) TO {path} (FORMAT parquet, COMPRESSION zstd)")[0][0])
            check(count)
            return count

    def refusal_of(self, failure: Exception) -> RefusedDataError | None:
        if not isinstance(failure, duckdb.Error):
            return None
        reason = first_line(failure)
        if isinstance(failure, duckdb.OutOfMemoryException) or full_disk(failure):
            return refuse("engine-full", engine=self.title, reason=reason)
        if isinstance(failure, duckdb.DataError):
            return refuse("untrue-trust", reason=reason)
        return None if isinstance(failure, _OURS) else refuse("engine-refused", engine=self.title, reason=reason)

    def _described(self, table: exp.Table, files: Sequence[str] = ()) -> FoundTable:
        described = self.connection.execute(f"DESCRIBE SELECT * FROM {table.sql(dialect='duckdb', identify=True)}").fetchall()
        return FoundTable(table, kinds_with_clocks({str(row[0]): str(row[1]) for row in described}, files))


def _read_parquet(pattern: str) -> exp.Table:
    return exp.Table(this=exp.Anonymous(this="read_parquet", expressions=[exp.Literal.string(pattern)]))


@contextmanager
def open_duckdb(dsn: str | None, connection: Any) -> Iterator[Database]:
    """A transaction over the database file `dsn`. What it did and did not commit is undone at the end."""
    opened = connection if connection is not None else _connected(dsn)
    opened.execute("BEGIN")
    try:
        yield Database(opened, fleeting=connection is None and dsn is None)
    finally:
        opened.execute("ROLLBACK")
        if connection is None:
            opened.close()


def _connected(dsn: str | None) -> duckdb.DuckDBPyConnection:
    if dsn is None:
        return duckdb.connect(":memory:")
    if not Path(dsn).is_file():
        raise refuse("engine-unreachable", engine="DuckDB", place=dsn, reason="there is no such database file")
    try:
        return duckdb.connect(dsn)
    except duckdb.Error as failure:
        raise refuse("engine-unreachable", engine="DuckDB", place=dsn, reason=first_line(failure)) from None
