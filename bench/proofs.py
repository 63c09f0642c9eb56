"""`pingfen prove` of all rulesets of the repository: the whole command, from start to table."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter
from typing import Any

from bench.imports import environment

SECONDS, RUNS = 20.0, 3


def run() -> list[dict[str, Any]]:
    """One row: the median run to the limit of 20 seconds on two cores; each run settles every claim."""
    seconds = [_seconds() for _ in range(RUNS)]
    detail = f"{RUNS} runs, {min(seconds):.1f} .. {max(seconds):.1f} s, limit {SECONDS:g} s"
    return [{"name": "prove rulesets, to the limit", "ratio": round(median(seconds) / SECONDS, 3), "limit": 1.0, "detail": detail}]


def _seconds() -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-m", "pingfen", "prove", "rulesets"], env=environment(None), check=True, capture_output=True)
    return perf_counter() - start
