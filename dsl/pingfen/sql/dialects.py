"""The engines by the names that people use."""

from __future__ import annotations

from collections.abc import Mapping

from .clickhouse import ClickHouse
from .dialect import Dialect
from .duckdb import DuckDB
from .postgres import PostgreSQL
from .spark import Spark

ENGINES: Mapping[str, Dialect] = {spelling.name: spelling for spelling in (DuckDB(), Spark(), PostgreSQL(), ClickHouse())}


def dialect_of(name: str) -> Dialect:
    """The spelling of an engine. Raises KeyError for a name that is not known."""
    return ENGINES[name]
