"""What a record plan decides beside its outcomes, as outcomes of their own: which numbers are hidden, and what a shop closes for those linked with it.

So the search, z3 and the interpreter compare them as they compare gates. Where one version alone hides or closes something, the other never does.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..node import evolve
from ..plan.expressions import AnyOf, Constant, Expression
from ..plan.label import Label
from ..plan.quantity import Truth
from ..plan.record import Gate, RecordPlan

HIDDEN, LINKED = "hidden", "linked"


def with_effects(old: RecordPlan, new: RecordPlan) -> tuple[RecordPlan, RecordPlan]:
    """Both plans with an outcome `hidden PATH` for each number that one of them hides, and `linked ATTRIBUTE OUTCOME` for what one of them closes."""
    before, after = _effects(old), _effects(new)
    names = list(dict.fromkeys([*before, *after]))
    first, last = (
        evolve(plan, outcomes=(*plan.outcomes, *(_effect(name, effects.get(name, ())) for name in names))) for plan, effects in ((old, before), (new, after))
    )
    return first, last


def _effects(plan: RecordPlan) -> dict[str, list[Expression]]:
    """The conditions of each effect, any of which is enough."""
    found: dict[str, list[Expression]] = {}
    for hidden in plan.hidden:
        for path in hidden.paths:
            found.setdefault(f"{HIDDEN} {path}", []).append(hidden.condition)
    for linked in plan.linked:
        for outcome in linked.outcomes:
            found.setdefault(f"{LINKED} {linked.by} {outcome}", []).append(linked.condition)
    return found


def _effect(name: str, conditions: Sequence[Expression]) -> Gate:
    never, any_of = Constant(False, Truth()), AnyOf(tuple(conditions), Truth())
    return Gate(name, "sanction", Label(), (), any_of if len(conditions) > 1 else conditions[0] if conditions else never)
