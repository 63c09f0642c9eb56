"""The engines are there, real, and set up as the tests say."""

from __future__ import annotations

from typing import Any

import pytest

from .postgres import HOSTILE, PLAIN, PostgresServer
from .spark import Spark

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("database", "first"), [(PLAIN, "Z"), (HOSTILE, "a")])
def test_postgres_orders_text_by_the_collation_of_the_database(postgres: PostgresServer, database: str, first: str) -> None:
    with postgres.connect(database) as connection:
        assert connection.execute("SELECT min(t) FROM (VALUES ('a'), ('Z')) v(t)").fetchone() == (first,)
        assert connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (True,)


def test_postgres_does_not_run_as_root(postgres: PostgresServer) -> None:
    with open(f"/proc/{postgres.process.pid}/status") as status:
        assert next(line for line in status if line.startswith("Uid:")).split()[1] != "0"


@pytest.mark.parametrize(("ansi", "zone"), [(True, "UTC"), (False, "America/New_York")])
def test_spark_sessions_have_settings_of_their_own(spark: Spark, ansi: bool, zone: str) -> None:
    session = spark.session(ansi=ansi, zone=zone)
    row = session.sql("SELECT current_timezone() AS zone, CAST(TIMESTAMP '2026-01-01 00:00:00Z' AS STRING) AS text").first()
    assert row["zone"] == zone
    assert row["text"].startswith("2026" if zone == "UTC" else "2025")
    assert session.conf.get("spark.sql.ansi.enabled") == str(ansi).lower()


def test_clickhouse_counts_in_this_process(clickhouse: Any) -> None:
    assert clickhouse.query("SELECT intDiv(-7, 2)", "CSV").bytes().decode().strip() == "-3"
