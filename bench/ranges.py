"""31 dates in one run beside 31 single runs, on DuckDB: the same orders, stores and rules as in `warehouse`, compared to the digit.

PINGFEN_BENCH_RANGE_ROWS sets another number of orders (a hundredth of it stores).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa

from pingfen import load
from pingfen.increment.ranges import Stretch, score_range
from pingfen.warehouse.request import Request
from pingfen.warehouse.run import score

from . import warehouse
from .pairs import compare

ROWS = int(os.environ.get("PINGFEN_BENCH_RANGE_ROWS", "5000000"))
DATES = 31
LIMIT = 0.4
PAIRS = {"trusted": 3, "every row check": 1}


def run() -> list[dict[str, Any]]:
    """One row without and one with the checks of rows; the dates vary from call to call."""
    path = warehouse.orders_of(ROWS)
    ruleset = load(str(Path(warehouse.__file__).with_suffix(".pf")))
    return [_compared(ruleset, path, name, trusted) for name, trusted in (("trusted", True), ("every row check", False))]


def _compared(ruleset: Any, path: Path, name: str, trusted: bool) -> dict[str, Any]:
    def many(first: date) -> pa.Table:
        stretch = Stretch(ruleset.plan, ruleset.digest, first, first + timedelta(days=DATES - 1))
        return score_range([stretch], Request({"orders": path}, first, trusted=trusted)).table

    def single(first: date) -> pa.Table:
        requests = [Request({"orders": path}, first + timedelta(days=offset), trusted=trusted) for offset in range(DATES)]
        return pa.concat_tables([score(ruleset.plan, ruleset.digest, request).table for request in requests])

    first = warehouse.FIRST + timedelta(days=warehouse.DAYS - DATES - 5)
    if trusted:
        assert many(first).equals(single(first)), "the digits differ"
    row = compare(f"31 dates to 31 single runs, {name}", _varied(many, first), _varied(single, first), LIMIT, pairs=PAIRS[name], detail=f"{ROWS:,} orders")
    return dict(row)


def _varied(call: Callable[[date], pa.Table], first: date) -> Callable[[], pa.Table]:
    calls = count()
    return lambda: call(first + timedelta(days=next(calls) % 4))
