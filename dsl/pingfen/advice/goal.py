"""What is to be reached: a score, or a gate that opens (a sanction that no longer applies)."""

from __future__ import annotations

from typing import assert_never

from attrs import frozen

from ..plan.record import Gate, RecordPlan
from ..reference import Evaluation, Value


@frozen
class NumberGoal:
    """A number, the score unless another path is named, of at least `least`, scaled at its places. One that is hidden meets no goal: an answer that told
    whether it does would tell, asked often enough, the number itself."""

    least: int
    name: str = "score"

    def is_met(self, value: Value) -> bool:
        """Whether a number is high enough; none is not."""
        return isinstance(value, int) and value >= self.least


@frozen
class GateGoal:
    """A gate or sanction with the outcome that a merchant wants: open, or clear."""

    name: str
    outcome: str

    def is_met(self, value: Value) -> bool:
        """Whether the outcome is the wanted one."""
        return value == self.outcome


Goal = NumberGoal | GateGoal


def gate_goal(plan: RecordPlan, name: str) -> GateGoal | None:
    """The goal of opening a gate, or of clearing a sanction; None where none has this name."""
    for outcome in plan.outcomes:
        if isinstance(outcome, Gate) and outcome.name == name:
            return GateGoal(name, "open" if outcome.kind == "gate" else "clear")
    return None


def value_of(goal: Goal, evaluation: Evaluation) -> Value:
    """What the interpreter says of the goal's number or outcome, after closing; None for a number that is hidden."""
    match goal:
        case NumberGoal(name=path):
            return None if path in evaluation.hidden else evaluation.numbers[path]
        case GateGoal(name=name):
            return evaluation.outcomes[name]
        case _:
            assert_never(goal)
