"""The second half: from one record to its scorecard, in the order that plan/record.py writes down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar, assert_never

from attrs import Factory, define

from ..plan.record import Adjustment, Gate, Number, Outcome, RecordPlan, StageRow, Tier
from .evaluation import Evaluation, InterpretationError, Making, Value
from .expressions import holds, number_of, optional_number, value_of
from .scene import Observer, Scene, nobody

Named = TypeVar("Named", Number, Outcome)


@define(repr=False)
class RecordScene(Scene):
    """One subject's record, and its numbers and unlinked outcomes, each made once when it is first read."""

    plan: RecordPlan
    record: Mapping[str, Value]
    observer: Observer = nobody
    _stage: StageRow | None = None
    _makings: dict[str, Making] = Factory(dict)
    _outcomes: dict[str, str | None] = Factory(dict)

    def field(self, name: str) -> Value:
        """A field; a quotient of nothing is missing."""
        if name not in self.record:
            raise InterpretationError(f"the record has no field `{name}`")
        value = self.record[name]
        return None if isinstance(value, tuple) and value[1] == 0 else value

    def as_of(self) -> int:
        """D, which is a field of its own kind."""
        value = next((self.record[field.name] for field in self.plan.fields if field.kind == "as of"), None)
        if not isinstance(value, int):
            raise InterpretationError("the record has no as-of date")
        return value

    def stage_row(self) -> StageRow | None:
        """The first stage whose condition holds; None in a ruleset without stages."""
        if self._stage is None and self.plan.stages:
            self._stage = next(row for row in self.plan.stages if row.condition is None or holds(row.condition, self))
        return self._stage

    def stage(self) -> str:
        """The stage's name."""
        row = self.stage_row()
        if row is None:
            raise InterpretationError("the ruleset has no stages")
        return row.name

    def number(self, path: str) -> Value:
        """A number, made when it is first read."""
        return self.making(path).number

    def making(self, path: str) -> Making:
        """How a number is made."""
        if path not in self._makings:
            self._makings[path] = _made(_by_path(self.plan, path), self)
        return self._makings[path]

    def outcome(self, name: str) -> str | None:
        """An outcome before closing by linked entities."""
        if name not in self._outcomes:
            self._outcomes[name] = _decided(_by_name(self.plan, name), self)
        return self._outcomes[name]


def evaluate(plan: RecordPlan, record: Mapping[str, Value], observer: Observer = nobody) -> Evaluation:
    """The scorecard of one record, closed as a group of one.

    `record` maps every field's name to a scaled whole number, a text, a flag, a (numerator, denominator) or None.
    """
    scene = RecordScene(plan, record, observer)
    stage = scene.stage_row()
    makings = {number.path: scene.making(number.path) for number in plan.numbers}
    unlinked = {outcome.name: scene.outcome(outcome.name) for outcome in plan.outcomes}
    closed = {name for rule in plan.linked if holds(rule.condition, scene) for name in rule.outcomes}
    hidden = frozenset(path for rule in plan.hidden if holds(rule.condition, scene) for path in rule.paths)
    numbers = {path: making.number for path, making in makings.items()}
    return Evaluation(stage.name if stage else None, numbers, closed_outcomes(plan, unlinked, closed), unlinked, hidden, makings)


def closed_outcomes(plan: RecordPlan, unlinked: Mapping[str, str | None], closed: set[str]) -> dict[str, str | None]:
    """The outcomes after closing: a gate named is closed, a sanction named applies."""
    gates = {outcome.name: outcome for outcome in plan.outcomes if isinstance(outcome, Gate)}
    return {name: gates[name].shut if name in closed else outcome for name, outcome in unlinked.items()}


def _by_path(plan: RecordPlan, path: str) -> Number:
    return _only([number for number in plan.numbers if number.path == path], path)


def _by_name(plan: RecordPlan, name: str) -> Outcome:
    return _only([outcome for outcome in plan.outcomes if outcome.name == name], name)


def _only(found: list[Named], name: str) -> Named:
    if len(found) != 1:
        raise InterpretationError(f"`{name}` is there {len(found)} times")
    return found[0]


def _made(number: Number, scene: RecordScene) -> Making:
    """Value, adjustments in order, own range. Where the stage is not full, parts and total are missing and the score is the stage's value itself."""
    stage = scene.stage_row()
    if stage is not None and not stage.full and number.needs_full_stage:
        own = optional_number(stage.value, scene) if number.kind == "score" and stage.value is not None else None
        return Making(own, (), own)
    value = value_of(number.value, scene)
    if not isinstance(value, int):
        return Making(value, (), value)
    return _adjusted(number, value, scene)


def _adjusted(number: Number, value: int, scene: RecordScene) -> Making:
    steps: list[int] = []
    now = value
    for adjustment in number.adjustments:
        now = _after(adjustment, now, scene)
        steps.append(now)
    if number.low is not None:
        now = max(now, number.low)
    if number.high is not None:
        now = min(now, number.high)
    return Making(value, tuple(steps), now)


def _after(adjustment: Adjustment, value: int, scene: RecordScene) -> int:
    """The value after one adjustment; one whose condition does not hold leaves it."""
    if adjustment.condition is not None and not holds(adjustment.condition, scene):
        return value
    amount = number_of(adjustment.amount, scene)
    if adjustment.per is not None:
        amount *= number_of(adjustment.per, scene)
    if adjustment.most is not None:
        amount = min(amount, adjustment.most)
    match adjustment.kind:
        case "deduct":
            return value - amount
        case "bonus":
            return value + amount
        case "protect":
            return max(value, amount)
        case "cap":
            return min(value, amount)
        case _:
            assert_never(adjustment.kind)


def _decided(outcome: Outcome, scene: RecordScene) -> str | None:
    match outcome:
        case Gate(without=without, condition=condition):
            for value, fallen in without:
                if value_of(value, scene) is None:
                    return fallen
            return outcome.held if holds(condition, scene) else outcome.unheld
        case Tier():
            return _ranked(outcome, scene)
        case _:
            assert_never(outcome)


def _ranked(tier: Tier, scene: RecordScene) -> str | None:
    """The tier's choice, or the last forced one whose condition holds; a missing tier stays missing."""
    value = value_of(tier.value, scene)
    if value is None:
        return None
    forced = [force.tier for force in tier.forces if holds(force.condition, scene)]
    return forced[-1] if forced else str(value)
