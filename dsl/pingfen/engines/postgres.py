"""PostgreSQL through psycopg. A run is one transaction that sees one state of the data; the table that it makes appears when it commits, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv
from attrs import Factory, frozen
from sqlglot import exp

from ..sql.dialect import Dialect
from ..sql.postgres import PostgreSQL
from ..warehouse.refusal import RefusedDataError, refuse
from .engine import Check, FoundTable, first_line

if TYPE_CHECKING:
    import psycopg

_DESCRIBE = """
SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.oid = to_regclass(%s) ORDER BY a.attnum
"""
_TABLES = """
SELECT CASE WHEN pg_table_is_visible(c.oid) THEN c.relname ELSE n.nspname || '.' || c.relname END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""
_FULL, _LOST = ("53100", "53400", "58030"), ("57P01", "57P02", "57P03", "57014", "53200", "08006", "08003")


@frozen
class Postgres:
    """A connection in a transaction of its own."""

    connection: psycopg.Connection[Any]
    spell: Dialect = Factory(PostgreSQL)
    title: str = "PostgreSQL"

    def find(self, name: str) -> FoundTable | None:
        found = self.connection.execute(_DESCRIBE, [name]).fetchall() if _is_name(name) else []
        if not found:
            return None
        schema, table = found[0][:2]
        return FoundTable(exp.table_(table, schema, quoted=True), {column: kind for _, _, column, kind in found})

    def tables(self) -> Sequence[str]:
        return [row[0] for row in self.connection.execute(_TABLES).fetchall()]

    def settle(self, statements: Sequence[str]) -> None:
        for statement in ("SET LOCAL TimeZone = 'UTC'", "SET LOCAL jit = off", *statements):
            self._run(statement)

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._run(select).fetchall()
        return found

    def arrow(self, select: str) -> pa.Table:
        described = self._run(f"SELECT * FROM ({select}) AS s LIMIT 0").description or []
        kinds = {item.name: _ARROW.get(item.type_display, pa.string()) for item in described}
        with self.connection.cursor().copy(f"COPY ({select}) TO STDOUT (FORMAT csv, HEADER true)".encode()) as copied:
            return _read_csv(b"".join(bytes(block) for block in copied), kinds)

    def refuse_fleeting(self, name: str) -> None:
        """A server keeps every table."""

    def keep_table(self, select: str, name: str, note: str, check: Check) -> int:
        target = exp.to_table(name, dialect="postgres").sql(dialect="postgres", identify=True)
        self._run(f"DROP TABLE IF EXISTS {target}")
        made: int = self._run(f"CREATE TABLE {target} AS {select}").rowcount
        check(made)
        self._run(f"COMMENT ON TABLE {target} IS {exp.Literal.string(note).sql(dialect='postgres')}")
        self.connection.commit()
        return made

    def keep_folder(self, select: str, folder: str, note: str, check: Check) -> int:
        raise refuse("engine-refused", engine=self.title, reason="it writes no Parquet; write a table with `--into`, or a file that is fetched")

    def refusal_of(self, failure: Exception) -> RefusedDataError | None:
        import psycopg

        if not isinstance(failure, psycopg.Error):
            return None
        state, reason = failure.sqlstate or "", first_line(failure)
        if state == "42501":
            return refuse("permission-denied", engine=self.title, reason=reason)
        if state in _FULL:
            return refuse("engine-full", engine=self.title, reason=reason)
        if state in _LOST or self.connection.broken:
            return refuse("engine-lost", engine=self.title, reason=reason)
        if state[:2] == "22":
            return refuse("untrue-trust", reason=reason)
        return None if state in ("42601", "42883", "42P01", "42703") else refuse("engine-refused", engine=self.title, reason=reason)

    def _run(self, statement: str) -> Any:
        return self.connection.execute(statement.encode())


@contextmanager
def open_postgres(dsn: str | None, connection: Any) -> Iterator[Postgres]:
    """A connection in a transaction that sees one state of the data. What it did and did not commit is undone at the end."""
    if connection is not None:
        yield from _in_transaction(connection)
        return
    with _connected(dsn) as own:
        yield from _in_transaction(own)


def _in_transaction(connection: Any) -> Iterator[Postgres]:
    import psycopg

    before = connection.autocommit
    connection.autocommit = False
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    try:
        yield Postgres(connection)
    finally:
        if not connection.broken and not connection.closed:
            connection.rollback()
            connection.isolation_level = None
            connection.autocommit = before


def _connected(dsn: str | None) -> psycopg.Connection[Any]:
    try:
        import psycopg
    except ImportError as failure:
        raise refuse("engine-not-installed", engine="PostgreSQL", package="psycopg", extra="postgres", reason=first_line(failure)) from None
    try:
        return psycopg.connect(dsn or "", connect_timeout=10)
    except psycopg.ProgrammingError as failure:
        raise refuse("login-refused", engine="PostgreSQL", place="--dsn", reason=first_line(failure)) from None
    except psycopg.OperationalError as failure:
        raise _unreachable(dsn or "", failure) from None


def _unreachable(dsn: str, failure: psycopg.OperationalError) -> RefusedDataError:
    """A server that is not there, or one that answers and refuses; its words tell which."""
    from psycopg.conninfo import conninfo_to_dict

    known = conninfo_to_dict(dsn)
    place = f"{known.get('host', 'localhost')}:{known.get('port', 5432)}"
    lines = [line.strip() for line in str(failure).splitlines() if line.strip()]
    fatal = next((line for line in lines if "FATAL:" in line), None)
    if fatal is not None:
        return refuse("login-refused", engine="PostgreSQL", place=place, reason=fatal.split("FATAL:", 1)[1].strip())
    return refuse("engine-unreachable", engine="PostgreSQL", place=place, reason=lines[0].split("failed: ")[-1] if lines else "no answer")


_ARROW = {"int8": pa.int64(), "int4": pa.int64(), "bool": pa.bool_()}


def _read_csv(data: bytes, kinds: dict[str, pa.DataType]) -> pa.Table:
    converting = pa.csv.ConvertOptions(
        column_types=kinds, strings_can_be_null=True, quoted_strings_can_be_null=False, null_values=[""], true_values=["t"], false_values=["f"]
    )
    return pa.csv.read_csv(pa.py_buffer(data), parse_options=pa.csv.ParseOptions(newlines_in_values=True), convert_options=converting)


def _is_name(name: str) -> bool:
    """Whether the server would read it as the name of a table: to_regclass raises on other texts."""
    try:
        return isinstance(exp.to_table(name, dialect="postgres"), exp.Table)
    except Exception:  # sqlglot raises several kinds for a text that is no name
        return False
