"""What the subjects of a result reach: which rows, adjustments, ranges, stages, gates and tiers nobody in the data ever had.

The records of the result are evaluated again, but outcomes are the rows' own, for other subjects close them too. Rows among events leave no trace in a result
and are not asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..plan.record import RecordPlan
from ..plan.ruleset import Plan
from ..reference import Evaluation
from ..warehouse.records import evaluation_of, record_of
from ..warehouse.verification import Recorded
from .closings import Member, closings_of
from .coverage import Reached
from .outcome import Coverage


def rows_of_plan(recorded: Recorded, digest: str) -> Recorded | None:
    """The rows of a result that the version with that digest made; None where there are none."""
    import pyarrow.compute as compute

    table = recorded.table.filter(compute.equal(recorded.table.column("digest"), digest))
    return Recorded(recorded.path, recorded.metadata, table) if table.num_rows else None


def coverage_of_rows(plan: Plan, recorded: Recorded) -> Coverage:
    """What of the second half of a plan the rows of a result reach."""
    reached = Reached(plan)
    days: dict[str, list[dict[str, Any]]] = {}
    for row in recorded.table.to_pylist():
        days.setdefault(row["as_of"], []).append(row)
    for rows in days.values():
        members = [_member(plan.record, row) for row in rows]
        for row, member, closings in zip(rows, members, closings_of(plan.record, members), strict=True):
            evaluation = evaluation_of(plan.record, row, reached.observe)
            reached.see(member.record, evaluation, closings | _unexplained(plan.record, evaluation, closings))
    return reached.coverage(of_events=False)


def _member(plan: RecordPlan, row: Mapping[str, Any]) -> Member:
    entities = {rule.by: row[f"attribute.{rule.by}"] for rule in plan.linked if f"attribute.{rule.by}" in row}
    return Member(record_of(plan, row), entities)


def _unexplained(plan: RecordPlan, evaluation: Evaluation, closings: frozenset[int]) -> frozenset[int]:
    """The rules that may have closed what none of the known ones did: whoever met their condition is not among the rows."""
    explained = {name for rule in closings for name in plan.linked[rule].outcomes}
    open_still = {name for name, outcome in evaluation.outcomes.items() if outcome != evaluation.unlinked[name]} - explained
    return frozenset(index for index, rule in enumerate(plan.linked) if open_still.intersection(rule.outcomes))
