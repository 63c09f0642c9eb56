"""Where the tables of a test stand on each engine: Arrow tables become tables there, or Parquet where the engine reads it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa
import pyarrow.csv
import pytest
from attrs import frozen
from pyarrow import parquet

from pingfen.engines import EngineRequest
from pingfen.engines.request import EngineName

from .postgres import PLAIN, PostgresServer

ENGINES: tuple[EngineName, ...] = ("duckdb", "spark", "postgres", "clickhouse")


class Home(Protocol):
    """One engine with room for a test's tables."""

    @property
    def engine(self) -> EngineName:
        """The engine's name."""

    def keep(self, name: str, table: pa.Table) -> str:
        """Make a table of the rows; how to name it to the runner."""

    def connection(self) -> dict[str, Any]:
        """The arguments of a request that lead to the engine."""

    def read(self, name: str) -> pa.Table:
        """The rows of a table."""

    def names(self) -> set[str]:
        """The tables that are there."""


@frozen
class DuckDBHome:
    """A database file."""

    path: Path
    engine: EngineName = "duckdb"

    def keep(self, name: str, table: pa.Table) -> str:
        with duckdb.connect(str(self.path)) as connection:
            connection.register("given_rows", table)
            connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM given_rows')
        return f'"{name}"'

    def connection(self) -> dict[str, Any]:
        return {"dsn": str(self.path)}

    def read(self, name: str) -> pa.Table:
        with duckdb.connect(str(self.path)) as connection:
            return connection.sql(f'SELECT * FROM "{name}"').to_arrow_table()

    def names(self) -> set[str]:
        with duckdb.connect(str(self.path)) as connection:
            return {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}


@frozen
class SparkHome:
    """Partless Parquet files in a folder, and the catalog of a session."""

    session: Any
    folder: Path
    engine: EngineName = "spark"

    def keep(self, name: str, table: pa.Table) -> str:
        path = self.folder / f"{name}.parquet"
        parquet.write_table(table, path)
        return str(path)

    def connection(self) -> dict[str, Any]:
        return {"session": self.session}

    def read(self, name: str) -> pa.Table:
        self.session.catalog.refreshTable(name)  # a session remembers the files that a table had
        return self.session.table(name).toArrow()

    def names(self) -> set[str]:
        return {row.tableName for row in self.session.sql("SHOW TABLES").collect() if not row.isTemporary}


@frozen
class PostgresHome:
    """A schema of its own in a database of the server."""

    server: PostgresServer
    schema: str
    database: str = PLAIN
    engine: EngineName = "postgres"

    def keep(self, name: str, table: pa.Table) -> str:
        columns = ", ".join(f'"{field.name}" {_postgres_type(field.type)}' for field in table.schema)
        sink = pa.BufferOutputStream()
        pa.csv.write_csv(table, sink, pa.csv.WriteOptions(include_header=False))
        with self.server.connect(self.database) as connection:
            connection.execute(f'CREATE TABLE {self.schema}."{name}" ({columns})')
            with connection.cursor().copy(f'COPY {self.schema}."{name}" FROM STDIN (FORMAT csv)') as copy:
                copy.write(sink.getvalue().to_pybytes())
            connection.execute(f'ANALYZE {self.schema}."{name}"')
        return f'{self.schema}."{name}"'

    def connection(self) -> dict[str, Any]:
        return {"dsn": self.server.dsn(self.database)}

    def read(self, name: str) -> pa.Table:
        with self.server.connect(self.database) as connection:
            cursor = connection.execute(f'SELECT * FROM {self.schema}."{name}"')
            return pa.Table.from_pylist([dict(zip([item.name for item in cursor.description], row, strict=True)) for row in cursor.fetchall()])

    def names(self) -> set[str]:
        with self.server.connect(self.database) as connection:
            return {row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [self.schema]).fetchall()}


def _postgres_type(kind: pa.DataType) -> str:
    if pa.types.is_timestamp(kind):
        return "timestamptz" if kind.tz else "timestamp"
    if pa.types.is_decimal(kind):
        return f"numeric({kind.precision}, {kind.scale})"
    return {"int64": "bigint", "string": "text", "bool": "boolean", "date32[day]": "date", "double": "double precision"}[str(kind)]


@frozen
class ClickHouseHome:
    """A database of its own in the session."""

    session: Any
    database: str
    folder: Path
    engine: EngineName = "clickhouse"

    def keep(self, name: str, table: pa.Table) -> str:
        path = self.folder / f"{name}.parquet"
        parquet.write_table(table, path)
        self.session.query(f"CREATE TABLE {self.database}.\"{name}\" ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('{path}', Parquet)")
        return f'{self.database}."{name}"'

    def connection(self) -> dict[str, Any]:
        return {"session": self.session}

    def read(self, name: str) -> pa.Table:
        data = self.session.query(f'SELECT * FROM {self.database}."{name}"', "ArrowStream").bytes()
        return pa.ipc.open_stream(pa.py_buffer(data)).read_all()

    def names(self) -> set[str]:
        listed = self.session.query(f"SELECT name FROM system.tables WHERE database = '{self.database}'", "TabSeparated").bytes().decode()
        return set(listed.split())


@contextmanager
def home_of(engine: EngineName, request: pytest.FixtureRequest, folder: Path) -> Iterator[Home]:
    """A home on an engine, started if need be, whose tables go when the block ends."""
    called = f"home_{os.urandom(4).hex()}"
    match engine:
        case "duckdb":
            duckdb.connect(str(folder / "shop.duckdb")).close()
            yield DuckDBHome(folder / "shop.duckdb")
        case "spark":
            yield SparkHome(request.getfixturevalue("spark").session(), folder)
        case "postgres":
            server: PostgresServer = request.getfixturevalue("postgres")
            with server.connect() as connection:
                connection.execute(f"CREATE SCHEMA {called}")
                try:
                    yield PostgresHome(server, called)
                finally:
                    connection.execute(f"DROP SCHEMA {called} CASCADE")
        case "clickhouse":
            session = request.getfixturevalue("clickhouse")
            session.query(f"CREATE DATABASE {called}")
            try:
                yield ClickHouseHome(session, called, folder)
            finally:
                session.query(f"DROP DATABASE {called} SYNC")


def each_engine(*engines: EngineName) -> list[Any]:
    """The engines as parameters of a test, each in the group of its server."""
    return [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in engines or ENGINES]


def request_on(home: Home, events: dict[str, str], as_of: Any, **others: Any) -> EngineRequest:
    """A request on an engine."""
    return EngineRequest(home.engine, events, as_of, **home.connection(), **others)
