"""Events to scores on DuckDB: 20 million orders of 200,000 stores with text keys, beside SQL that an expert wrote by hand.

PINGFEN_BENCH_ROWS sets another number of orders (a hundredth of it stores).
"""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pingfen import load
from pingfen.warehouse.request import Request
from pingfen.warehouse.run import score

from . import warehouse_peer
from .pairs import compare

ROWS = int(os.environ.get("PINGFEN_BENCH_ROWS", "20000000"))
STORES = ROWS // 100
MEMORY = "2GiB"
DAYS = 180
FIRST = date(2026, 1, 1)
PAIRS = 9
LIMITS = {"trusted": 1.20, "without the check of duplicate keys": 2.0, "every row check": 4.5}


def run() -> list[dict[str, Any]]:
    """One row for each set of checks; before them the results are compared to the digit."""
    path = orders()
    ruleset = load(str(Path(__file__).with_suffix(".pf")))
    settings: dict[str, dict[str, bool]] = {"trusted": {"trusted": True}, "without the check of duplicate keys": {"unique_keys": True}, "every row check": {}}
    return [_compared(f"events to scores, {name}", limit, _scorer(ruleset, path, settings[name]), path) for name, limit in LIMITS.items()]


def _scorer(ruleset: Any, path: Path, settings: dict[str, bool]) -> Callable[[date], pa.Table]:
    def call(as_of: date) -> pa.Table:
        return score(ruleset.plan, ruleset.digest, Request({"orders": path}, as_of, memory=MEMORY, **settings)).table

    return call


def _compared(name: str, limit: float, ours: Callable[[date], pa.Table], path: Path) -> dict[str, Any]:
    """The same days in turn for both, and the process's largest memory so far beside the limit."""
    connection = warehouse_peer.connect(MEMORY)
    days = [FIRST + timedelta(days=DAYS - offset) for offset in range(10)]
    _assert_equal(ours(days[0]), warehouse_peer.score(connection, path, days[0]))
    our_days, their_days = count(), count()
    row = compare(
        name,
        lambda: ours(days[next(our_days) % len(days)]),
        lambda: warehouse_peer.score(connection, path, days[next(their_days) % len(days)]),
        limit,
        pairs=PAIRS,
        detail=f"{ROWS:,} orders, {STORES:,} stores",
    )
    connection.close()
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {**row, "detail": f"{row['detail']}; at most {largest:.2f} GiB of {MEMORY}"}


def _assert_equal(ours: pa.Table, theirs: pa.Table) -> None:
    """All subjects, parts and gates are the same to the digit."""
    names = {
        "store_id": "store_id",
        "score": "score",
        "part.product": "product",
        "part.product.returned": "returned",
        "part.product.praised": "praised",
        "part.speed": "speed",
        "gate.campaigns": "campaigns",
    }
    assert ours.num_rows == theirs.num_rows == STORES
    for name, other in names.items():
        column, wanted = ours.column(name), theirs.column(other)
        if pa.types.is_decimal(column.type):
            column = pc.cast(pc.multiply(column, pa.scalar(100, pa.int32())), pa.int64())
            wanted = wanted.cast(pa.int64())
        assert column.cast(wanted.type).equals(wanted), name


def orders() -> Path:
    """As many orders as are scored here."""
    return orders_of(ROWS)


def orders_of(rows: int) -> Path:
    """That many orders as one Parquet file, made once: in no order of keys or times, texts as keys."""
    path = Path("build") / f"orders-{rows}.parquet"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        with duckdb.connect(":memory:") as connection:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute(f"COPY ({_ROWS}) TO '{path}.part' (FORMAT parquet)", {"rows": rows, "stores": rows // 100})
        os.replace(f"{path}.part", path)
    return path


_ROWS = f"""
SELECT 'order-' || lpad(((i * 7919) % $rows)::VARCHAR, 10, '0')                                       AS order_id,
       'store-' || lpad((hash(i) % $stores)::VARCHAR, 7, '0')                                         AS store_id,
       TIMESTAMPTZ '{FIRST} 00:00:00+00' + to_microseconds((hash(i * 3 + 1) % ({DAYS} * 86400000000))::BIGINT) AS paid_at,
       hash(i * 5 + 2) % 100 < hash(hash(i) % $stores) % 8                                            AS quality_return,
       hash(i * 5 + 3) % 100 < hash(hash(i) % $stores + 1) % 20                                       AS late,
       hash(i * 5 + 4) % 100 < 5                                                                      AS refunded,
       (1 + hash(i * 7 + 5) % 5)::TINYINT                                                             AS stars
FROM range($rows) t(i)
"""
