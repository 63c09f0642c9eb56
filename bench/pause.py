"""The check that an editor runs at every pause: parse, check, and what structure shows of every claim, of a published ruleset of about 300 lines."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from pingfen.pipeline import compile_source
from pingfen.proof.session import settle_by_structure
from pingfen.source import Source

RULESET = Path("rulesets/wechat-store/2023-08-31.pf")
MILLISECONDS, RUNS = 250, 21


def run() -> list[dict[str, Any]]:
    """The row of the table: milliseconds over those allowed; the text is another one at every pause."""
    text = RULESET.read_text("utf-8")
    times = [_milliseconds(f"{text}\n# {number}\n") for number in range(RUNS)]
    typical, slowest = median(times), max(times)
    told = f"{typical:.0f} ms of {MILLISECONDS} ms, slowest of {RUNS} {slowest:.0f} ms; {text.count(chr(10))} lines"
    return [{"name": "check and structure at a pause", "ratio": round(typical / MILLISECONDS, 3), "limit": 1.0, "detail": told}]


def _milliseconds(text: str) -> float:
    start = perf_counter()
    compilation = compile_source(Source("typed.pf", text))
    assert compilation.plan is not None
    assert all(settle_by_structure(compilation.plan).values())
    return (perf_counter() - start) * 1000
