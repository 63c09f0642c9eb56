"""Does every closing by linked entities and every hiding ever act?"""

from __future__ import annotations

from ..plan.expressions import Expression
from ..plan.ruleset import Plan
from .evaluation import can_be
from .findings import Findings
from .scorecard import Outlook


def find_dead_conditions(plan: Plan, outlook: Outlook, findings: Findings) -> None:
    """Report conditions that never hold."""
    wanted: list[tuple[Expression, str]] = [(linked.condition, "closing") for linked in plan.record.linked]
    wanted += [(hidden.condition, "hiding") for hidden in plan.record.hidden]
    for condition, what in wanted:
        if not can_be(condition, True, outlook.anywhere):
            findings.report("condition-never-holds", condition, what=what)
