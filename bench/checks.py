"""`pingfen check` of a thousand generated rulesets of about 150 lines: nothing remembered, then nothing changed."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

from tests.strategies.choosing import ByRandom
from tests.strategies.given import record_of
from tests.strategies.rulesets import ruleset_of_seed

from bench.imports import FOLDER, environment, install, pingfen
from pingfen.pipeline import compile_source
from pingfen.plan.quantity import Words
from pingfen.plan.ruleset import Plan
from pingfen.plan.values import value_text
from pingfen.reference import evaluate
from pingfen.source import Source

RULESETS = 1000
LINES = 150
COLD_SECONDS, WARM_SECONDS = 120, 4


def run() -> list[dict[str, Any]]:
    """The rows of the table: seconds over the seconds allowed."""
    site = install()
    folder = FOLDER / "rulesets"
    lines = write_rulesets(folder)
    shutil.rmtree(FOLDER / "cache", ignore_errors=True)
    told = f"{RULESETS:,} rulesets, {lines:,} lines, 2 processes"
    cold, warm = _seconds(site, folder), min(_seconds(site, folder) for _ in range(3))
    return [
        {"name": "cold check of 1,000 rulesets", "ratio": round(cold / COLD_SECONDS, 3), "limit": 1.0, "detail": f"{cold:.1f} s of {COLD_SECONDS} s; {told}"},
        {
            "name": "check of 1,000 unchanged rulesets",
            "ratio": round(warm / WARM_SECONDS, 3),
            "limit": 1.0,
            "detail": f"{warm:.2f} s of {WARM_SECONDS} s; {told}",
        },
    ]


def write_rulesets(folder: Path) -> int:
    """Write the rulesets, each in a folder of its own; gives the number of lines."""
    shutil.rmtree(folder, ignore_errors=True)
    lines = 0
    for index, text in enumerate(islice(rulesets(), RULESETS)):
        (folder / str(index)).mkdir(parents=True)
        (folder / str(index) / "1.pf").write_text(text, "utf-8")
        lines += text.count("\n")
    return lines


def rulesets() -> Iterator[str]:
    """Rulesets that have a plan, with as many examples as make them 150 lines long."""
    for seed in count():
        text = ruleset_of_seed(seed)
        plan = compile_source(Source("generated.pf", text)).plan
        if plan is not None:
            yield text + "\n" + "\n".join(examples(plan, seed, LINES - text.count("\n")))


def examples(plan: Plan, seed: int, lines: int) -> Iterator[str]:
    """Lines of examples, one field a line, until there are as many as wanted."""
    for index in count():
        if lines <= 0:
            return
        example = example_of(plan, seed * 100 + index, index)
        lines -= sum(text.count("\n") + 1 for text in example)
        yield from example


def example_of(plan: Plan, seed: int, index: int) -> list[str]:
    """One example: a record drawn at random and what the interpreter says of it."""
    record = record_of(ByRandom(seed), plan)
    found = evaluate(plan.record, record)
    day = next((record[field.name] for field in plan.record.fields if field.kind == "as of"), None)
    on = [] if day is None else [f"  on {value_text(next(field.type for field in plan.record.fields if field.kind == 'as of'), day)}"]
    given = [f"{field.name} {_spelled(field.type, record[field.name])}" for field in plan.record.fields if field.kind != "as of"]
    expected = [f"{number.path} {_spelled(number.type, found.numbers[number.path])}" for number in plan.record.numbers][:3]
    expected += [f"{name} {outcome}" for name, outcome in found.outcomes.items() if outcome and not expected][:1]
    return [f'example "{index}" {{', *on, "  given " + ",\n    ".join(given), "  expect " + ",\n    ".join(expected), "}"]


def _spelled(kind: Any, value: Any) -> str:
    text = value_text(kind, value)
    return f'"{text}"' if isinstance(kind, Words) and value is not None else text


def _seconds(site: Path, folder: Path) -> float:
    start = time.perf_counter()
    done = subprocess.run([*pingfen(site), "check", str(folder)], env=environment(site), capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    assert done.stderr.startswith(f"{RULESETS} files checked"), done.stderr[-1000:]
    return seconds
