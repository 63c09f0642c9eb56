"""Is every choice of a tier reached, and does every `force` act?"""

from __future__ import annotations

from ..plan.quantity import Words
from ..plan.record import Tier
from ..plan.ruleset import Plan
from .evaluation import assume, can_be
from .findings import Findings
from .possible import Choices
from .scorecard import Outlook, tier_of
from .situation import Situation


def find_unreached_tiers(plan: Plan, outlook: Outlook, findings: Findings) -> None:
    """Report choices that nobody gets, and forces whose condition never holds or which a later one always replaces."""
    for outcome in plan.record.outcomes:
        if isinstance(outcome, Tier):
            _judge_forces(outcome, outlook.anywhere, findings)
            _judge_options(outcome, outlook.anywhere, findings)


def _judge_forces(tier: Tier, situation: Situation, findings: Findings) -> None:
    for index, force in enumerate(tier.forces):
        there = assume(force.condition, True, situation)
        later = [other for other in tier.forces[index + 1 :] if there is not None and not can_be(other.condition, False, there)]
        if there is None:
            findings.report("condition-never-holds", force.condition, what="force")
        elif later:
            findings.report("force-always-replaced", force, tier=force.tier, other=later[-1].tier)


def _judge_options(tier: Tier, situation: Situation, findings: Findings) -> None:
    reached = tier_of(tier, situation)
    if not isinstance(reached, Choices) or reached.options is None or not isinstance(tier.type, Words):
        return
    unreached = [option for option in tier.type.options if option not in reached.options]
    if unreached:
        findings.report("tier-never-reached", tier, name=tier.name, tier=", ".join(unreached))
