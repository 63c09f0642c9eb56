"""The meaning cases on one path, compiled beforehand: what catches most mutants, in a second or two each.

Cases and expectations are those of test_meaning.py.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

from pingfen.plan.encoding import decode, encode
from pingfen.plan.ruleset import Plan

from ..clean import day_of
from ..markdown import rows_of
from ..paths import EVENT_PATHS, RECORD_PATHS
from ..test_meaning import CASES, expected, plan_of, records_of, shown, subjects_of, tables_of


def prepare(file: Path) -> None:
    """Writes every case with its plan, data and expectations."""
    prepared: list[tuple[str, Any, Any, Any]] = []
    for case in CASES:
        for fence in case.of_kind("records"):
            plan = plan_of(case)
            rows = list(records_of(plan, fence))
            prepared += [("record", encode(plan), record, wanted) for record, wanted in rows]
            if "metric " not in case.text_of("pf"):
                names = [f"s{number}" for number in range(len(rows))]
                tables = subjects_of(plan, dict(zip(names, (record for record, _ in rows), strict=True)))
                day = day_of(fence.words[1]) if fence.words else day_of("2026-06-01")
                prepared.append(("events", encode(plan), (tables, day), dict(zip(names, (wanted for _, wanted in rows), strict=True))))
        for fence in case.of_kind("expect"):
            plan = plan_of(case)
            names, *cells = rows_of(fence.text)
            wanted = {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in cells}
            prepared.append(("events", encode(plan), (tables_of(case, plan), day_of(fence.words[1])), wanted))
    file.write_bytes(pickle.dumps(prepared))


def check(file: Path, path: str) -> bool:
    """Whether every case gives what is expected on the path."""
    return all(_holds(path, *item) for item in pickle.loads(file.read_bytes()))


def _holds(path: str, kind: str, encoded: Any, given: Any, wanted: Any) -> bool:
    if path not in (RECORD_PATHS if kind == "record" else EVENT_PATHS):
        return True
    plan = decode(encoded, Plan)
    if kind == "record":
        return shown(plan, RECORD_PATHS[path](plan, given), wanted) == expected(plan, wanted)
    answers = EVENT_PATHS[path](plan, *given)
    return all(shown(plan, answers[subject], cells) == expected(plan, cells) for subject, cells in wanted.items())
