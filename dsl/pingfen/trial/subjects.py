"""What the subjects of a result reach: which bands, adjustments, stages, gates and tiers nobody in the data ever had.

The records of the result are evaluated again; rows among events leave no trace in a result and are not asked about.
"""

from __future__ import annotations

from ..plan.ruleset import Plan
from ..reference import evaluate
from ..warehouse.records import record_of
from ..warehouse.verification import Recorded
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
    for row in recorded.table.to_pylist():
        reached.see(evaluate(plan.record, record_of(plan.record, row), reached.observe))
    return reached.coverage(of_events=False)
