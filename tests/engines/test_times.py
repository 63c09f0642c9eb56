"""Attributes and inputs of type time are clean seconds from every source, however it holds its timestamps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.csv
import pytest

from pingfen import Ruleset, compile
from pingfen.engines import score
from pingfen.engines.request import EngineName
from pingfen.warehouse.interpreting import interpret
from pingfen.warehouse.refusal import RefusedDataError
from pingfen.warehouse.request import Request
from pingfen.warehouse.result import Result
from pingfen.warehouse.run import begin
from pingfen.warehouse.run import score as score_files
from pingfen.warehouse.session import open_session

from .homes import each_engine, home_of, request_on

pytestmark = pytest.mark.slow
ZONE = ZoneInfo("America/New_York")
AS_OF = date(2026, 6, 1)
TEXT = """
ruleset example.times
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "America/New_York"
years 1960 .. 2100
subject shop_id {
  since  time
  moved  time  dated  optional
}
events orders {
  order_id  text  key
  shop_id   text  subject
  paid_at   time  happens
}
input seen  time  optional

population settled = orders except moved given and paid_at < moved
metric early = count of orders with paid_at < since over last 30 days
metric dawn  = count of orders with since in 01:00 .. 02:00 over last 30 days
metric after = count of settled over last 30 days
gate old      open when since < 2026-05-20 01:30
gate fresh    open when moved given and moved >= 2026-05-10 12:00
gate visited  open when seen given and seen < 1969-12-31 19:00
gate busy     open when early >= 1 and dawn < 9 and after >= 1
"""
# wall clocks in New York, in microseconds that are cut; the first of `moved` holds before the second
SINCE = [datetime(2026, 5, 20, 1, 29, 59, 999_999), datetime(2026, 5, 20, 1, 30), datetime(1969, 12, 31, 18, 59, 59, 999_999)]
MOVED = [datetime(2026, 5, 10, 12), datetime(2026, 5, 10, 11, 59, 59, 999_999), None]
SEEN = [datetime(1969, 12, 31, 18, 59, 59, 999_999), datetime(1969, 12, 31, 19), None]
SHOPS = ["a", "b", "c"]
HELD = ["local", "instant"]


def ruleset() -> Ruleset:
    """The ruleset."""
    return compile(TEXT)


def stamps(clocks: list[datetime | None], held: str) -> pa.Array:
    """Wall clocks as a column without a zone, or as points in time."""
    if held == "local":
        return pa.array(clocks, pa.timestamp("us"))
    return pa.array([None if item is None else item.replace(tzinfo=ZONE).astimezone(UTC) for item in clocks], pa.timestamp("us", "UTC"))


def tables(held: str) -> dict[str, pa.Table]:
    """The tables of a run: dated attributes, two rows a shop, whose fixed time differs by less than a second."""
    paid = [datetime(2026, 5, 10, 11, 59, 59), datetime(2026, 5, 20, 1, 29, 58), datetime(2026, 5, 20, 1, 30)]
    orders = {
        "order_id": [f"{shop}{index}" for shop in SHOPS for index in range(3)],
        "shop_id": [shop for shop in SHOPS for _ in range(3)],
        "paid_at": stamps([*paid, *paid, *paid], held),
    }
    earlier = [item.replace(microsecond=0) for item in SINCE]
    attributes = {
        "shop_id": [*SHOPS, *SHOPS],
        "valid_from": pa.array([date(2026, 1, 1)] * 3 + [date(2026, 5, 1)] * 3, pa.date32()),
        "since": stamps([*earlier, *SINCE], held),
        "moved": stamps([datetime(2026, 1, 1), None, datetime(2026, 5, 31), *MOVED], held),
    }
    return {"orders": pa.table(orders), "subjects": pa.table(attributes), "inputs": pa.table({"shop_id": SHOPS, "seen": stamps(list(SEEN), held)})}


def cards(result: object) -> list[dict[str, Any]]:
    """The rows of a fetched result, with what is the same in each left out."""
    assert isinstance(result, Result)
    return [{name: value for name, value in row.items() if name not in ("digest", "as_of", "version", "ruleset")} for row in result.table.to_pylist()]


def from_files(held: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The scorecards of files or Arrow tables."""
    request = Request({"orders": held["orders"]}, AS_OF, subjects=held["subjects"], inputs=held["inputs"], threads=1)
    return cards(score_files(ruleset().plan, ruleset().digest, request))


