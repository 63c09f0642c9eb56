"""The border of an engine's tables: how many rows each has, and the validation queries, whose bad rows stop the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlglot import exp

from ..diagnostics.diagnostic import Diagnostic
from ..plan.ruleset import Plan
from ..sql.trees import aliased
from ..sql.typed import SourceTable
from ..sql.validation import build_validation
from ..warehouse.refusal import RefusedDataError, refuse
from .engine import Engine
from .request import EngineRequest

Counts = dict[str, dict[str, int]]


def refuse_bad_rows(engine: Engine, plan: Plan, request: EngineRequest, sources: Mapping[str, SourceTable]) -> Counts:
    """Run the validation query of each table; the count of bad rows and the first of them by reason refuse the run. Gives the rows of each table."""
    counts = {label: _rows_of(engine, source) for label, source in sources.items()}
    for table in plan.events.tables:
        if counts[table.name] > table.rows:
            raise refuse("too-many-rows", table=table.name, count=f"{counts[table.name]:,}", most=f"{table.rows:,}")
    found: list[Diagnostic] = []
    for label, select in build_validation(plan, engine.spell, sources).items():
        request.progress(f"checking {label}")
        found += _told(label, engine.rows(engine.spell.generate(select)))
    if found:
        raise RefusedDataError(found)
    return {label: {"rows": count, "rejected": 0} for label, count in counts.items()}


def _rows_of(engine: Engine, source: SourceTable) -> int:
    counted = aliased(engine.spell.narrowed(engine.spell.count()), "n")
    return int(engine.rows(engine.spell.generate(exp.Select(expressions=[counted]).from_(source.relation.copy())))[0][0])


def _told(label: str, rows: Sequence[tuple[Any, ...]]) -> list[Diagnostic]:
    """One diagnostic for each column and reason, with the keys and values of its first rows."""
    grouped: dict[tuple[str, str, int], list[tuple[Any, Any]]] = {}
    for column, reason, count, _, value, key in rows:
        grouped.setdefault((column, reason, int(count)), []).append((key, value))
    return [_diagnostic(label, *kind, first) for kind, first in grouped.items()]


def _diagnostic(label: str, column: str, reason: str, count: int, first: Sequence[tuple[Any, Any]]) -> Diagnostic:
    if reason == "too-many-rows-of-a-subject":
        subject, most = first[0]
        return Diagnostic(reason, arguments={"table": label, "subject": str(subject), "count": f"{count:,}", "most": f"{int(most):,}"})
    shown = "; ".join(filter(None, (_row_text(key, value) for key, value in first))) or "rows without a key"
    return Diagnostic(reason, arguments={"table": label, "column": column, "count": f"{count:,}", "rows": shown})


def _row_text(key: Any, value: Any) -> str:
    """The row's key, and the cell where it says more; nothing where the row has neither."""
    cell = "" if value is None or (key is not None and str(value) == str(key)) else f"`{str(value)[:60]}`"
    return " ".join(filter(None, ("" if key is None else str(key), cell)))
