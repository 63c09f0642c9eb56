"""ClickHouse needs little memory where conditions over computed times stand in one another; evaluated late, each level takes twice that of the one below."""

from __future__ import annotations

import pytest

from ..conformance.pairs import plan_of
from ..paths import Tables, events_by_reference
from .databases import Database
from .typed_tables import score_on

TEXT = """
ruleset example.nested
version "1"
effective from 2000-01-01
cites "nobody"
timezone "America/New_York"
subject store_id
events orders {
  order_id      text      key
  store_id      text      subject
  paid_at       time      happens
  collected_at  time      optional
  promised_at   time      ahead
  starts_at     time      = paid_at moved to 02:30 from 20:00 .. 02:00
  waiting       duration optional = starts_at until collected_at, at least 0 hours
}
population kept = orders where (((collected_at missing or collected_at in 17:00 .. 22:30) or promised_at in 2022-05-07 .. 2022-05-27)
  or (waiting missing or waiting in [222970 seconds .. 526627 seconds))) and (waiting missing or waiting in [1 seconds .. 526627 seconds))
  where paid_at < 2023-05-16 20:51
metric late_share = share with promised_at in 18:00 .. 05:30 of kept
  over last 7 days if at least 1 rows of kept, else 30 days if at least 1 rows, else 3 months to 1%
gate shown open when late_share given and late_share > 1%
"""
DAY = 19300


@pytest.mark.slow
@pytest.mark.xdist_group("clickhouse")
def test_nested_conditions_fit_into_a_gigabyte(clickhouse_database: Database) -> None:
    midnight = DAY * 86400
    times = [{"paid_at": midnight - 90_000 * index - 100, "promised_at": midnight} for index in range(8)]
    collected = [None if index % 3 else midnight - 90_000 * index + 5_000 for index in range(8)]
    rows = [{"order_id": f"o{index}", "store_id": "s1", "collected_at": at, **row} for index, (at, row) in enumerate(zip(collected, times, strict=True))]
    plan, tables = plan_of(TEXT.lstrip()), Tables({"orders": rows}, [{"store_id": "s1"}])
    clickhouse_database.run("SET max_memory_usage = 1000000000")
    try:
        found = score_on(clickhouse_database, plan, tables, DAY)
    finally:
        clickhouse_database.run("SET max_memory_usage = 0")
    assert found == events_by_reference(plan, tables, DAY)
