"""How the engine goes about a run: its plans, and the scans in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from ..plan.ruleset import Plan
from .request import Request
from .run import Run, begin
from .session import open_session

_SCANS = ("READ_PARQUET", "PYTHON_ARROW_SCAN", "SEQ_SCAN", "ARROW_SCAN")


@frozen
class Scan:
    """One pass over rows of the data, and the columns that it reads."""

    operator: str
    columns: tuple[str, ...]


def explain_plan(plan: Plan, request: Request) -> str:
    """For each table of events the scans, then the engine's plan of counting it. Raises RefusedDataError."""
    with open_session(request.memory, request.threads) as session:
        run = _opened(plan, request, session)
        parts = []
        for name, select in run.scoring().sums.items():
            found = _scans(run, select)
            listed = "\n".join(f"  {scan.operator}: {', '.join(scan.columns)}" for scan in found)
            drawn = session.connection.execute(f"EXPLAIN {session.spell.generate(select)}").fetchall()
            parts.append(
                f"{run.scoring().tables[name]}: {len(found)} scan{'' if len(found) == 1 else 's'}\n{listed}\n" + "\n".join(str(row[-1]) for row in drawn)
            )
        return "\n".join(parts)


def scans(plan: Plan, request: Request) -> dict[str, list[Scan]]:
    """The scans that counting each table takes. Raises RefusedDataError."""
    with open_session(request.memory, request.threads) as session:
        run = _opened(plan, request, session)
        scoring = run.scoring()
        return {scoring.tables[name]: _scans(run, select) for name, select in scoring.sums.items()}


def _opened(plan: Plan, request: Request, session: Any) -> Run:
    run = begin(plan, "", request, session)
    run.open_sources()
    run.keep_relations()
    return run


def _scans(run: Run, select: Any) -> list[Scan]:
    described = run.session.connection.execute(f"EXPLAIN (FORMAT json) {run.session.spell.generate(select)}").fetchall()
    return [scan for node in json.loads(described[0][-1]) for scan in _scans_below(node)]


def _scans_below(node: Mapping[str, Any]) -> Iterator[Scan]:
    if node["name"].strip() in _SCANS:
        columns = node["extra_info"].get("Projections", [])
        yield Scan(node["name"].strip(), tuple([columns] if isinstance(columns, str) else columns))
    for child in node.get("children", []):
        yield from _scans_below(child)
