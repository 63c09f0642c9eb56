"""The engines that are compared with the interpreter, each opened for the length of a block, under settings that would change a result which relied on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Literal

import duckdb
from attrs import frozen

from pingfen.plan.ruleset import Plan
from pingfen.sql.duckdb import DuckDB
from pingfen.warehouse.run import score

from ..engines.clickhouse import clickhouse_session
from ..engines.postgres import HOSTILE, PostgresServer, postgres_server
from ..engines.spark import Spark, spark_process
from ..paths import Answers, Tables
from ..sql.databases import ClickHouseDatabase, Database, DuckDBDatabase, PostgresDatabase, SparkDatabase
from ..sql.mixing import Mixed
from ..sql.typed_tables import Holding, score_on, score_over
from ..warehouse.events import answers_of, request_of
from .clean_relations import CleanRelations
from .differential import Engine

WRITINGS: tuple[Literal["instant", "local", "text"], ...] = ("instant", "local", "text")
HOLDINGS = (Holding(), Holding("local", "decimal", 3), Holding("instant", "double"))
"""How tables hold their values; they take turns by the seed with tables in which every column has a way of its own."""
TURNS = 8
WAYS = {"duckdb": 12, "postgres": TURNS, "clickhouse": TURNS, "spark": TURNS}
"""How many seeds in a row go different ways on each engine."""


@frozen
class StatementEngine:
    """One statement from typed tables to scorecards."""

    name: str
    database: Database

    def score(self, plan: Plan, tables: Tables, as_of: int, seed: int) -> dict[str, Answers]:
        """Record, numbers and outcomes of every subject."""
        turn = seed % TURNS
        if turn < len(HOLDINGS):
            return score_on(self.database, plan, tables, as_of, HOLDINGS[turn])
        return score_over(self.database, plan, Mixed(seed).make_tables(self.database, plan, tables), as_of)


@frozen
class DuckDBEngine:
    """Mostly from relations of clean columns; of twelve seeds one from typed tables through the border, and two by one statement over typed tables."""

    clean: tuple[CleanRelations, ...]
    statement: StatementEngine
    name: str = "duckdb"

    def score(self, plan: Plan, tables: Tables, as_of: int, seed: int) -> dict[str, Answers]:
        """Record, numbers and outcomes of every subject."""
        turn, way = divmod(seed, 12)
        match way:
            case 0:
                request = request_of(plan, tables, as_of, WRITINGS[turn % len(WRITINGS)], threads=1)
                return answers_of(plan, score(plan, "sha256:0", request).table.to_pylist())
            case 1 | 2:
                return self.statement.score(plan, tables, as_of, turn + way)
            case _ if tables.subjects is None:
                return self.statement.score(plan, tables, as_of, turn + way)
            case _:
                return self.clean[seed % len(self.clean)].score(plan, tables, as_of)


@contextmanager
def open_duckdb() -> Iterator[Engine]:
    """DuckDB in this process."""
    connection = duckdb.connect()
    try:
        for setting in (
            "threads = 1",
            "TimeZone = 'America/New_York'",
            "default_null_order = 'nulls_first'",
            "integer_division = true",
            "enable_progress_bar = false",
        ):
            connection.execute(f"SET {setting}")
        clean = (CleanRelations(connection, DuckDB()), CleanRelations(connection, DuckDB(), "instant"))
        yield DuckDBEngine(clean, StatementEngine("duckdb", DuckDBDatabase(connection)))
    finally:
        connection.close()


def postgres_engine(server: PostgresServer) -> Engine:
    """PostgreSQL in a database with an ICU collation and the zone of New York."""
    return StatementEngine("postgres", PostgresDatabase(server.connect(HOSTILE)))


def clickhouse_engine(session: Any) -> Engine:
    """chdb in the zone of New York."""
    session.query("SET session_timezone = 'America/New_York'")
    return StatementEngine("clickhouse", ClickHouseDatabase(session))


def spark_engine(process: Spark) -> Engine:
    """Spark without ANSI mode and in the zone of New York, with one partition and nothing compiled: the rows are few and the statements many."""
    session = process.session(ansi=False, zone="America/New_York")
    for name, value in SPARK_SETTINGS.items():
        session.conf.set(name, value)
    return StatementEngine("spark", SparkDatabase(session))


SPARK_SETTINGS = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.lightweightPlanChangeValidation": "false",
}


@contextmanager
def open_postgres() -> Iterator[Engine]:
    """A server of its own."""
    with postgres_server() as server:
        yield postgres_engine(server)


@contextmanager
def open_clickhouse() -> Iterator[Engine]:
    """In this process."""
    with clickhouse_session() as session:
        yield clickhouse_engine(session)


@contextmanager
def open_spark() -> Iterator[Engine]:
    """A process of its own."""
    with spark_process() as process:
        yield spark_engine(process)


ENGINES: dict[str, Callable[[], AbstractContextManager[Engine]]] = {
    "duckdb": open_duckdb,
    "postgres": open_postgres,
    "clickhouse": open_clickhouse,
    "spark": open_spark,
}
