"""Parquet's timestamps without a zone are local times on every engine that reads Parquet."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute
import pytest
from pyarrow import parquet

from pingfen import Ruleset, compile
from pingfen.engines import EngineRequest, score
from pingfen.engines.request import EngineName
from pingfen.warehouse.refusal import RefusedDataError
from pingfen.warehouse.request import Request
from pingfen.warehouse.result import Result
from pingfen.warehouse.run import score as score_files

from .homes import each_engine, home_of, request_on

pytestmark = pytest.mark.slow
AS_OF = date(2026, 5, 31)
TEXT = """
ruleset example.clocks
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id
events orders {
  order_id  text  key
  shop_id   text  subject
  paid_at   time  happens
  paid_on   date
}
metric volume = count of orders over last 1 days
metric late   = count of orders with paid_on > 2026-05-29 over last 1 days
gate campaigns open when volume >= 1 and late >= 1
"""
UNITS = ["s", "ms", "us", "ns"]
FOUND = [("a", 1, 0), ("b", 1, 1)]


def ruleset() -> Ruleset:
    """The ruleset."""
    return compile(TEXT)


def orders(unit: str) -> pa.Table:
    """Orders just after one midnight in Shanghai and just before the next: in UTC the day of the first would be another; their dates are midnights."""
    columns = {
        "order_id": pa.array(["o1", "o2"]),
        "shop_id": pa.array(["a", "b"]),
        "paid_at": pa.array([datetime(2026, 5, 30), datetime(2026, 5, 30, 23, 59, 59)], pa.timestamp(unit)),
        "paid_on": pa.array([datetime(2026, 5, 29), datetime(2026, 5, 30)], pa.timestamp(unit)),
    }
    return pa.table(columns)


def found(result: object) -> list[tuple[str, int, int]]:
    """What is scored of each shop."""
    assert isinstance(result, Result)
    return [(row["shop_id"], row["metric.volume"], row["metric.late"]) for row in result.table.to_pylist()]


def scored(request: EngineRequest) -> list[tuple[str, int, int]]:
    """The same on an engine."""
    return found(score(ruleset().plan, ruleset().digest, request))


@pytest.mark.parametrize("engine", each_engine("duckdb", "spark", "clickhouse"))
def test_what_has_no_zone_is_local(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    for unit in UNITS if engine != "spark" else ["ms", "us"]:  # Spark takes no nanoseconds
        parquet.write_table(orders(unit), path)
        assert found(score_files(ruleset().plan, "", Request({"orders": path}, AS_OF, threads=1))) == FOUND
        with home_of(engine, request, tmp_path) as home:
            assert scored(request_on(home, {"orders": str(path)}, AS_OF)) == FOUND, unit


@pytest.mark.xdist_group("spark")
def test_spark_takes_local_times_for_local_against_its_settings(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    parquet.write_table(orders("us"), tmp_path / "orders.parquet")
    with home_of("spark", request, tmp_path) as home:
        settings = home.connection()["session"].sparkContext._jsc.sc().conf()  # those of the application, which each session begins with
        settings.set("spark.sql.parquet.inferTimestampNTZ.enabled", "false")
        try:
            assert scored(request_on(home, {"orders": str(tmp_path / "orders.parquet")}, AS_OF)) == FOUND
        finally:
            settings.remove("spark.sql.parquet.inferTimestampNTZ.enabled")


@pytest.mark.parametrize("engine", each_engine("duckdb", "spark", "clickhouse"))
def test_the_older_form_of_spark_and_hive_is_a_point_in_time(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    local = orders("us")
    paid = pa.compute.assume_timezone(local.column("paid_at"), "Asia/Shanghai").cast(pa.timestamp("us", "UTC"))
    dates = local.column("paid_on").cast(pa.date32())
    table = local.set_column(2, "paid_at", paid).set_column(3, "paid_on", dates)
    parquet.write_table(table, tmp_path / "orders.parquet", use_deprecated_int96_timestamps=True)
    assert found(score_files(ruleset().plan, "", Request({"orders": tmp_path / "orders.parquet"}, AS_OF, threads=1))) == FOUND
    with home_of(engine, request, tmp_path) as home:
        assert scored(request_on(home, {"orders": str(tmp_path / "orders.parquet")}, AS_OF)) == FOUND


@pytest.mark.xdist_group("clickhouse")
def test_points_in_time_and_folders_stay_what_they_are(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    local, folder = orders("us"), tmp_path / "orders"
    folder.mkdir()
    for index in range(2):
        parquet.write_table(local.slice(index, 1), folder / f"part-{index}.parquet")
    paid = pa.compute.assume_timezone(local.column("paid_at"), "Asia/Shanghai").cast(pa.timestamp("us", "UTC"))
    parquet.write_table(local.set_column(2, "paid_at", paid), tmp_path / "instants.parquet")
    with home_of("clickhouse", request, tmp_path) as home:
        for path in (folder, folder / "*.parquet", tmp_path / "instants.parquet"):
            assert scored(request_on(home, {"orders": str(path)}, AS_OF)) == FOUND, path


@pytest.mark.xdist_group("clickhouse")
def test_a_folder_that_holds_a_time_in_both_ways_is_refused(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    local, folder = orders("us"), tmp_path / "orders"
    folder.mkdir()
    parquet.write_table(local.slice(0, 1), folder / "a.parquet")
    zoned = local.column("paid_at").cast(pa.timestamp("us", "UTC"))
    parquet.write_table(local.set_column(2, "paid_at", zoned).slice(1, 1), folder / "b.parquet")
    with home_of("clickhouse", request, tmp_path) as home, pytest.raises(RefusedDataError) as refused:
        scored(request_on(home, {"orders": str(folder)}, AS_OF))
    (told,) = refused.value.diagnostics
    assert (told.code, told.arguments["column"], told.arguments["kind"]) == ("mismatched-column", "paid_at", "timestamp, with and without time zone")


@pytest.mark.xdist_group("clickhouse")
def test_a_part_without_a_footer_is_told(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folder = tmp_path / "orders"
    folder.mkdir()
    parquet.write_table(orders("us"), folder / "a.parquet")
    (folder / "b.parquet").write_bytes(b"PAR1 cut")
    with home_of("clickhouse", request, tmp_path) as home, pytest.raises(RefusedDataError) as refused:
        scored(request_on(home, {"orders": str(folder)}, AS_OF))
    assert [item.code for item in refused.value.diagnostics] == ["unreadable-data"]


def test_files_of_both_ways_are_refused_as_files_and_on_duckdb(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    local, folder = orders("us"), tmp_path / "orders"
    folder.mkdir()
    paid = pa.compute.assume_timezone(local.column("paid_at"), "Asia/Shanghai").cast(pa.timestamp("us", "UTC"))
    parquet.write_table(local.slice(0, 1), folder / "part-0.parquet")
    parquet.write_table(local.set_column(2, "paid_at", paid).slice(1, 1), folder / "part-1.parquet")
    with pytest.raises(RefusedDataError) as refused:
        score_files(ruleset().plan, "", Request({"orders": folder}, AS_OF, threads=1))
    assert refused.value.diagnostics[0].code == "mismatched-column"
    with home_of("duckdb", request, tmp_path) as home, pytest.raises(RefusedDataError) as refused:
        scored(request_on(home, {"orders": str(folder)}, AS_OF))
    assert refused.value.diagnostics[0].code == "mismatched-column"
