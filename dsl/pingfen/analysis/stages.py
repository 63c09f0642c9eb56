"""Is every stage reached, and is there one that makes parts?"""

from __future__ import annotations

from ..plan.ruleset import Plan
from .findings import Findings
from .scorecard import Outlook


def find_unreached_stages(plan: Plan, outlook: Outlook, findings: Findings) -> None:
    """Report every stage in which nobody ever is."""
    for row, situation in outlook.stages:
        if situation is None:
            findings.report("stage-never-reached", row, name=row.name)
