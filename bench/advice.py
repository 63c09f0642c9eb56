"""`pingfen advise` on the seven marketplaces: many shops, many goals, and the slowest answer; of the slowest the whole command, from start to text."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

from attrs import frozen

from bench.imports import FOLDER, environment, install, pingfen
from pingfen.advice import GateGoal, Goal, NumberGoal, advise
from pingfen.plan.quantity import Exact, Numeric
from pingfen.plan.record import Gate, Scale
from pingfen.plan.ruleset import Plan
from pingfen.plan.values import decimal_text
from pingfen.reference import Value
from pingfen.ruleset import Ruleset, load
from pingfen.trial.examples import record_of

RULESETS = Path("rulesets")
SECONDS, DRAWN, RUNS = 2.0, 6, 3
SHARES = (40, 60, 75, 90, 97, 100)


@frozen(repr=False)
class Question:
    """What is asked: a ruleset, a shop and a goal."""

    path: Path
    plan: Plan
    record: Mapping[str, Value]
    goal: Goal


def run() -> list[dict[str, Any]]:
    """The rows of the table: seconds of the slowest over those allowed."""
    site = install()
    timed = [(_processor_seconds(question), question) for question in questions()]
    _, slowest = max(timed, key=lambda each: each[0])
    answer, whole = min(_seconds(slowest) for _ in range(RUNS)), min(_command_seconds(site, slowest) for _ in range(RUNS))
    told = f"of {SECONDS:.1f} s; {slowest.path.parent.name} {slowest.path.stem}"
    return [
        {"name": f"advice, slowest of {len(timed):,}", "ratio": round(answer / SECONDS, 3), "limit": 1.0, "detail": f"{answer:.2f} s {told}"},
        {"name": "advice, its whole command", "ratio": round(whole / SECONDS, 3), "limit": 1.0, "detail": f"{whole:.2f} s {told}"},
    ]


def questions() -> Iterator[Question]:
    """Every gate and six scores, for the shop of every example of the latest version, and for some whose improvable metrics lie anywhere in their range."""
    for folder in sorted(RULESETS.iterdir()):
        if folder.name == "airline-punctuality":
            continue
        path = max(folder.glob("*.pf"))
        ruleset = load(path)
        assert isinstance(ruleset, Ruleset)
        records = [record_of(ruleset.plan.record, example) for example in ruleset.plan.examples if example.given and not example.tables]
        records += [_moved(ruleset.plan, records[seed % len(records)], Random(seed)) for seed in range(DRAWN)]
        yield from (Question(path, ruleset.plan, record, goal) for record in records for goal in _goals(ruleset.plan))


def _goals(plan: Plan) -> Iterator[Goal]:
    for outcome in plan.record.outcomes:
        if isinstance(outcome, Gate):
            yield GateGoal(outcome.name, "open" if outcome.kind == "gate" else "clear")
    if plan.record.scale is not None:
        yield from (NumberGoal(_at(plan.record.scale, share)) for share in SHARES)


def _at(scale: Scale, share: int) -> int:
    return scale.low + (scale.high - scale.low) * share // 100 // scale.step * scale.step


def _moved(plan: Plan, record: Mapping[str, Value], random: Random) -> Mapping[str, Value]:
    moved = dict(record)
    for field in plan.record.fields:
        if field.improvable is not None and isinstance(field.type, Numeric) and moved[field.name] is not None:
            moved[field.name] = random.randint(max(field.type.low, field.improvable.low), min(field.type.high, field.improvable.high))
    return moved


def _processor_seconds(question: Question) -> float:
    start = process_time()
    advise(question.plan, question.record, question.goal)
    return process_time() - start


def _seconds(question: Question) -> float:
    start = perf_counter()
    advise(question.plan, question.record, question.goal)
    return perf_counter() - start


def _command_seconds(site: Path, question: Question) -> float:
    metrics = FOLDER / "record.json"
    metrics.write_text(json.dumps({field.name: _written(field.type, question.record[field.name]) for field in question.plan.record.fields}), "utf-8")
    goal = ["--open", question.goal.name] if isinstance(question.goal, GateGoal) else ["--to", decimal_text(question.goal.least, _scale(question.plan).places)]
    start = perf_counter()
    ran = subprocess.run([*pingfen(site), "advise", str(question.path), "--metrics", str(metrics), *goal], env=environment(site), capture_output=True)
    assert ran.returncode in (0, 1), ran.stderr
    return perf_counter() - start


def _scale(plan: Plan) -> Scale:
    assert plan.record.scale is not None
    return plan.record.scale


def _written(kind: object, value: Value) -> object:
    """A field of a record in JSON."""
    if isinstance(kind, Numeric) and isinstance(value, int):
        return decimal_text(value, kind.places)
    return list(value) if isinstance(kind, Exact) and isinstance(value, tuple) else value
