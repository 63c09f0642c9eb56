"""The engines by the names that people use: those that tests run, and those for which SQL is only written."""

from __future__ import annotations

from collections.abc import Mapping

from .clickhouse import ClickHouse
from .dialect import Dialect
from .duckdb import DuckDB
from .emitted import BigQuery, Doris, Hive, MySQL, Snowflake, StarRocks, Trino
from .postgres import PostgreSQL
from .spark import Spark

ENGINES: Mapping[str, Dialect] = {spelling.name: spelling for spelling in (DuckDB(), Spark(), PostgreSQL(), ClickHouse())}


WRITTEN: Mapping[str, Dialect] = {spelling.name: spelling for spelling in (Hive(), Doris(), StarRocks(), MySQL(), Trino(), BigQuery(), Snowflake())}


def dialect_of(name: str) -> Dialect:
    """The spelling of an engine, of those that are run and of those for which SQL is only written. Raises KeyError for a name that is not known."""
    return ENGINES[name] if name in ENGINES else WRITTEN[name]
