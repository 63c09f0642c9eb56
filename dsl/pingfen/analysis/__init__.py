"""What a ruleset says that can never happen, or always does: found on the plan, by intervals.

Every finding is certain: intervals contain all values that can occur. What intervals cannot settle is not reported.
"""

from __future__ import annotations

from ..diagnostics.diagnostic import Problems
from ..plan.ruleset import Plan
from .adjustments import find_idle_adjustments
from .citations import find_uncited_numbers
from .claims import find_void_claims
from .conditions import find_dead_conditions
from .findings import Findings, Places
from .gates import find_dead_gates
from .ranges import find_idle_ranges
from .scorecard import survey
from .stages import find_unreached_stages
from .thresholds import find_dead_thresholds
from .tiers import find_unreached_tiers
from .unreached import find_unreached_rows

__all__ = ["analyse", "find_uncited_numbers"]

QUESTIONS = (
    find_dead_thresholds,
    find_unreached_stages,
    find_unreached_rows,
    find_idle_adjustments,
    find_idle_ranges,
    find_unreached_tiers,
    find_dead_gates,
    find_dead_conditions,
    find_void_claims,
)


def analyse(plan: Plan, source_map: Places, problems: Problems) -> None:
    """Report what can never happen; the most particular finding of a place stands for the wider ones."""
    findings = Findings(source_map, problems)
    outlook = survey(plan.record)
    for question in QUESTIONS:
        question(plan, outlook, findings)
