"""Spark on skewed Parquet, and what a core of each engine scores in a second: the figures of docs/scale.md. `python -m bench.skew [ROWS]`.

Processor seconds are counted, not hours on the clock, so that a busy machine gives the same rates; Spark's are those of its Java process.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from itertools import chain
from pathlib import Path

import duckdb
from attrs import frozen
from tests.engines.clickhouse import clickhouse_session
from tests.engines.spark import spark_process

from pingfen import Ruleset, load
from pingfen.engines import EngineRequest, Kept, score

AS_OF = date(2026, 5, 1)
HUGE = 30
FOLDER = Path(__file__).parent
_ROWS = """
SELECT 'order-' || lpad(i::VARCHAR, 10, '0') AS order_id,
       CASE WHEN hash(i * 11) % 100 < $huge THEN 'store-huge' ELSE 'store-' || lpad((hash(i) % $stores)::VARCHAR, 7, '0') END AS store_id,
       TIMESTAMPTZ '2026-01-20 00:00:00+00' + to_microseconds((hash(i * 3 + 1) % 8640000000000)::BIGINT) AS paid_at,
       hash(i * 5 + 2) % 100 < 3 AS quality_return, hash(i * 5 + 3) % 100 < 9 AS late, hash(i * 5 + 4) % 100 < 5 AS refunded,
       (1 + hash(i * 7 + 5) % 5)::TINYINT AS stars, (hash(i * 3 + 1) % 8640000000000 // 86400000000)::INTEGER AS day
FROM range($rows) t(i)
"""


@frozen
class Measured:
    """One run: seconds on the clock and of processors, subjects scored."""

    wall: float
    processors: float
    subjects: int


def main(rows: int) -> None:
    """Make the Parquet, run, print."""
    folder = Path(tempfile.mkdtemp(prefix="pingfen-skew-"))
    try:
        even, skewed = (make(folder / name, rows, huge) for name, huge in (("even", 0), ("skewed", HUGE)))
        print(f"{rows:,} orders of {rows // 100:,} stores in 100 days; skewed: one store has {HUGE}% of them")
        for told, measured in chain(on_others(folder, even), on_spark(folder, even, skewed)):
            rate = rows / measured.processors
            print(
                f"{told:<46} {measured.wall:7.1f} s {measured.processors:7.1f} cpu s {rate / 1e6:6.2f} M rows/cpu s {measured.subjects:>9,} subjects",
                flush=True,
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make(target: Path, rows: int, huge: int) -> Path:
    """Parquet partitioned by day."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"COPY ({_ROWS}) TO '{target}' (FORMAT parquet, PARTITION_BY (day))", {"rows": rows, "stores": rows // 100, "huge": huge})
    return target


def on_spark(folder: Path, even: Path, skewed: Path) -> Iterator[tuple[str, Measured]]:
    """Sums and latest rows, even and skewed, each once warm."""
    settings = {"spark.sql.shuffle.partitions": "16"}
    with spark_process(**settings) as spark:
        handle = spark.root.sparkContext._jvm.java.lang.ProcessHandle.current()

        def processors() -> float:
            return float(handle.info().totalCpuDuration().get().toMillis()) / 1e3

        for name in ("warehouse.pf", "skew.pf"):
            ruleset = load(FOLDER / name)
            assert isinstance(ruleset, Ruleset)
            for told, events in (("warming up", even), ("even", even), ("skewed", skewed)):
                request = EngineRequest("spark", {"orders": str(events)}, AS_OF, session=spark.root, trusted=True, folder=folder / "out")
                yield f"spark, {ruleset.name}, {told}", timed(ruleset, request, processors)


def on_others(folder: Path, even: Path) -> Iterator[tuple[str, Measured]]:
    """The sums on DuckDB and ClickHouse."""
    ruleset = load(FOLDER / "warehouse.pf")
    assert isinstance(ruleset, Ruleset)
    with ExitStack() as stack:
        request = EngineRequest("duckdb", {"orders": str(even)}, AS_OF, trusted=True, folder=folder / "out")
        yield "duckdb", timed(ruleset, request, own_processors)
        session = stack.enter_context(clickhouse_session())
        request = EngineRequest("clickhouse", {"orders": str(even)}, AS_OF, session=session, trusted=True, folder=folder / "out")
        yield "clickhouse", timed(ruleset, request, own_processors)


def timed(ruleset: Ruleset, request: EngineRequest, processors: Callable[[], float]) -> Measured:
    """One run."""
    clock, before = time.monotonic(), processors()
    kept = score(ruleset.plan, ruleset.digest, request)
    assert isinstance(kept, Kept)
    return Measured(time.monotonic() - clock, processors() - before, kept.subjects)


def own_processors() -> float:
    """Processor seconds of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
