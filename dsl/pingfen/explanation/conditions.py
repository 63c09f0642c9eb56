"""Conditions with the values they saw, part by part in the order in which they are looked at."""

from __future__ import annotations

from ..plan.expressions import AllOf, AnyOf, AtLeast, Compare, Constant, Expression, StageRead
from ..plan.label import Label
from ..reference import MissingReadError
from ..wording import SIGNS
from .speaker import Speaker
from .tree import Condition


def tell_condition(condition: Expression, speaker: Speaker) -> Condition:
    """The condition, whether it holds, and the parts that were looked at before it was settled."""
    held = speaker.holds(condition)
    match condition:
        case AllOf(conditions=parts):
            return Condition(speaker.describe(condition), held, _looked_at(parts, False, speaker))
        case AnyOf(conditions=parts):
            return Condition(speaker.describe(condition), held, _looked_at(parts, True, speaker))
        case AtLeast(conditions=parts):
            return Condition(speaker.describe(condition), held, tuple(tell_condition(part, speaker) for part in parts))
        case _:
            return Condition(short_text(condition, speaker), held)


def _looked_at(parts: tuple[Expression, ...], settles: bool, speaker: Speaker) -> tuple[Condition, ...]:
    told: list[Condition] = []
    settled = False
    for part in parts:
        told.append(Condition(speaker.describe(part), None) if settled else tell_condition(part, speaker))
        settled = settled or told[-1].holds is settles
    return tuple(told)


def short_text(condition: Expression, speaker: Speaker) -> Label:
    """A condition in words with the values it saw: `score 4.92 ≥ 4.10`."""
    match condition:
        case Compare(left=StageRead(), right=Constant()):
            return speaker.describe(condition)
        case Compare(operator=operator, left=left, right=right):
            try:
                return speaker.joined(speaker.shown(left), speaker.shown(right), f" {SIGNS[operator]} ")
            except MissingReadError:
                return speaker.describe(condition)
        case _:
            return speaker.describe(condition)
