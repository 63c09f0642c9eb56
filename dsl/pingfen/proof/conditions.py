"""How a condition moves: whether the field's rise can make it hold, or make it fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..analysis.comparison import SWAPPED
from ..analysis.evaluation import evaluate, numbers_of
from ..analysis.possible import Numbers
from ..analysis.situation import Situation
from ..analysis.traversal import children_of
from ..plan.expressions import AllOf, AnyOf, AtLeast, Bands, Cases, Compare, Comparison, Constant, Expression, IsGiven, Lookup, Not, OutcomeRead
from ..plan.quantity import Numeric
from ..plan.record import Gate
from .missing import met_in
from .motion import ANY, LOOSE, STILL, Motion, joined, turned

if TYPE_CHECKING:
    from .direction import Mover

HELD = ("open", "applies")


def truth_motion(condition: Expression, situation: Situation, mover: Mover) -> Motion:
    """The motion of a condition, from false to true (`up`) or from true to false."""
    if mover.stays(condition):
        return STILL
    match condition:
        case Compare(operator=operator, left=left, right=right):
            return _compared(operator, left, right, situation, mover)
        case AllOf(conditions=conditions) | AnyOf(conditions=conditions):
            return joined(truth_motion(part, situation, mover) for part in conditions)
        case AtLeast(conditions=conditions):
            each = joined(truth_motion(part, situation, mover) for part in conditions)
            return each if each.steady and all(mover.stays(part) or _counts_alike(part, situation) for part in conditions) else LOOSE
        case Not(condition=inner):
            return turned(truth_motion(inner, situation, mover))
        case IsGiven(value=value):
            return STILL if mover.motion(value, situation).steady else ANY
        case _:
            return ANY


def _counts_alike(part: Expression, situation: Situation) -> bool:
    """Whether a part meets a missing value, and so does not count, in both records or in neither, where what moves is given in both or in neither.

    Logic and choices read a value only where those before let them: one that is missing in both records may be met in one of them alone.
    """
    match part:
        case AtLeast():
            return True
        case AllOf() | AnyOf() | Cases() | Bands() | Lookup():
            return not any(True for _ in met_in(part, situation))
        case _:
            return all(_counts_alike(child, situation) for child in children_of(part))


def _compared(operator: Comparison, left: Expression, right: Expression, situation: Situation, mover: Mover) -> Motion:
    if isinstance(left, Constant):
        left, right, operator = right, left, SWAPPED[operator]
    if not isinstance(left.type, Numeric) and not isinstance(left, OutcomeRead):
        return ANY
    one, other = mover.motion(left, situation), mover.motion(right, situation)
    gap = joined([one, turned(other)])
    match operator:
        case "<" | "<=" | ">" | ">=" if isinstance(left, OutcomeRead):
            return ANY
        case ">" | ">=":
            return gap
        case "<" | "<=":
            return turned(gap)
        case _:
            equal = _equal(left, right, gap, situation, mover) if other.still else Motion(True, True, gap.steady)
            return equal if operator == "=" else turned(equal)


def _equal(left: Expression, right: Expression, gap: Motion, situation: Situation, mover: Mover) -> Motion:
    """`=` with something that stays: at the top of the range it is as `>=`, at the bottom as `<=`."""
    if isinstance(left, OutcomeRead):
        gates = {outcome.name for outcome in mover.record.outcomes if isinstance(outcome, Gate)}
        if left.name not in gates or not isinstance(right, Constant):
            return Motion(True, True, gap.steady)
        return gap if right.value in HELD else turned(gap)
    value, limit = evaluate(left, situation), numbers_of(right, situation)
    if isinstance(value, Numbers) and limit.given and limit.low == limit.high:
        if limit.low == value.high:
            return gap
        if limit.low == value.low:
            return turned(gap)
    return Motion(True, True, gap.steady)
