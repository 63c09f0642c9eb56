"""The same rows give the same result whatever holds them; numbers keep their digits, floats are converted by the one rule."""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.source import Source
from pingfen.warehouse import RefusedDataError, Request
from pingfen.warehouse.run import score

from ..tries import tries

AS_OF = date(2024, 5, 21)
TEXT = """
ruleset sources.case
version "1"
effective from 2024-01-01
cites "language.md"
timezone "Asia/Shanghai"
subject store_id
events orders {
  order_id  text  key
  store_id  text  subject
  paid_at   time  happens
  amount    money -1000.00 .. 1000.00  optional
  rude      flag
  count     number 0 .. 100
  promised  date ahead
}
metric volume = count of orders with rude over last 30 days
metric spent  = sum of amount in orders over last 30 days to 0.01 missing 0
metric counted = sum of count in orders over last 30 days to 1
display shown = volume
display shown_spent = spent
display shown_counted = counted
"""
ROWS: list[dict[str, Any]] = [
    {
        "order_id": f"o{index}",
        "store_id": f"店{index % 3}",
        "amount": None if index % 4 == 0 else Decimal(index * 7 - 20).scaleb(-2),
        "rude": index % 2 == 0,
        "count": index,
    }
    for index in range(12)
]


def plan() -> Plan:
    """The case's plan."""
    compilation = compile_source(Source("sources", TEXT))
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    return compilation.plan


def arrow(**columns: pa.Array) -> pa.Table:
    """The rows, with some columns held in another way."""
    times = [datetime(2024, 5, 1, 2, index, tzinfo=UTC) for index in range(len(ROWS))]
    table = pa.Table.from_pylist(
        ROWS, pa.schema([("order_id", pa.string()), ("store_id", pa.string()), ("amount", pa.decimal128(8, 2)), ("rude", pa.bool_()), ("count", pa.int64())])
    )
    table = table.append_column("paid_at", pa.array(times, pa.timestamp("us", "UTC"))).append_column("promised", pa.array([date(2030, 1, 1)] * len(ROWS)))
    for name, values in columns.items():
        table = table.set_column(table.column_names.index(name), name, values)
    return table


def shown(origin: Any) -> list[dict[str, Any]]:
    """What a source gives."""
    return (
        score(plan(), "sha256:0", Request({"orders": origin}, AS_OF))
        .table.select(["store_id", "display.shown", "display.shown_spent", "display.shown_counted"])
        .to_pylist()
    )


EXPECTED = shown(arrow())
LOCAL = [datetime(2024, 5, 1, 10, index) for index in range(len(ROWS))]
HELD: dict[str, dict[str, pa.Array]] = {
    "naive local times": {"paid_at": pa.array(LOCAL, pa.timestamp("us"))},
    "local times in nanoseconds": {"paid_at": pa.array(LOCAL, pa.timestamp("ns"))},
    "local times in seconds": {"paid_at": pa.array(LOCAL, pa.timestamp("s"))},
    "instants of another zone": {
        "paid_at": pa.array([item.replace(tzinfo=UTC) for item in LOCAL], pa.timestamp("ms", "UTC")).cast(pa.timestamp("ms", "America/New_York"))
    },
    "times as texts": {"paid_at": pa.array([item.isoformat() for item in LOCAL])},
    "large texts": {"store_id": pa.array([row["store_id"] for row in ROWS], pa.large_string())},
    "texts as a dictionary": {"store_id": pa.array([row["store_id"] for row in ROWS]).dictionary_encode()},
    "keys as whole numbers": {"order_id": pa.array(range(len(ROWS)), pa.int32())},
    "flags as 0 and 1": {"rude": pa.array([int(row["rude"]) for row in ROWS], pa.int8())},
    "flags as texts": {"rude": pa.array(["yes" if row["rude"] else "no" for row in ROWS])},
    "unsigned numbers": {"count": pa.array([row["count"] for row in ROWS], pa.uint8())},
    "whole numbers as decimals": {"count": pa.array([Decimal(row["count"]) for row in ROWS], pa.decimal128(30, 6))},
    "whole numbers as floats": {"count": pa.array([float(row["count"]) for row in ROWS], pa.float32())},
    "amounts as floats": {"amount": pa.array([None if row["amount"] is None else float(row["amount"]) for row in ROWS], pa.float64())},
    "amounts with more places": {"amount": pa.array([row["amount"] for row in ROWS], pa.decimal128(38, 20))},
    "amounts as texts": {"amount": pa.array([None if row["amount"] is None else str(row["amount"]) for row in ROWS])},
    "dates as times at midnight": {"promised": pa.array([datetime(2030, 1, 1)] * len(ROWS), pa.timestamp("us"))},
}


