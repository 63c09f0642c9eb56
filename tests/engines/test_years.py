"""Dates and times at both ends of the widest years that a ruleset may declare give the same digits on every engine, and those beyond them are refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from pingfen import compile
from pingfen.engines import Kept, score
from pingfen.engines.request import EngineName
from pingfen.warehouse.refusal import RefusedDataError
from pingfen.warehouse.request import Request
from pingfen.warehouse.result import Result
from pingfen.warehouse.run import score as score_files

from .homes import each_engine, home_of, request_on
from .test_keeping import rows, target

pytestmark = pytest.mark.slow
ENDS = (date(1900, 1, 5), date(2200, 12, 31))
TEXT = """
ruleset old.shops
version "1"
effective from 1900-01-01
cites "made up"
timezone "Asia/Shanghai"
years 1900 .. 2200
subject shop_id {
  opened  date
}
events orders {
  order_id  text  key
  shop_id   text  subject
  paid_at   time  happens
  made_on   date
}
metric volume  = count of orders over last 30 days
metric days    = distinct count of made_on in orders over last 30 days
population monthly = orders first 1 per shop_id, month(paid_at) by paid_at looking back 31 days
metric early   = count of monthly with made_on < 1900-01-03 over last 30 days
display opened_first = cases { 1 when opened = 1900-01-01, else 0 }
gate campaigns open when volume >= 1 and days >= 1 and early < 9 and opened_first <= 0
"""


def tables() -> tuple[pa.Table, pa.Table]:
    """Rows in the first and in the last hours of the years, before and after which no row may lie."""
    times = [
        datetime(1899, 12, 31, 16, 0, 0, tzinfo=UTC),  # in Shanghai 1900 has begun
        datetime(1900, 1, 1, 15, 59, 59, 999_999, tzinfo=UTC),
        datetime(1900, 1, 2, tzinfo=UTC),
        datetime(2200, 12, 30, tzinfo=UTC),
        datetime(2200, 12, 31, 15, 59, 59, 999_999, tzinfo=UTC),  # the last second of 2200 there
    ]
    days = [date(1900, 1, 1), date(1900, 1, 1), date(1900, 1, 2), date(2200, 12, 30), date(2200, 12, 31)]
    keys, shops = [f"o{n}" for n in range(5)], ["s1", "s1", "s2", "s1", "s2"]
    orders = pa.table({"order_id": keys, "shop_id": shops, "paid_at": pa.array(times, pa.timestamp("us", "UTC")), "made_on": pa.array(days, pa.date32())})
    return orders, pa.table({"shop_id": ["s1", "s2"], "opened": pa.array([date(1900, 1, 1), date(2200, 12, 31)], pa.date32())})


def beyond() -> pa.Table:
    """Orders with a time, and orders with a date, before and after the years: next to them, and far beyond what ClickHouse promises to hold."""
    fine_time, fine_day = datetime(1900, 1, 2, tzinfo=UTC), date(1900, 1, 1)
    moments = [(1899, 12, 31, 15, 54, 16), (1850, 1, 1), (2201, 1, 1), (2500, 1, 1)]
    times = [*(datetime(*parts, tzinfo=UTC) for parts in moments), *[fine_time] * 4]  # type: ignore[arg-type]
    days = [*[fine_day] * 4, date(1899, 12, 31), date(1850, 1, 1), date(2201, 1, 1), date(2500, 1, 1)]
    columns = {"paid_at": pa.array(times, pa.timestamp("us", "UTC")), "made_on": pa.array(days, pa.date32())}
    return pa.table({"order_id": [f"o{n}" for n in range(8)], "shop_id": ["s1"] * 8, **columns})


@pytest.mark.parametrize("engine", each_engine())
def test_the_ends_of_the_years_give_the_same_on_every_engine(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    ruleset = compile(TEXT)
    orders, shops = tables()
    with home_of(engine, request, tmp_path) as home:
        events, subjects = {"orders": home.keep("orders", orders)}, home.keep("shops", shops)
        for as_of in ENDS:
            expected = score_files(ruleset.plan, ruleset.digest, Request({"orders": orders}, as_of, subjects=shops)).table
            assert sum(expected.column("metric.volume").to_pylist()) > 0
            fetched = score(ruleset.plan, ruleset.digest, request_on(home, events, as_of, subjects=subjects))
            assert isinstance(fetched, Result)
            assert fetched.table.equals(expected)
            kept = score(ruleset.plan, ruleset.digest, request_on(home, events, as_of, subjects=subjects, into=target(home, "scores")))
            assert isinstance(kept, Kept)
            assert rows(home.read("scores")) == rows(expected)


@pytest.mark.parametrize("engine", each_engine())
def test_dates_and_times_beyond_the_years_are_refused_and_not_moved_into_them(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """ClickHouse promises dates from 1900 to 2299 alone: a value from outside must not count as the first or last that it holds."""
    ruleset = compile(TEXT)
    with home_of(engine, request, tmp_path) as home:
        events, subjects = {"orders": home.keep("orders", beyond())}, home.keep("shops", tables()[1])
        with pytest.raises(RefusedDataError) as caught:
            score(ruleset.plan, ruleset.digest, request_on(home, events, ENDS[0], subjects=subjects))
    told = {(item.arguments["column"], item.arguments["count"]) for item in caught.value.diagnostics if item.code == "cell-out-of-range"}
    assert told == {("paid_at", "4"), ("made_on", "4")}
