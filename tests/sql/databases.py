"""Typed tables made on a real engine from texts, and selects run on it: one class for each engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import duckdb
from attrs import Factory, define

Cells = Sequence[str | None]


class Database(Protocol):
    """One engine. A table is made of texts, each cast to its column's type by the engine."""

    name: str

    def make(self, table: str, columns: Mapping[str, str], rows: Sequence[Cells]) -> None:
        """Make or replace a table."""

    def run(self, statement: str) -> None:
        """Run a setting."""

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """The rows of a select."""


def _quoted(value: str | None) -> str:
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


@define
class DuckDBDatabase:
    """DuckDB in memory."""

    connection: Any = Factory(duckdb.connect)
    name: str = "duckdb"

    def make(self, table: str, columns: Mapping[str, str], rows: Sequence[Cells]) -> None:
        listed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self.connection.execute(f'CREATE OR REPLACE TABLE "{table}" ({listed})')
        if rows:
            self.connection.execute(f'INSERT INTO "{table}" VALUES ' + ", ".join(f"({', '.join(map(_quoted, row))})" for row in rows))

    def run(self, statement: str) -> None:
        self.connection.execute(statement)

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        return list(self.connection.execute(select).fetchall())


@define
class PostgresDatabase:
    """A database of PostgreSQL's server."""

    connection: Any
    name: str = "postgres"

    def make(self, table: str, columns: Mapping[str, str], rows: Sequence[Cells]) -> None:
        listed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self.connection.execute(f'DROP TABLE IF EXISTS "{table}"')
        self.connection.execute(f'CREATE TABLE "{table}" ({listed})')
        if rows:
            self.connection.execute(f'INSERT INTO "{table}" VALUES ' + ", ".join(f"({', '.join(map(_quoted, row))})" for row in rows))

    def run(self, statement: str) -> None:
        self.connection.execute(statement)

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        return list(self.connection.execute(select).fetchall())


@define
class ClickHouseDatabase:
    """A chdb session. A column without missing values cannot hold NULL, as in tables that people make."""

    session: Any
    name: str = "clickhouse"

    def make(self, table: str, columns: Mapping[str, str], rows: Sequence[Cells]) -> None:
        lacking = {column for index, column in enumerate(columns) if not rows or any(row[index] is None for row in rows)}
        plain = {column for column, kind in columns.items() if kind.startswith(("Nullable", "LowCardinality")) or column not in lacking}
        kinds = {column: kind if column in plain else f"Nullable({kind})" for column, kind in columns.items()}
        listed = ", ".join(f"`{column}` {kind}" for column, kind in kinds.items())
        self.session.query(f"CREATE OR REPLACE TABLE `{table}` ({listed}) ENGINE = Memory")
        if rows:
            texts = ", ".join(f"t{index} Nullable(String)" for index in range(len(kinds)))
            cast = ", ".join(f"CAST(t{index} AS {kind})" for index, kind in enumerate(kinds.values()))
            values = ", ".join(f"({', '.join(map(_quoted, row))})" for row in rows)
            self.session.query(f"INSERT INTO `{table}` SELECT {cast} FROM values('{texts}', {values})")

    def run(self, statement: str) -> None:
        self.session.query(statement)

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        import pyarrow as pa

        data = self.session.query(select, "ArrowStream").bytes()
        found = pa.ipc.open_stream(pa.py_buffer(data)).read_all() if data else pa.table({})
        return [tuple(row.values()) for row in found.to_pylist()]


@define
class SparkDatabase:
    """A Spark session; tables are temporary views."""

    session: Any
    name: str = "spark"

    def make(self, table: str, columns: Mapping[str, str], rows: Sequence[Cells]) -> None:
        texts = self.session.createDataFrame([tuple(row) for row in rows], ", ".join(f"t{index} string" for index in range(len(columns))))
        cast = [f"CAST(t{index} AS {kind}) AS `{column}`" for index, (column, kind) in enumerate(columns.items())]
        texts.selectExpr(*cast).createOrReplaceTempView(f"`{table}`")

    def run(self, statement: str) -> None:
        self.session.sql(statement)

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.session.sql(select).collect()]
