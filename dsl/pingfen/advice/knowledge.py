"""What is known of a record and of all records that its levers can make of it, for the analyses of intervals and directions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from ..analysis.evaluation import can_be
from ..analysis.possible import Choices, Numbers, Possible, Truths
from ..analysis.scorecard import survey
from ..analysis.situation import Situation
from ..plan.quantity import Exact, Numeric, Truth, Words
from ..plan.record import Field, Gate, RecordPlan
from ..proof.dependence import Dependence
from ..proof.direction import Mover
from ..proof.motion import RISING, Motion, joined, turned
from ..reference import Value
from .goal import GateGoal, Goal, NumberGoal

Ends = tuple[int, int]


def ground_of(plan: RecordPlan, record: Mapping[str, Value], ranges: Mapping[str, Ends]) -> Situation:
    """The records that are as this one but for the fields in `ranges`."""
    known: dict[tuple[str, ...], Possible] = {}
    for field in plan.fields:
        if field.name in ranges:
            known[("field", field.name, "")] = Numbers(*ranges[field.name])
        else:
            known |= _known(field, record[field.name])
    return Situation(known)


class Directions:
    """How fields act on goals among the records of a ground, by structure alone; what all these records have in common is found once."""

    def __init__(self, plan: RecordPlan, ground: Situation) -> None:
        self.plan = plan
        self.dependence = Dependence(plan)
        self._outlook = survey(plan, ground)
        self._movers: dict[str, Mover] = {}

    def helps(self, field: str, goal: Goal, *, falls: bool = False) -> bool:
        """Whether a field that rises (falls) never takes the goal further away, nor hides its number."""
        motion, worse_is_up = self._motion(field, goal), isinstance(goal, GateGoal) and goal.outcome == "clear"
        return motion.steady and not (motion.up if worse_is_up != falls else motion.down)

    def acts(self, field: str, goal: Goal) -> bool:
        """Whether a field can change anything about the goal's number or outcome."""
        return not self._motion(field, goal).still

    def _motion(self, field: str, goal: Goal) -> Motion:
        if field not in self._movers:
            self._movers[field] = Mover(self.plan, {field: RISING}, self._outlook, self.dependence)
        mover = self._movers[field]
        match goal:
            case NumberGoal(name=path):
                hiding = [turned(mover.motion(rule.condition, self._outlook.anywhere)) for rule in self.plan.hidden if path in rule.paths]
                return joined([mover.number(path, inside=False), *hiding])
            case GateGoal(name=name):
                return mover.outcome(name, closed=True)
            case _:
                assert_never(goal)


def is_possible(plan: RecordPlan, ground: Situation, goal: Goal) -> bool:
    """False only where none of these records meets the goal."""
    known = survey(plan, ground).anywhere
    match goal:
        case NumberGoal(name=path, least=least):
            number = known.known[("number", path)]
            shown = all(can_be(rule.condition, False, known) for rule in plan.hidden if path in rule.paths)
            return shown and isinstance(number, Numbers) and number.given and number.high >= least
        case GateGoal(name=name, outcome=wanted):
            gate = next(each for each in plan.outcomes if isinstance(each, Gate) and each.name == name)
            return any(outcome == wanted for _, outcome in gate.without) or can_be(gate.condition, wanted == gate.held, known)
        case _:
            assert_never(goal)


def _known(field: Field, value: Value) -> dict[tuple[str, ...], Possible]:
    """What is known of a field that stays as it is."""
    kind = field.type
    match kind:
        case Numeric():
            read: Possible = _number(value)
            known: dict[tuple[str, ...], Possible] = {("field", field.name, ""): read}
            return known | ({("as of",): read} if field.kind == "as of" else {})
        case Words():
            return {("field", field.name, ""): Choices(frozenset([value] if isinstance(value, str) else []), missing=value is None)}
        case Truth():
            return {("field", field.name, ""): Truths(value is True, value is False, missing=value is None)}
        case Exact():
            numerator, denominator = value if isinstance(value, tuple) and value[1] else (None, None)
            return {("field", field.name, "numerator"): _number(numerator), ("field", field.name, "denominator"): _number(denominator)}
        case _:
            assert_never(kind)


def _number(value: Value) -> Numbers:
    return Numbers(value, value) if isinstance(value, int) else Numbers(0, 0, given=False, missing=True)
