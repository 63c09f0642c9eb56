"""What a merchant can move: each improvable metric of a record with the values it can take and what they cost."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from ..plan.events import Improvable
from ..plan.label import Label
from ..plan.quantity import Numeric
from ..plan.ruleset import Plan
from ..reference import Value


@frozen(repr=False)
class Lever:
    """One metric from its present value: level 0 is the present value, level n the value after `first + n - 1` steps (`stride` 1; else so many apart).

    A step that would pass the end of `within` stops there and costs a whole step; values before `within` begins are passed over.
    """

    name: str
    label: Label
    type: Numeric
    present: int
    improvable: Improvable
    first: int
    levels: int
    stride: int = 1

    def steps(self, level: int) -> int:
        """How many steps a level takes."""
        return min(self.first + (level - 1) * self.stride, self.last) if level else 0

    @property
    def last(self) -> int:
        """How many steps lead to the end."""
        room = self.improvable.high - self.present if self.improvable.direction == "up" else self.present - self.improvable.low
        return -(-room // self.improvable.step)

    def level_of(self, steps: int) -> int:
        """The level that takes so many steps, of a lever with a level for each."""
        return steps - self.first + 1 if steps else 0

    def coarser(self, most: int) -> Lever:
        """The same with about so many levels at most, some steps apart; the last one stays."""
        stride = max(1, -(-self.levels // most))
        return evolve(self, stride=stride, levels=-(-(self.levels - 1) // stride) + 1)

    def cost(self, level: int) -> int:
        """What a level costs."""
        return self.steps(level) * self.improvable.cost

    def value(self, level: int) -> int:
        """The metric's value at a level, scaled."""
        distance = self.steps(level) * self.improvable.step
        if self.improvable.direction == "up":
            return self.present if not level else min(self.present + distance, self.improvable.high)
        return self.present if not level else max(self.present - distance, self.improvable.low)


def levers_of(plan: Plan, record: Mapping[str, Value]) -> tuple[Lever, ...]:
    """The levers of a record, in the order written: improvable fields that are given and can still move."""
    found = []
    for field in plan.record.fields:
        present = record.get(field.name)
        if field.improvable is not None and isinstance(field.type, Numeric) and isinstance(present, int):
            found.append(_lever(field.name, field.label, field.type, present, field.improvable))
    return tuple(lever for lever in found if lever is not None)


def unmovable(plan: Plan, record: Mapping[str, Value]) -> tuple[str, ...]:
    """The improvable fields that are missing in this record: what is not measured cannot be moved step by step."""
    return tuple(field.name for field in plan.record.fields if field.improvable is not None and record.get(field.name) is None)


def _lever(name: str, label: Label, kind: Numeric, present: int, improvable: Improvable) -> Lever | None:
    """None where the metric stands at its end or beyond, or cannot reach the range in which it can be moved."""
    low, high = max(improvable.low, kind.low), min(improvable.high, kind.high)
    within = Improvable(improvable.direction, improvable.step, improvable.cost, low, high)
    room, gap = (high - present, low - present) if improvable.direction == "up" else (present - low, present - high)
    if room <= 0 or low > high:
        return None
    most = -(-room // improvable.step)
    first = max(1, -(-gap // improvable.step))
    return Lever(name, label, kind, present, within, first, most - first + 1)
