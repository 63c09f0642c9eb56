"""A hundred million events within 4 GiB, and what twice the events cost, on DuckDB: the orders of `warehouse`, each run a process of its own.

PINGFEN_BENCH_VOLUME_ROWS sets another number of orders (a hundredth of it stores); half as many are scored beside them. `python -m bench.volume ROWS CHECKS` is
one such run: it prints seconds and the largest memory of its process.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from attrs import frozen

from . import warehouse
from .pairs import seconds_of

ROWS = int(os.environ.get("PINGFEN_BENCH_VOLUME_ROWS", "100000000"))
AS_OF = date(2026, 6, 29)
MEMORY, WITHIN = "3GiB", 4.0
PAIRS = 3
TWICE = 2.1


@frozen
class Measured:
    """Seconds of scoring, the process's largest memory in GiB, and the stores."""

    seconds: float
    peak: float
    subjects: int


def run() -> list[dict[str, Any]]:
    """For trusted rows and with every check: the largest memory of all runs, and the ratio of each pair of runs, the larger one first."""
    rows = []
    for checks in ("trusted", "every row check"):
        pairs = [(_child(ROWS, checks), _child(ROWS // 2, checks)) for _ in range(PAIRS)]
        rows += _told(checks, pairs)
    return rows


def _told(checks: str, pairs: list[tuple[Measured, Measured]]) -> list[dict[str, Any]]:
    peak = max(one.peak for one, _ in pairs)
    ratios = [one.seconds / other.seconds for one, other in pairs]
    seconds, half = (median(each[place].seconds for each in pairs) for place in (0, 1))
    stores = f"{pairs[0][0].subjects:,} stores"
    memory = f"{stores}, --memory {MEMORY}; at most {peak:.2f} GiB of {WITHIN:.0f}, {max(other.peak for _, other in pairs):.2f} for half; {seconds:.4g} s"
    spread = f"{len(pairs)} pairs, ratio {min(ratios):.2f} .. {max(ratios):.2f}, medians {seconds:.4g} s and {half:.4g} s"
    return [
        {"name": f"memory of {ROWS:,} orders, {checks}", "ratio": round(peak / WITHIN, 3), "limit": 1.0, "detail": memory},
        {"name": f"{ROWS:,} orders to half as many, {checks}", "ratio": round(median(ratios), 3), "limit": TWICE, "detail": spread},
    ]


def _child(rows: int, checks: str) -> Measured:
    warehouse.orders_of(rows)
    ended = subprocess.run([sys.executable, "-m", "bench.volume", str(rows), checks], check=True, capture_output=True, text=True)
    return Measured(**json.loads(ended.stdout))


def scored(rows: int, checks: str) -> Measured:
    """One run in this process."""
    from pingfen import load
    from pingfen.warehouse.request import Request
    from pingfen.warehouse.run import score

    ruleset: Any = load(str(Path(warehouse.__file__).with_suffix(".pf")))
    request = Request({"orders": warehouse.orders_of(rows)}, AS_OF, memory=MEMORY, trusted=checks == "trusted")
    found: list[Any] = []
    seconds = seconds_of(lambda: found.append(score(ruleset.plan, ruleset.digest, request).table.num_rows))
    return Measured(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, found[0])


if __name__ == "__main__":
    measured = scored(int(sys.argv[1]), sys.argv[2])
    print(json.dumps({"seconds": measured.seconds, "peak": measured.peak, "subjects": measured.subjects}))
