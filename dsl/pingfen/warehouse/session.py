"""One DuckDB connection with every setting that could change a result fixed, and a folder for what does not fit into memory."""

from __future__ import annotations

import tempfile
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
from .refusal import refuse

_SETTINGS = {
    "TimeZone": "UTC",
    "Calendar": "gregorian",
    "default_collation": "",
    "default_null_order": "nulls_last",
    "integer_division": "false",
    "preserve_insertion_order": "true",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_progress_bar": "false",
}


@frozen
class Session:
    """A connection, the engine's spelling, and a folder of its own that is removed at the end; `made` are the temporary tables and views."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    spell: Dialect = Factory(DuckDB)
    made: dict[str, str] = Factory(dict)

    def run(self, tree: exp.Expr) -> duckdb.DuckDBPyConnection:
        """Run a statement."""
        return self.connection.execute(self.spell.generate(tree))

    def arrow(self, tree: exp.Expr) -> pa.Table:
        """All rows of a select as an Arrow table."""
        return self.connection.sql(self.spell.generate(tree)).to_arrow_table()

    def rows(self, tree: exp.Expr) -> list[tuple[Any, ...]]:
        """All rows of a select."""
        return self.run(tree).fetchall()

    def keep(self, name: str, select: exp.Expr) -> None:
        """Make a temporary table of a select."""
        self._create("TABLE", name, select)

    def view(self, name: str, select: exp.Expr) -> None:
        """Make a temporary view of a select."""
        self._create("VIEW", name, select)

    def columns_of(self, tree: exp.Expr) -> list[tuple[str, str]]:
        """Names and engine types of a select's columns."""
        described = self.connection.execute(f"DESCRIBE {self.spell.generate(tree)}").fetchall()
        return [(str(row[0]), str(row[1])) for row in described]

    def _create(self, kind: str, name: str, select: exp.Expr) -> None:
        target = exp.Table(this=exp.to_identifier(name, quoted=True))
        if self.made.get(name, kind) != kind:
            self.connection.execute(f"DROP {self.made[name]} {self.spell.generate(target)}")  # neither is replaced by the other
        self.made[name] = kind
        properties = exp.Properties(expressions=[exp.TemporaryProperty()])
        self.run(exp.Create(this=target, kind=kind, expression=select, replace=True, properties=properties))


@contextmanager
def open_session(memory: str | None = None, threads: int | None = None) -> Iterator[Session]:
    """A session whose folder and connection end with the block. Raises RefusedDataError for a memory size that is none."""
    with tempfile.TemporaryDirectory(prefix="pingfen-") as folder:
        connection = duckdb.connect(":memory:")
        try:
            _settle(connection, folder, memory, threads)
            yield Session(connection, Path(folder))
        finally:
            connection.close()


def _settle(connection: duckdb.DuckDBPyConnection, folder: str, memory: str | None, threads: int | None) -> None:
    settings: dict[str, str] = {**_SETTINGS, "temp_directory": folder}
    if threads is not None:
        settings["threads"] = str(threads)
    for setting, value in settings.items():
        _set(connection, setting, value)
    if memory is not None:
        try:
            _set(connection, "memory_limit", memory)
        except duckdb.Error:
            raise refuse("bad-memory-size", size=memory) from None


def _set(connection: duckdb.DuckDBPyConnection, setting: str, value: str) -> None:
    statement = exp.Set(expressions=[exp.SetItem(this=exp.EQ(this=exp.to_identifier(setting), expression=exp.Literal.string(value)))])
    connection.execute(statement.sql(dialect="duckdb"))


def literals(values: Sequence[str]) -> exp.Array:
    """A list of text literals."""
    return exp.Array(expressions=[exp.Literal.string(value) for value in values])
