"""A result is kept in the engine as it is fetched, and replaced whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import dataset

from pingfen import compile
from pingfen.engines import Kept, score
from pingfen.engines.request import EngineName
from pingfen.sql.limits import fitting_names
from pingfen.warehouse import RefusedDataError
from pingfen.warehouse.request import Request
from pingfen.warehouse.result import Result
from pingfen.warehouse.run import score as score_files

from .homes import Home, each_engine, home_of, request_on
from .shop import AS_OF, TEXT, keep_orders, orders, shop_ruleset

pytestmark = pytest.mark.slow


def rows(table: pa.Table) -> list[dict[str, Any]]:
    """The rows by subject; how an engine writes the places of a whole number of seconds is its own."""
    return sorted(table.to_pylist(), key=lambda row: str(row["shop_id"]))


def target(home: Home, name: str) -> str:
    """The name of a table to make."""
    place = getattr(home, "schema", None) or getattr(home, "database", None)
    return f"{place}.{name}" if place else name


def expected() -> Result:
    ruleset = shop_ruleset()
    return score_files(ruleset.plan, ruleset.digest, Request({"orders": orders()}, AS_OF))


@pytest.mark.parametrize("engine", each_engine())
def test_a_table_holds_what_would_be_fetched_and_is_replaced_whole(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    ruleset = shop_ruleset()
    with home_of(engine, request, tmp_path) as home:
        events = keep_orders(home)
        before = home.names()
        fetched = score(ruleset.plan, ruleset.digest, request_on(home, events, AS_OF))
        assert isinstance(fetched, Result)
        assert fetched.table.equals(expected().table)
        for _ in range(2):
            kept = score(ruleset.plan, ruleset.digest, request_on(home, events, AS_OF, into=target(home, "scores")))
            assert isinstance(kept, Kept)
            assert kept.subjects == 7
            assert rows(home.read("scores")) == rows(fetched.table)
            assert home.names() == before | {"scores"}


@pytest.mark.parametrize("engine", each_engine("duckdb", "spark", "clickhouse"))
def test_a_folder_of_parquet_holds_what_would_be_fetched_and_is_replaced_whole(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    ruleset = shop_ruleset()
    (tmp_path / "results").mkdir()
    with home_of(engine, request, tmp_path) as home:
        events = keep_orders(home)
        for _ in range(2):
            kept = score(ruleset.plan, ruleset.digest, request_on(home, events, AS_OF, folder=tmp_path / "results" / "scores"))
            assert isinstance(kept, Kept)
            assert [path.name for path in (tmp_path / "results").iterdir()] == ["scores"]
            assert rows(dataset.dataset(tmp_path / "results" / "scores", format="parquet").to_table()) == rows(expected().table)
    note = json.loads((tmp_path / "results" / "scores" / "_pingfen.json").read_text())
    assert note["digest"] == ruleset.digest
    assert "password" not in json.dumps(note)


@pytest.mark.parametrize("engine", each_engine("duckdb", "spark", "clickhouse"))
def test_a_folder_that_is_no_result_is_never_replaced(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    ruleset = shop_ruleset()
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "shop.txt").write_text("precious")
    (tmp_path / "empty").mkdir()
    with home_of(engine, request, tmp_path) as home:
        events = keep_orders(home)
        with pytest.raises(RefusedDataError) as refused:
            score(ruleset.plan, ruleset.digest, request_on(home, events, AS_OF, folder=tmp_path / "photos"))
        assert isinstance(score(ruleset.plan, ruleset.digest, request_on(home, events, AS_OF, folder=tmp_path / "empty")), Kept)
    assert [found.code for found in refused.value.diagnostics] == ["target-not-a-result"]
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["shop.txt"]


LONG = "近三十天支付成功且未发生品质退款的有效订单总数"
NAMED = f"""
metric {LONG}一 = count of orders over last 30 days
metric {LONG}二 = count of orders over last 60 days
metric Spent = sum of amount in orders over last 60 days
display first = {LONG}一
display second = {LONG}二
display Second = Spent
"""


@pytest.mark.parametrize("engine", each_engine())
def test_names_that_an_engine_would_cut_or_take_for_one_are_kept_short(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Names that are equal in their first 63 bytes, and names that differ in case alone: each column is kept, under a name that the run tells."""
    ruleset = compile(TEXT + NAMED)
    with home_of(engine, request, tmp_path) as home:
        events = keep_orders(home)
        fetched = score(ruleset.plan, ruleset.digest, request_on(home, events, AS_OF))
        kept = score(ruleset.plan, ruleset.digest, request_on(home, events, AS_OF, into=target(home, "scores")))
        again = score(ruleset.plan, ruleset.digest, request_on(home, events, AS_OF, into=target(home, "scores")))
        assert isinstance(fetched, Result)
        assert isinstance(kept, Kept)
        assert isinstance(again, Kept)
        names = fetched.table.column_names
        called = fitting_names(engine, names)
        assert home.read("scores").column_names == called
        assert rows(home.read("scores").rename_columns(names)) == rows(fetched.table)
    short = {"postgres": [f"metric.{LONG}一", f"metric.{LONG}二"], "clickhouse": []}.get(engine, ["display.Second", "metric.Spent"])
    assert [full for full, own in zip(names, called, strict=True) if full != own] == short
    told = [note.arguments["names"] for note in kept.notes if note.code == "renamed-columns"]
    assert told == ([] if not short else ["; ".join(f"{full} -> {own}" for full, own in zip(names, called, strict=True) if full != own)])
    assert kept.notes == again.notes


@pytest.mark.parametrize("engine", each_engine("duckdb", "spark", "clickhouse"))
def test_folders_of_partitioned_parquet_are_read(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    ruleset = shop_ruleset()
    table = orders()
    days = pa.array([str(value.date()) for value in table.column("paid_at").to_pylist()])
    dataset.write_dataset(
        table.append_column("dt", days),
        tmp_path / "orders",
        format="parquet",
        partitioning=dataset.partitioning(pa.schema([("dt", pa.string())]), flavor="hive"),
    )
    with home_of(engine, request, tmp_path) as home:
        result = score(ruleset.plan, ruleset.digest, request_on(home, {"orders": str(tmp_path / "orders")}, AS_OF))
    assert isinstance(result, Result)
    assert result.table.equals(expected().table)
