"""A constant of a mapping is read by one rule, whoever scores: the same texts are values, and the others are refused for the same reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pingfen import Ruleset, compile
from pingfen.engines import score
from pingfen.warehouse.refusal import RefusedDataError
from pingfen.warehouse.request import Request
from pingfen.warehouse.result import Result
from pingfen.warehouse.run import score as score_files

from .homes import Home, home_of, request_on

pytestmark = pytest.mark.slow
AS_OF = date(2026, 6, 1)
TEXT = """
ruleset example.constants
version "1"
effective from 2020-01-01
cites "made up"
timezone "America/New_York"
years 2010 .. 2030
subject shop_id
events orders {
  order_id  text      key
  shop_id   text      subject
  paid_at   time      happens
  sent_at   time      optional
  due       date      optional
  waited    duration  optional
  good      share     0.00% .. 100.00%  optional
  amount    money     -10.00 .. 1000.00  optional
  kind      one of normal, "1"  optional
  gift      flag      optional
}
metric sent   = minimum of sent_at in orders over last 9 days
metric first  = minimum of due in orders over last 9 days
metric waits  = minimum of waited in orders over last 9 days
metric goods  = minimum of good in orders over last 9 days
metric spent  = minimum of amount in orders over last 9 days
metric kinds  = count of orders with kind given and kind is normal over last 9 days
metric gifts  = count of orders with gift given and gift over last 9 days
gate a open when sent given and sent > 2026-01-01 and first given and first > 2026-01-01 and waits given and waits > 1 seconds
gate b open when goods given and goods > 1% and spent given and spent > 1 and kinds > 0 and gifts > 0
"""
NUMBERS = [
    "1e1",
    "１２",
    " 5",
    "5 ",
    "1_0",
    "+1.",
    ".5",
    ".",
    "",
    "-",
    "1.5",
    "-1.50",
    "-10.01",
    "1.005",
    "1.000",
    "1000.00",
    "1000.01",
    "00007",
    "nan",
]
NUMBERS += ["9" * 50, "5\n", "--1", "1.2.3", "0x10", "1,000", "-0"]
DAYS = [
    "2026-05-29",
    "20260529",
    "2026-W22-5",
    "1950-01-01",
    "2026-02-30",
    "2026-2-3",
    "２026-05-29",
    "2026-05-29 00:00",
    "0000-01-01",
    "2026-13-01",
    "9999-12-31",
]
TIMES = ["2026-05-30", "2026-05-30 01:00", "2026-05-30T01:00:00Z", "2026-05-30 01:00+05:30", "2026-05-30 01:00-0530", "2026-05-30 01:00+05", "2026-W22-5T10:00"]
TIMES += [
    "2026-05-30 01:00:00.9999999",
    "2026-05-30 01:00:00,5",
    "20260530T0100",
    "2026-03-08 02:30",
    "2025-11-02 01:30",
    "1950-01-01 00:00",
    "2026-05-30 24:00",
]
TIMES += [
    "2026-05-30 01:00:00+00:00:30",
    "2026-02-30 01:00",
    "2026-05-30 01",
    "2026-05-30  01:00",
    "2026-05-30 01:00 Z",
    "0000-01-01 00:00",
    "2026-05-30 01:00+99",
]
CASES = [("amount", text, None) for text in NUMBERS] + [("amount", "5", "hours"), ("amount", "5", "percent"), ("amount", "5.5", "percent")]
CASES += [("waited", text, None) for text in NUMBERS] + [("waited", "0.75", "hours"), ("waited", "1.5", "minutes"), ("waited", "-0.0001", "hours")]
CASES += [
    ("waited", "5", "percent"),
    ("good", "12.5", "percent"),
    ("good", "0.125", None),
    ("good", "1.00001", None),
    ("good", "12.5", "hours"),
    ("good", "12.345", "percent"),
]
CASES += [("due", text, None) for text in DAYS] + [("sent_at", text, None) for text in TIMES]
CASES += [
    ("sent_at", "1780113600", "epoch seconds"),
    ("kind", "1", None),
    ("kind", "other", None),
    ("gift", "是", None),
    ("gift", "2", None),
    ("gift", "TRUE", None),
]
CASES += [("waited", text, None) for text in ("1." + "0" * 38 + "1", "1." + "9" * 40, "1." + "0" * 60)] + [("waited", "0.6666666666666666", "hours")]
ORDERS = pa.table(
    {
        "order_id": pa.array(["a"]),
        "shop_id": pa.array(["x"]),
        "paid_at": pa.array([datetime(2026, 5, 29, tzinfo=UTC)], pa.timestamp("us", "UTC")),
    }
)


@pytest.fixture(scope="module")
def homes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[Home, str]]]:
    """The orders as tables of two engines."""
    with ExitStack() as stack:
        found = []
        for engine in ("duckdb", "clickhouse"):
            folder: Path = tmp_path_factory.mktemp(engine)
            home = stack.enter_context(home_of(engine, request, folder))
            found.append((home, home.keep("orders", ORDERS)))
        yield found


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    """The ruleset."""
    return compile(TEXT)


@pytest.mark.parametrize(("column", "text", "cast"), CASES)
def test_every_path_reads_a_constant_alike(ruleset: Ruleset, homes: list[tuple[Home, str]], column: str, text: str, cast: str | None) -> None:
    mapping = {"events": {"orders": {"columns": {column: {"constant": text} | ({"cast": cast} if cast else {})}}}}
    expected = answer(lambda: score_files(ruleset.plan, ruleset.digest, Request({"orders": ORDERS}, AS_OF, mapping=mapping)))
    for home, table in homes:
        request = request_on(home, {"orders": table}, AS_OF, mapping=mapping)
        assert answer(lambda: score(ruleset.plan, ruleset.digest, request)) == expected  # noqa: B023


def answer(run: Any) -> object:
    """The metrics of a run, or the codes for which it is refused."""
    try:
        result = run()
    except RefusedDataError as refused:
        return [item.code for item in refused.diagnostics]
    assert isinstance(result, Result)
    return [{name: value for name, value in row.items() if name.startswith("metric")} for row in result.table.to_pylist()]
