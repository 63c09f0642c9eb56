"""A space of levels: axes along which a record can move, the value of a number or outcome at each point, and what a point costs.

An axis is a lever, or several levers that act through one number alone: then its levels are the values of that number, each reached in the cheapest way. The
generated function answers for single points. Between points, a goal that is not met at the far corner is met nowhere if every axis only ever helps; where
structure does not tell that, intervals of all numbers do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from ..generated import Scorer
from ..plan.quantity import Exact
from ..plan.record import Field, RecordPlan
from ..reference import Value
from .goal import Goal
from .knowledge import Directions, ground_of, is_possible
from .levers import Lever
from .work import Work

SURVEY = 150
"""What the intervals of all numbers cost, measured in values by the generated function."""
Levels = tuple[int, ...]
Key = tuple[int, int, tuple[int, ...], Levels]


class Axis(Protocol):
    """One direction of the space: the field it sets, its last level, and the levers' levels behind each of its own."""

    field: str
    top: int
    falls: bool

    def value(self, level: int) -> int: ...
    def moves(self, level: int) -> Mapping[str, int]: ...


class LeverAxis:
    """A lever by itself."""

    def __init__(self, lever: Lever) -> None:
        self.field = lever.name
        self.top = lever.levels
        self.falls = lever.improvable.direction == "down"
        self.value = lever.value

    def moves(self, level: int) -> Mapping[str, int]:
        """The lever's level."""
        return {self.field: level} if level else {}


class Reach:
    """One record in the space of its axes, and the output of the generated function that a goal is about; it is built with what hides. `levers` are all, in
    the order written; `directions` are those of a ground with all these records, where somebody made them. What is asked is taken from the `work`."""

    def __init__(
        self,
        plan: RecordPlan,
        record: Mapping[str, Value],
        scorer: Scorer,
        axes: Sequence[Axis],
        levers: Sequence[Lever],
        output: str,
        directions: Directions | None = None,
        work: Work | None = None,
    ) -> None:
        self.plan = plan
        self.record = record
        self.axes = tuple(axes)
        self.levers = tuple(levers)
        self._scorer = scorer
        self._output = scorer.outputs.index(output)
        self._hiding = [len(scorer.outputs) + index for index, rule in enumerate(plan.hidden) if output in rule.paths]
        self._places = tuple(scorer.inputs.index(axis.field) for axis in axes)
        self._arguments = [each for field in plan.fields for each in _arguments(field, record[field.name])]
        self._values: dict[Levels, Value] = {}
        self._helping: dict[str, bool] = {}
        self._directions = directions
        self._work = work or Work()
        self._size = len(scorer.outputs)

    @cached_property
    def top(self) -> Levels:
        """Every axis at its end."""
        return tuple(axis.top for axis in self.axes)

    @cached_property
    def bottom(self) -> Levels:
        """The record as it is."""
        return tuple(0 for _ in self.axes)

    def value(self, levels: Levels) -> Value:
        """The score, number or outcome at these levels; None for a number that is hidden."""
        if levels not in self._values:
            arguments = self._arguments.copy()
            for place, axis, level in zip(self._places, self.axes, levels, strict=True):
                arguments[place] = axis.value(level)
            self._work.spend(self._size)
            results = self._scorer(*arguments)
            self._values[levels] = None if any(results[place] for place in self._hiding) else results[self._output]
        return self._values[levels]

    def output(self, name: str, values: Mapping[int, int]) -> Value:
        """Another number or outcome, of the record with other values on some axes."""
        arguments = self._arguments.copy()
        for place, value in values.items():
            arguments[self._places[place]] = value
        self._work.spend(self._size)
        result: Value = self._scorer(*arguments)[self._scorer.outputs.index(name)]
        return result

    def levels_of_levers(self, levels: Levels) -> Levels:
        """The levels of all levers at a point."""
        moves = {name: level for axis, own in zip(self.axes, levels, strict=True) for name, level in axis.moves(own).items()}
        return tuple(moves.get(lever.name, 0) for lever in self.levers)

    def key(self, levels: Levels) -> Key:
        """What makes one point better than another; no point beyond it on any axis has a smaller one."""
        return key_of(self.levers, self.levels_of_levers(levels))

    def can_be_met(self, goal: Goal, low: Levels, high: Levels) -> bool:
        """False only where the goal is met at no point between these."""
        if goal.is_met(self.value(high)):
            return True
        if self.only_helps(goal):
            return False
        self._work.spend(self._size * SURVEY)
        return is_possible(self.plan, ground_of(self.plan, self.record, self._ranges(low, high)), goal)

    def only_helps(self, goal: Goal) -> bool:
        """Whether no axis ever takes the goal further away, wherever the others stand."""
        wanted = getattr(goal, "outcome", "")
        if wanted not in self._helping:
            self._helping[wanted] = any(all(known.helps(axis.field, goal, falls=axis.falls) for axis in self.axes) for known in self._known_directions())
        return self._helping[wanted]

    def _known_directions(self) -> Iterator[Directions]:
        """The given ones, which are at hand, and those of this space's records alone."""
        if self._directions is not None:
            yield self._directions
        yield Directions(self.plan, ground_of(self.plan, self.record, self._ranges(self.bottom, self.top)))

    def _ranges(self, low: Levels, high: Levels) -> dict[str, tuple[int, int]]:
        ends = {axis.field: sorted((axis.value(first), axis.value(last))) for axis, first, last in zip(self.axes, low, high, strict=True)}
        return {name: (least, most) for name, (least, most) in ends.items()}


def key_of(levers: Sequence[Lever], levels: Levels) -> Key:
    """A way's cost, then how few metrics change, then the order written, then the fewest steps of those written first."""
    changed = tuple(index for index, level in enumerate(levels) if level)
    return sum(lever.cost(level) for lever, level in zip(levers, levels, strict=True)), len(changed), changed, levels


def _arguments(field: Field, value: Value) -> list[Value]:
    """A field as the generated function takes it: an exact quotient is two arguments."""
    if not isinstance(field.type, Exact):
        return [value]
    return [*value] if isinstance(value, tuple) else [None, None]