@pytest.mark.parametrize("held", HELD)
def test_the_same_rows_held_in_another_way_give_the_same_result(held: str) -> None:
    changed = HELD[held]
    if held == "instants of another zone":
        changed = {"paid_at": arrow().column("paid_at").cast(pa.timestamp("us", "America/New_York"))}
    assert shown(arrow(**changed)) == EXPECTED


def test_files_and_frames_give_the_same_result(tmp_path: Path) -> None:
    table = arrow()
    pa.parquet.write_table(table, tmp_path / "orders.parquet")
    texts = table.set_column(table.column_names.index("paid_at"), "paid_at", pa.array([f"{item.isoformat()}" for item in LOCAL]))
    pa.csv.write_csv(texts, tmp_path / "orders.csv")
    with open(tmp_path / "orders.jsonl", "w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row, default=str) + "\n" for row in texts.to_pylist())
    frames: list[Any] = [table.to_pandas(), pl.from_arrow(table), table.to_batches()[0]]
    origins = [*frames, *(tmp_path / f"orders.{form}" for form in ("parquet", "csv", "jsonl"))]
    assert isinstance(frames[0], pd.DataFrame)
    assert [shown(origin) for origin in origins] == [EXPECTED] * len(origins)


@settings(max_examples=tries(60), deadline=None)
@given(
    st.lists(
        st.one_of(st.floats(-1001, 1001), st.integers(-200_000, 200_000).map(lambda halves: halves / 200), st.sampled_from([0.285, 2.675, -0.005])),
        min_size=1,
        max_size=20,
    )
)
def test_floats_are_rounded_half_away_from_zero_of_the_product(values: list[float]) -> None:
    """A value is bad where the product, rounded, leaves the range; else the sum is that of the rounded products."""
    rounded = [
        math.trunc(value * 100.0) + (value * 100.0 - math.trunc(value * 100.0) >= 0.5) - (value * 100.0 - math.trunc(value * 100.0) <= -0.5) for value in values
    ]
    rows = len(values)
    table = pa.table(
        {
            "order_id": pa.array([str(index) for index in range(rows)]),
            "store_id": pa.array(["s"] * rows),
            "paid_at": pa.array([datetime(2024, 5, 1)] * rows, pa.timestamp("us")),
            "amount": pa.array(values, pa.float64()),
            "rude": pa.array([True] * rows),
            "count": pa.array([1] * rows),
            "promised": pa.array([date(2024, 5, 1)] * rows),
        }
    )
    if any(not -100_000 <= item <= 100_000 for item in rounded):
        with pytest.raises(RefusedDataError) as refusal:
            shown(table)
        assert [found.code for found in refusal.value.diagnostics] == ["cell-out-of-range"]
    else:
        assert shown(table)[0]["display.shown_spent"] == Decimal(sum(rounded)).scaleb(-2)


BAD: dict[str, tuple[dict[str, pa.Array], str]] = {
    "NaN": ({"amount": pa.array([math.nan] * 12)}, "cell-out-of-range"),
    "an infinity": ({"amount": pa.array([math.inf] * 12)}, "cell-out-of-range"),
    "a float beyond 64 bits": ({"amount": pa.array([1e308] * 12)}, "cell-out-of-range"),
    "digits beyond the places": ({"amount": pa.array([Decimal("1.001")] * 12, pa.decimal128(9, 3))}, "too-many-places-in-data"),
    "a decimal beyond 64 bits": ({"amount": pa.array([Decimal(10) ** 30] * 12, pa.decimal128(38, 2))}, "cell-out-of-range"),
    "an unsigned number beyond 64 bits": ({"count": pa.array([2**64 - 1] * 12, pa.uint64())}, "cell-out-of-range"),
    "a flag that is 2": ({"rude": pa.array([2] * 12)}, "unreadable-cell"),
    "a time within a date": ({"promised": pa.array([datetime(2024, 5, 1, 1)] * 12, pa.timestamp("us"))}, "unreadable-time"),
    "a time far from all years": ({"paid_at": pa.array([2**62] * 12, pa.int64()).cast(pa.timestamp("us"))}, "cell-out-of-range"),
    "numbers where a time is wanted": ({"paid_at": pa.array([1714528800] * 12)}, "mismatched-column"),
    "floats where a text is wanted": ({"store_id": pa.array([1.5] * 12)}, "mismatched-column"),
    "dates where a time is wanted": ({"paid_at": pa.array([date(2024, 5, 1)] * 12)}, "mismatched-column"),
    "flags where a number is wanted": ({"count": pa.array([True] * 12)}, "mismatched-column"),
    "lists where a number is wanted": ({"count": pa.array([[1]] * 12)}, "mismatched-column"),
    "bytes where a text is wanted": ({"store_id": pa.array([b"\xff"] * 12)}, "mismatched-column"),
    "nothing but missing values": ({"store_id": pa.nulls(12)}, "missing-cell"),
}


@pytest.mark.parametrize("held", BAD)
def test_bad_columns_are_refused(held: str) -> None:
    columns, code = BAD[held]
    with pytest.raises(RefusedDataError) as refusal:
        shown(arrow(**columns))
    assert {found.code for found in refusal.value.diagnostics} == {code}


MORE = """
ruleset casts.case
version "1"
effective from 2024-01-01
cites "language.md"
timezone "America/New_York"
subject store_id
events orders {
  order_id  text  key
  store_id  text  subject
  paid_at   time  happens
  waiting   duration 0 hours .. 48 hours optional
  rated     share 0% .. 100% to 0.01% optional
  promised  date optional
}
metric volume = count of orders over last 30 days
metric waited = mean of waiting in orders over last 30 days to 1 second skip missing
metric ratio  = mean of rated in orders over last 30 days to 0.01% skip missing
metric early  = count of orders with promised given over last 30 days
display shown = volume
display shown_waited = waited
display shown_ratio = ratio
display shown_early = early
"""
CASTS: dict[str, tuple[str, str | None, pa.Array, tuple[object, ...]]] = {
    "seconds": ("waiting", None, pa.array([3600, 7200]), (2, 5400, None, 0)),
    "seconds as decimals, cut downward": ("waiting", None, pa.array([Decimal("3600.9"), Decimal("7200.9")]), (2, 5400, None, 0)),
    "seconds as floats, cut downward": ("waiting", None, pa.array([3600.9, 7200.9]), (2, 5400, None, 0)),
    "an interval": ("waiting", None, pa.array([3600_900, 7200_900], pa.duration("ms")), (2, 5400, None, 0)),
    "minutes": ("waiting", "minutes", pa.array([60, 120]), (2, 5400, None, 0)),
    "hours": ("waiting", "hours", pa.array([1.0, 2.0]), (2, 5400, None, 0)),
    "days": ("waiting", "days", pa.array(["0.5", "1.5"]), (2, 86400, None, 0)),
    "percent": ("rated", "percent", pa.array([95, 96]), (2, None, Decimal("0.9550"), 0)),
    "percent as decimals": ("rated", "percent", pa.array([Decimal("95.10"), Decimal("95.20")]), (2, None, Decimal("0.9515"), 0)),
    "shares": ("rated", None, pa.array([Decimal("0.95"), Decimal("0.96")]), (2, None, Decimal("0.9550"), 0)),
    "epoch seconds": ("paid_at", "epoch seconds", pa.array([1714528800, 1714528801]), (2, None, None, 0)),
    "epoch milliseconds": ("paid_at", "epoch milliseconds", pa.array([1714528800_999, 1714528801_999]), (2, None, None, 0)),
    "epoch microseconds": ("paid_at", "epoch microseconds", pa.array([1714528800_000_001, 1714528801_999_999]), (2, None, None, 0)),
    "dates as times at midnight": ("paid_at", "time", pa.array([date(2024, 4, 21), date(2024, 4, 20)]), (1, None, None, 0)),
    "times as dates": ("promised", "date", pa.array([datetime(2024, 5, 20, 23), datetime(2024, 5, 21, 1)], pa.timestamp("us")), (2, None, None, 1)),
}


@pytest.mark.parametrize("held", CASTS)
def test_casts_of_a_mapping(held: str) -> None:
    """Volume, mean seconds, mean share and given dates of two rows. April 21 begins the window, May 21 is D."""
    name, cast, values, expected = CASTS[held]
    compilation = compile_source(Source("casts", MORE))
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    table = pa.table({"order_id": ["1", "2"], "store_id": ["s", "s"], "paid_at": pa.array([datetime(2024, 5, 20, 23)] * 2, pa.timestamp("us"))})
    table = table.drop_columns([name]) if name in table.column_names else table
    mapping = {"events": {"orders": {"columns": {name: {"column": "held", "cast": cast} if cast else "held"}}}}
    result = score(compilation.plan, "sha256:0", Request({"orders": table.append_column("held", values)}, AS_OF, mapping=mapping)).table
    (row,) = result.to_pylist()
    assert tuple(row[f"display.{each}"] for each in ("shown", "shown_waited", "shown_ratio", "shown_early")) == expected
