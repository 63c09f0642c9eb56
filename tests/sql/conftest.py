"""The engines of the tests of SQL: DuckDB in memory, and each real engine under its hostile settings."""

from __future__ import annotations

from typing import Any

import pytest

from .databases import ClickHouseDatabase, Database, DuckDBDatabase, PostgresDatabase, SparkDatabase


@pytest.fixture
def duckdb_database() -> Database:
    """DuckDB in New York."""
    database = DuckDBDatabase()
    database.run("SET TimeZone = 'America/New_York'")
    return database


@pytest.fixture
def postgres_database(postgres: Any) -> Database:
    """PostgreSQL in New York with an ICU collation, and quotes that escape."""
    database = PostgresDatabase(postgres.connect("hostile"))
    database.run("SET backslash_quote = on; SET standard_conforming_strings = off")
    return database


@pytest.fixture
def clickhouse_database(clickhouse: Any) -> Database:
    """ClickHouse in New York, with zeros for what an outer join does not find, NULL among the values of IN, and branches that are evaluated late."""
    database = ClickHouseDatabase(clickhouse)
    late = "short_circuit_function_evaluation = 'force_enable'"
    for setting in ("session_timezone = 'America/New_York'", "join_use_nulls = 0", "transform_null_in = 1", late):
        database.run(f"SET {setting}")
    return database


@pytest.fixture
def spark_database(spark: Any) -> Database:
    """Spark in New York without ANSI's errors."""
    return SparkDatabase(spark.session(ansi=False, zone="America/New_York"))


@pytest.fixture(params=["duckdb", "postgres", "clickhouse", "spark"])
def database(request: pytest.FixtureRequest) -> Database:
    """Each engine in turn."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for an engine's database belongs to that engine's group, and is slow where the engine is another process."""
    for item in items:
        name = getattr(getattr(item, "callspec", None), "params", {}).get("database")
        if name in ("postgres", "clickhouse", "spark"):
            item.add_marker(pytest.mark.xdist_group(name))
            item.add_marker(pytest.mark.slow)
