"""Typed tables to scorecards on each engine: the statement of `pingfen sql` beside SQL that an expert wrote by hand for that engine.

PINGFEN_BENCH_ROWS sets another number of orders (a hundredth of it stores; PostgreSQL takes a tenth); PINGFEN_BENCH_ENGINES names some of the engines.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp
from tests.engines.postgres import postgres_server
from tests.engines.spark import spark_process

from pingfen import load
from pingfen.calendar import day_of
from pingfen.sql.dialects import dialect_of
from pingfen.sql.held import Held
from pingfen.sql.statement import build_statement
from pingfen.sql.typed import SourceColumn, SourceTable

from . import engines_sql_peer
from .pairs import compare
from .warehouse import DAYS, FIRST, PAIRS, ROWS, orders

LIMITS = {"duckdb": 1.15, "spark": 1.15, "clickhouse": 1.15, "postgres": 1.25}
ENGINES = os.environ.get("PINGFEN_BENCH_ENGINES", ",".join(LIMITS)).split(",")
FAMILIES = {"order_id": "text", "store_id": "text", "paid_at": "instant", "quality_return": "flag", "late": "flag", "refunded": "flag", "stars": "whole"}
COLUMNS = {
    ("subject", "store_id"): "store_id",
    ("score", "score"): "score",
    ("part", "product"): "product",
    ("part", "product.returned"): "returned",
    ("part", "product.praised"): "praised",
    ("part", "speed"): "speed",
    ("gate", "campaigns"): "campaigns",
}
Rows = Callable[[str], list[tuple[Any, ...]]]


def run() -> list[dict[str, Any]]:
    """One row for each engine; before it the results are compared to the digit."""
    path = orders()
    return [_compared(engine, path) for engine in ENGINES]


def _compared(engine: str, path: Path) -> dict[str, Any]:
    days = [FIRST + timedelta(days=DAYS - offset) for offset in range(PAIRS + 2)]
    with OPENED[engine](path) as (rows, settle):
        ours, theirs = ({day: make(engine, day) for day in days} for make in (statement_of, expert_of))
        for line in dialect_of(engine).settings:
            settle(line)
        _assert_equal(rows(ours[days[0]]), rows(theirs[days[0]]))
        our_days, their_days = count(), count()
        return compare(
            f"SQL of {engine}",
            lambda: rows(_all_of(ours[days[next(our_days) % len(days)]])),
            lambda: rows(_all_of(theirs[days[next(their_days) % len(days)]])),
            LIMITS[engine],
            pairs=PAIRS,
            detail=f"{ROWS // 10 if engine == 'postgres' else ROWS:,} orders",
        )


def statement_of(engine: str, as_of: date) -> str:
    """The statement, with the columns that the expert's has."""
    columns = {name: SourceColumn(name, Held(family)) for name, family in FAMILIES.items()}  # type: ignore[arg-type]
    source = {"orders": SourceTable(exp.Table(this=exp.to_identifier("orders", quoted=True)), columns)}
    made = build_statement(load(str(Path(__file__).with_name("warehouse.pf"))).plan, day_of(as_of), dialect_of(engine), source)  # type: ignore[union-attr]
    found: dict[tuple[str, str], str] = {(item.kind, item.name): item.column for item in made.shown}
    items = ", ".join(f"{found[kind, name]} AS {called}" for (kind, name), called in COLUMNS.items())
    return f"SELECT {items} FROM ({made.text}) AS made"


def expert_of(engine: str, as_of: date) -> str:
    """The expert's; the day of Shanghai begins at 16:00 of the day before in UTC."""
    return engines_sql_peer.query_of(engine, *(f"{as_of - timedelta(days=days)} 16:00:00" for days in (1, 31, 91)))


def _all_of(select: str) -> str:
    """One row that needs every value of every row."""
    items = ", ".join(f"max({name})" for name in COLUMNS.values())
    return f"SELECT count(*), {items} FROM ({select}) AS every_row"


def _assert_equal(ours: list[tuple[Any, ...]], theirs: list[tuple[Any, ...]]) -> None:
    """All stores, parts and gates are the same to the digit."""
    assert len(ours) == len(theirs) > 0
    assert sorted(map(tuple, ours)) == sorted(map(tuple, theirs))


@contextmanager
def _duckdb(path: Path) -> Iterator[tuple[Rows, Callable[[str], object]]]:
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"CREATE VIEW orders AS SELECT * FROM read_parquet('{path}')")
        yield lambda select: list(connection.execute(select).fetchall()), connection.execute


@contextmanager
def _postgres(path: Path) -> Iterator[tuple[Rows, Callable[[str], object]]]:
    """A tenth of the orders in a table of its own, copied in as text."""
    with postgres_server() as server, server.connect() as connection, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "orders.csv"
        duckdb.sql(f"SET enable_progress_bar = false; COPY (SELECT * FROM read_parquet('{path}') LIMIT {ROWS // 10}) TO '{file}' (HEADER false)")
        connection.execute(
            "CREATE TABLE orders (order_id text, store_id text, paid_at timestamptz, quality_return boolean, late boolean, refunded boolean, stars smallint)"
        )
        with connection.cursor().copy("COPY orders FROM STDIN (FORMAT csv)") as copy, open(file, "rb") as stream:
            shutil.copyfileobj(stream, copy)
        connection.execute("VACUUM ANALYZE orders")
        yield lambda select: list(connection.execute(select).fetchall()), connection.execute


@contextmanager
def _clickhouse(path: Path) -> Iterator[tuple[Rows, Callable[[str], object]]]:
    import pyarrow as pa
    from chdb import session as sessions

    with tempfile.TemporaryDirectory() as folder:
        session: Any = sessions.Session(folder)  # type: ignore[no-untyped-call]
        types = "order_id String, store_id String, paid_at DateTime64(6, 'UTC'), quality_return Bool, late Bool, refunded Bool, stars Int8"
        session.query(f"CREATE TABLE orders ({types}) ENGINE = MergeTree ORDER BY tuple()")
        session.query(f"INSERT INTO orders SELECT * FROM file('{path.resolve()}', 'Parquet')")
        try:
            yield lambda select: _arrow_rows(pa, session.query(select, "ArrowStream").bytes()), session.query
        finally:
            session.close()


def _arrow_rows(pa: Any, data: bytes) -> list[tuple[Any, ...]]:
    columns = pa.ipc.open_stream(pa.py_buffer(data)).read_all().to_pydict().values()
    return list(zip(*columns, strict=True))


@contextmanager
def _spark(path: Path) -> Iterator[tuple[Rows, Callable[[str], object]]]:
    with spark_process() as process:
        session = process.session()
        session.read.parquet(str(path.resolve())).createOrReplaceTempView("orders")
        yield lambda select: [tuple(row) for row in session.sql(select).collect()], session.sql


OPENED = {"duckdb": _duckdb, "postgres": _postgres, "clickhouse": _clickhouse, "spark": _spark}
