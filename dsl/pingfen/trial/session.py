"""Tries one plan: its examples, its claims, and what the examples reach."""

from __future__ import annotations

from collections.abc import Callable

from ..plan.ruleset import Plan
from .claims import try_claim
from .coverage import Reached
from .examples import try_example
from .outcome import Tried
from .target import Quick

TRIES = 1000


def try_plan(plan: Plan, tries: int = TRIES, progress: Callable[[str], None] = lambda _: None) -> Tried:
    """The plan's trial. `tries` records are drawn for each claim and choice; `progress` is told the name of what comes next."""
    reached = Reached(plan)
    examples = []
    for example in plan.examples:
        progress(example.name)
        examples.append(try_example(plan, example, reached))
    claims, quick = [], Quick(plan.record)
    for claim in plan.claims:
        progress(claim.text)
        claims.append(try_claim(plan, claim, tries, quick))
    return Tried(plan, tuple(examples), tuple(claims), reached.coverage())
