"""Closings by linked subjects that stand in the way of a gate, whatever its own subject does."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ..plan.expressions import Expression
from ..plan.ruleset import Plan
from ..reference import Value
from ..reference.crossing import Scored
from ..reference.expressions import holds
from ..reference.scorecard import RecordScene
from .goal import GateGoal, Goal


@frozen(repr=False)
class Closing:
    """A gate is closed (a sanction applies) because a condition holds for other subjects with the same value of the attribute `by`."""

    by: str
    condition: Expression
    subjects: tuple[Value, ...]


def closings_of(plan: Plan, goal: Goal, scored: Mapping[Value, Scored], subject: Value) -> tuple[Closing, ...]:
    """The closings of the goal's gate by others than the subject, as of a whole run."""
    rules = [rule for rule in plan.record.linked if isinstance(goal, GateGoal) and goal.name in rule.outcomes]
    found = [Closing(rule.by, rule.condition, _closing(plan, rule.condition, _linked(rule.by, scored, subject))) for rule in rules]
    return tuple(each for each in found if each.subjects)


def _linked(by: str, scored: Mapping[Value, Scored], subject: Value) -> dict[Value, Scored]:
    """The others of the subject's group; a missing attribute is a group of one."""
    own = scored[subject].values[by]
    return {name: each for name, each in scored.items() if name != subject and own is not None and each.values[by] == own}


def _closing(plan: Plan, condition: Expression, members: Mapping[Value, Scored]) -> tuple[Value, ...]:
    return tuple(name for name, each in members.items() if holds(condition, RecordScene(plan.record, each.record)))
