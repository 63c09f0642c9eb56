"""The suite: cases with rules, events and the scorecards they must give, worked by hand or found by comparison; every engine must pass each."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from pingfen.plan.ruleset import Plan

from ..clean import Shown, day_of
from ..markdown import Case, Fence, cases_in, rows_of
from ..paths import Answers, Tables
from ..test_meaning import expected, plan_of, records_of, shown, subjects_of, tables_of
from .census import constructs, reached_by
from .differential import Engine

FOLDERS = ("meaning", "conformance")


@frozen
class Known:
    """One run with a known outcome: the tables, the day, and what is expected of each subject, by the names of the case."""

    case: Case
    tables: Tables
    as_of: int
    wanted: Mapping[str, Mapping[str, str]]

    @property
    def plan(self) -> Plan:
        """The plan of the case."""
        return plan_of(self.case)


@cache
def cases() -> tuple[Case, ...]:
    """The cases that an engine can run, in the order of their files."""
    folder = Path(__file__).parents[1] / "cases"
    return tuple(case for name in FOLDERS for case in cases_in(folder / name) if _can_run(case))


def _can_run(case: Case) -> bool:
    return bool(case.of_kind("expect")) or (bool(case.of_kind("records")) and "metric " not in case.text_of("pf"))


def runs_of(case: Case) -> Iterator[Known]:
    """The runs of a case: each `expect`, and each table of records as subjects without events."""
    plan = plan_of(case)
    for fence in case.of_kind("expect"):
        names, *rows = rows_of(fence.text)
        wanted = {subject: dict(zip(names[1:], cells, strict=True)) for subject, *cells in rows}
        yield Known(case, tables_of(case, plan), day_of(fence.words[1]), wanted)
    if "metric " not in case.text_of("pf"):
        yield from (_of_records(case, plan, fence) for fence in case.of_kind("records"))


def _of_records(case: Case, plan: Plan, fence: Fence) -> Known:
    rows = {f"s{number}": row for number, row in enumerate(records_of(plan, fence))}
    tables = subjects_of(plan, {name: record for name, (record, _) in rows.items()})
    as_of = day_of(fence.words[1] if fence.words else "2026-06-01")
    return Known(case, tables, as_of, {name: wanted for name, (_, wanted) in rows.items()})


def fault_of(engine: Engine, case: Case, seed: int) -> str:
    """The first thing that an engine gets wrong in a case; empty where it passes."""
    try:
        told = (_fault_in(known, engine.score(known.plan, known.tables, known.as_of, seed)) for known in runs_of(case))
        return next((fault for fault in told if fault), "")
    except Exception:  # whatever an engine or the program throws is a finding, and the suite goes on
        return traceback.format_exc(limit=-4)


def _fault_in(known: Known, answers: Mapping[str, Answers]) -> str:
    if answers.keys() != known.wanted.keys():
        return f"subjects {sorted(answers)} instead of {sorted(known.wanted)}"
    for subject, wanted in known.wanted.items():
        got: Mapping[str, Shown] = shown(known.plan, answers[subject], dict(wanted))
        for name, value in expected(known.plan, dict(wanted)).items():
            if got[name] != value:
                return f"{name} of {subject} is {got[name]} instead of {value}"
    return ""


@cache
def covered() -> Mapping[str, tuple[str, ...]]:
    """The cases (file and rule) of each construct."""
    found: dict[str, list[str]] = {name: [] for name in constructs()}
    for case in cases():
        for name in reached_by(plan_of(case)):
            found[name].append(name_of(case))
    return {name: tuple(rules) for name, rules in found.items()}


def name_of(case: Case) -> str:
    """How a case is called."""
    return f"{case.file}: {case.rule}"


def suite_digest() -> str:
    """The digest of what the table in docs/conformance.md says: the constructs, and every case."""
    digest = sha256("\n".join(constructs()).encode())
    for case in cases():
        digest.update(f"\0{name_of(case)}\0{case.fences}".encode())
    return digest.hexdigest()[:16]
