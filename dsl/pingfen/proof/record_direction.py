"""How numbers and outcomes move: adjustments in order, stages, forces, closings."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from ..analysis.evaluation import assume, evaluate, numbers_of
from ..analysis.possible import ABSENT
from ..analysis.situation import Situation
from ..node import evolve
from ..plan.expressions import NumberRead
from ..plan.quantity import Words
from ..plan.record import Adjustment, Gate, Number, Outcome, RecordPlan, Tier
from .conditions import truth_motion
from .motion import ANY, STILL, Motion, joined, scaled, turned
from .switching import span

if TYPE_CHECKING:
    from .direction import Mover


def number_motion(mover: Mover, path: str, inside: bool) -> Motion:
    """How a number moves; `inside`: where both records are in full stages."""
    number = next(each for each in mover.record.numbers if each.path == path)
    if mover.key_stays(("number", path)):
        return STILL
    own = _made(mover, number, inside_of(mover) if number.needs_full_stage else mover.outlook.anywhere)
    if inside or not number.needs_full_stage or not mover.record.stages:
        return own
    return joined([own, _across_stages(mover, number)])


def inside_of(mover: Mover) -> Situation:
    """What is known where both records are in full stages."""
    return mover.outlook.making.knowing(("full stage",), ABSENT)


def _made(mover: Mover, number: Number, situation: Situation) -> Motion:
    motion = mover.motion(number.value, situation)
    for adjustment in number.adjustments:
        motion = joined([motion, _adjusted(mover, adjustment, situation)])
    return motion


def _adjusted(mover: Mover, adjustment: Adjustment, situation: Situation) -> Motion:
    """What an adjustment adds to a number's motion: that of its amount, and that of beginning or ceasing to hold."""
    condition = adjustment.condition
    inside = situation if condition is None else assume(condition, True, situation)
    if inside is None:
        return STILL
    amount = _amount(mover, adjustment, inside)
    turning = STILL if condition is None else truth_motion(condition, situation, mover)
    both = joined([amount, evolve(turning, steady=True)])
    match adjustment.kind:
        case "bonus" | "protect":
            moved = both
        case "deduct":
            moved = turned(both)
        case "cap":
            moved = joined([amount, turned(evolve(turning, steady=True))])
        case _:
            assert_never(adjustment.kind)
    return evolve(moved, steady=True)


def _amount(mover: Mover, adjustment: Adjustment, situation: Situation) -> Motion:
    amount = mover.motion(adjustment.amount, situation)
    if adjustment.per is None:
        return amount
    sizes, counts = numbers_of(adjustment.amount, situation), numbers_of(adjustment.per, situation)
    return joined([scaled(amount, counts.low, counts.high), scaled(mover.motion(adjustment.per, situation), sizes.low, sizes.high)])


def _across_stages(mover: Mover, number: Number) -> Motion:
    """What moving between stages does; parts and total only come and go, the score takes the stages' values."""
    reached = [(row, situation) for row, situation in mover.outlook.stages if situation is not None]
    conditions = [row.condition for row in mover.record.stages if row.condition is not None]
    moving = not all(mover.stays(condition) for condition in conditions)
    fixed = [mover.motion(row.value, situation) for row, situation in reached if row.value is not None and not row.full] if number.kind == "score" else []
    if not moving:
        return joined(fixed)
    if number.kind != "score":
        return Motion(steady=False)
    values = [evaluate(row.value, situation) for row, situation in reached if row.value is not None and not row.full]
    if not any(value.given for value in values):
        return Motion(steady=False)
    ends = [span(value, number.type) for value in (*values, mover.outlook.making.value_of(NumberRead("score", number.type))) if value.given]
    level = len({end for pair in ends for end in pair or (None, 0)}) <= 1
    return joined([*fixed, evolve(STILL if level else ANY, steady=False)])


def outcome_motion(mover: Mover, name: str, closed: bool) -> Motion:
    """How an outcome moves: closed below open, clear below applies, tiers in the order written."""
    outcome = next(each for each in mover.record.outcomes if each.name == name)
    own = STILL if mover.key_stays(("outcome", name)) else _decided(mover, outcome)
    return joined([own, _closing(mover, mover.record, outcome)]) if closed else own


def _decided(mover: Mover, outcome: Outcome) -> Motion:
    anywhere = mover.outlook.anywhere
    match outcome:
        case Gate(without=without, condition=condition):
            steady = all(mover.motion(value, anywhere).steady for value, _ in without)
            return evolve(truth_motion(condition, anywhere, mover), steady=True) if steady else ANY
        case Tier():
            return _ranked(mover, outcome, anywhere)
        case _:
            assert_never(outcome)


def _ranked(mover: Mover, tier: Tier, situation: Situation) -> Motion:
    """The tier's own motion, and for each force that of beginning or ceasing to hold, against everything that the tier can be before it."""
    motion, ends = mover.motion(tier.value, situation), span(evaluate(tier.value, situation), tier.type)
    options = tier.type.options if isinstance(tier.type, Words) else ()
    if ends is None or any(force.tier not in options for force in tier.forces):
        return motion if all(mover.stays(force.condition) for force in tier.forces) else ANY
    for force in tier.forces:
        rank, turning = options.index(force.tier), truth_motion(force.condition, situation, mover)
        begins = Motion(up=rank > ends[0], down=rank < ends[1])
        motion = joined([motion, *([begins] if turning.up else []), *([turned(begins)] if turning.down else [])])
        ends = min(ends[0], rank), max(ends[1], rank)
    return motion


def _closing(mover: Mover, record: RecordPlan, outcome: Outcome) -> Motion:
    """Closing turns a gate down and a sanction up."""
    rules = [truth_motion(rule.condition, mover.outlook.anywhere, mover) for rule in record.linked if outcome.name in rule.outcomes]
    closing = evolve(joined(rules), steady=True)
    return closing if isinstance(outcome, Gate) and outcome.kind == "sanction" else turned(closing)
