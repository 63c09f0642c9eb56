"""The engines that are compared with the interpreter, each opened for the length of a block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Literal

import duckdb
from attrs import frozen

from pingfen.plan.ruleset import Plan
from pingfen.sql.duckdb import DuckDB

from ..paths import Answers, Tables
from ..warehouse.events import answers_of, request_of
from .differential import Engine
from .duckdb_clean import CleanDuckDB

WRITINGS: tuple[Literal["instant", "local", "text"], ...] = ("instant", "local", "text")


@frozen
class DuckDBEngine:
    """Mostly from relations of clean columns; one seed of twelve from typed tables, through the border, in one of three ways to write a time."""

    clean: tuple[CleanDuckDB, ...]
    name: str = "duckdb"

    def score(self, plan: Plan, tables: Tables, as_of: int, seed: int) -> dict[str, Answers]:
        """Record, numbers and outcomes of every subject."""
        from pingfen.warehouse.run import score

        if seed % 12:
            return self.clean[seed % len(self.clean)].score(plan, tables, as_of)
        request = request_of(plan, tables, as_of, WRITINGS[seed // 12 % 3], threads=1)
        return answers_of(plan, score(plan, "sha256:0", request).table.to_pylist())


@contextmanager
def open_duckdb() -> Iterator[Engine]:
    """DuckDB in this process, under settings that would change a result which relied on them."""
    connection = duckdb.connect()
    try:
        for setting in ("threads = 1", "TimeZone = 'America/New_York'", "default_null_order = 'nulls_first'", "integer_division = true"):
            connection.execute(f"SET {setting}")
        yield DuckDBEngine((CleanDuckDB(connection, DuckDB()), CleanDuckDB(connection, DuckDB(), "instant")))
    finally:
        connection.close()


ENGINES: dict[str, Callable[[], AbstractContextManager[Engine]]] = {"duckdb": open_duckdb}
