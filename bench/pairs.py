"""Ratios of two callables that run in turn, A B A B ...: drift of the machine falls on both."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from statistics import median

PAIRS = 11


def seconds_of(call: Callable[[], object]) -> float:
    """Wall seconds of one call, without the collector's pauses."""
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        call()
        return time.perf_counter() - start
    finally:
        gc.enable()


def compare(name: str, ours: Callable[[], object], theirs: Callable[[], object], limit: float, *, pairs: int = PAIRS, detail: str = "") -> dict[str, object]:
    """One row of the table: the median over `pairs` of seconds(ours) / seconds(theirs), the limit it should stay within, and the spread."""
    ours(), theirs()
    ratios, seconds = [], []
    for _ in range(pairs):
        first, second = seconds_of(ours), seconds_of(theirs)
        ratios.append(first / second)
        seconds.append((first, second))
    spread = (
        f"{pairs} pairs, ratio {min(ratios):.2f} .. {max(ratios):.2f}, medians {median(s[0] for s in seconds):.4g} s and {median(s[1] for s in seconds):.4g} s"
    )
    return {"name": name, "ratio": round(median(ratios), 3), "limit": limit, "detail": "; ".join(text for text in (detail, spread) if text)}
