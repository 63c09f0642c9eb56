"""The fixtures `postgres`, `spark` and `clickhouse`: one of each a worker, started by the first test that asks, ended with the worker.

Tests that ask for one form a group, so that only one worker of many starts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .clickhouse import clickhouse_session
from .postgres import PostgresServer, postgres_server
from .spark import Spark, spark_process

GROUPED = ("spark", "postgres", "clickhouse")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """PostgreSQL's server."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def spark() -> Iterator[Spark]:
    """A Spark process."""
    with spark_process() as process:
        yield process


@pytest.fixture(scope="session")
def clickhouse() -> Iterator[Any]:
    """A chdb session."""
    with clickhouse_session() as session:
        yield session


def group_by_engine(items: list[pytest.Item]) -> None:
    """Mark each test that starts an engine with the engine's group; one that starts several goes with the slowest to start."""
    for item in items:
        wanted = next((name for name in GROUPED if name in getattr(item, "fixturenames", ())), None)
        if wanted is not None:
            item.add_marker(pytest.mark.xdist_group(wanted))