def in_csv(folder: Path) -> dict[str, Any]:
    """The tables as files of texts."""
    places = {}
    for name, table in tables("local").items():
        places[name] = folder / f"{name}.csv"
        texts = [column.cast(pa.string()) if pa.types.is_timestamp(column.type) else column for column in table.columns]
        pyarrow.csv.write_csv(pa.Table.from_arrays(texts, table.column_names), places[name])
    return places


def seconds(clock: datetime | None) -> datetime | None:
    """What a result shows of a wall clock."""
    return None if clock is None else clock.replace(microsecond=0, tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize("held", HELD)
def test_typed_times_are_those_of_texts(held: str, tmp_path: Path) -> None:
    expected = from_files(in_csv(tmp_path))
    assert [row["gate.old"] for row in expected] == ["open", "closed", "open"]
    assert [row["gate.fresh"] for row in expected] == ["open", "closed", "closed"]
    assert [row["gate.visited"] for row in expected] == ["open", "closed", "closed"]
    assert [(row["metric.early"], row["metric.dawn"], row["metric.after"]) for row in expected] == [(2, 3, 2), (2, 3, 3), (0, 0, 3)]
    assert [row["attribute.since"] for row in expected] == [seconds(item) for item in SINCE]
    assert [row["attribute.moved"] for row in expected] == [seconds(item) for item in MOVED]
    assert [row["input.seen"] for row in expected] == [seconds(item) for item in SEEN]
    assert from_files(tables(held)) == expected


@pytest.mark.parametrize("held", HELD)
def test_the_interpreter_reads_the_same(held: str, tmp_path: Path) -> None:
    made, expected = tables(held), from_files(in_csv(tmp_path))
    with open_session(None, 1) as session:
        run = begin(ruleset().plan, "", Request({"orders": made["orders"]}, AS_OF, subjects=made["subjects"], inputs=made["inputs"]), session)
        run.read_sources()
        for row in expected:
            found = interpret(run, row["shop_id"])
            assert found is not None
            record, evaluation = found
            for kind, name in (("attribute", "since"), ("attribute", "moved"), ("input", "seen")):
                shown = row[f"{kind}.{name}"]
                assert record[name] == (None if shown is None else (shown - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1))
            assert {name: evaluation.outcomes[name] for name in ("old", "fresh", "visited", "busy")} == {
                name: row[f"gate.{name}"] for name in ("old", "fresh", "visited", "busy")
            }


@pytest.mark.parametrize("engine", each_engine())
def test_engines_read_the_same(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    expected = from_files(in_csv(tmp_path))
    for held in HELD if engine != "clickhouse" else ["instant"]:
        with home_of(engine, request, tmp_path) as home:
            kept = {name: home.keep(name, table) for name, table in tables(held).items()}
            scored = score(
                ruleset().plan,
                ruleset().digest,
                request_on(home, {"orders": kept["orders"]}, AS_OF, subjects=kept["subjects"], inputs=kept["inputs"]),
            )
        assert cards(scored) == expected, held


@pytest.mark.parametrize("engine", each_engine("duckdb", "spark", "clickhouse"))
def test_times_that_differ_by_a_second_are_no_fixed_attribute(engine: EngineName, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    made = tables("instant")
    since = made["subjects"].column("since").to_pylist()
    since[0] -= timedelta(seconds=1)
    made["subjects"] = made["subjects"].set_column(2, "since", pa.array(since, pa.timestamp("us", "UTC")))
    with pytest.raises(RefusedDataError) as by_files:
        from_files(made)
    with home_of(engine, request, tmp_path) as home:
        kept = {name: home.keep(name, table) for name, table in made.items()}
        asked = request_on(home, {"orders": kept["orders"]}, AS_OF, subjects=kept["subjects"], inputs=kept["inputs"])
        with pytest.raises(RefusedDataError) as by_engine:
            score(ruleset().plan, "", asked)
    told = [[item.code for item in each.value.diagnostics] for each in (by_files, by_engine)]
    assert told == [["differing-attribute"], ["differing-attribute"]]
