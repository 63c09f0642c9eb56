"""Draws records: every field within its declared range, on its limits and one unit to each side more often than elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import assert_never

from attrs import frozen

from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from ..plan.record import Field, RecordPlan
from ..reference import Value
from .limits import Limits

FREE_TEXT = ("", "a", "b")
DENOMINATORS = (1, 2, 3, 7, 20, 99, 100, 101, 1000)
NEAR_LIMIT, MISSING, PAIRED = 0.75, 0.12, 0.3


@frozen(repr=False)
class Drawer:
    """Draws records of a plan; `choices` holds the values of each field that are worth trying first, in order. `between`: how often a number lies anywhere
    between two neighbouring ones instead, as sums of several parts come near a limit only there."""

    plan: RecordPlan
    choices: Mapping[str, Sequence[Value]]
    pairs: Sequence[tuple[str, str]]
    types: Mapping[str, Type]
    between: float = 0

    def draw(self, random: Random, fixed: Mapping[str, Value]) -> dict[str, Value]:
        """A record within the declared ranges; `fixed` fields have the values given."""
        record = {field.name: fixed[field.name] if field.name in fixed else self._value(field, random) for field in self.plan.fields}
        for left, right in self.pairs:
            if left not in fixed and random.random() < PAIRED:
                self._bring_near(record, left, right, random)
        return record

    def _value(self, field: Field, random: Random) -> Value:
        if field.type.optional and random.random() < MISSING:
            return None
        rolled = random.random()
        if rolled < NEAR_LIMIT - self.between:
            return random.choice(self.choices[field.name])
        return self._between(field, random) if rolled < NEAR_LIMIT else anywhere(field.type, random)

    def _between(self, field: Field, random: Random) -> Value:
        choices = self.choices[field.name]
        place = random.randrange(len(choices))
        low, high = choices[place], choices[min(place + 1, len(choices) - 1)]
        return random.randint(low, high) if isinstance(field.type, Numeric) and isinstance(low, int) and isinstance(high, int) else low

    def _bring_near(self, record: dict[str, Value], left: str, right: str, random: Random) -> None:
        """One of two compared fields gets the other's value, or one unit beside it."""
        kind, other = self.types[left], record[right]
        if isinstance(kind, Numeric) and isinstance(other, int) and record[left] is not None:
            record[left] = min(max(other + random.choice((-1, 0, 1)), kind.low), kind.high)


def drawer_of(plan: RecordPlan, limits: Limits) -> Drawer:
    """Draws records of a plan around its limits."""
    choices = {field.name: choices_of(field.type, limits.values[field.name], limits.shares.get(field.name, ())) for field in plan.fields}
    names = {field.name for field in plan.fields}
    pairs = sorted(pair for left, right in limits.pairs for pair in ((left, right), (right, left)) if {left, right} <= names)
    return Drawer(plan, choices, pairs, {field.name: field.type for field in plan.fields})


def choices_of(kind: Type, limits: Iterable[int], shares: Iterable[tuple[int, int]]) -> Sequence[Value]:
    """The values worth trying: ends of the range, limits and their neighbours, every choice; in order, without None."""
    match kind:
        case Numeric(low=low, high=high):
            near = {low, low + 1, high - 1, high, (low + high) // 2, *limits}
            return sorted(value for value in near if low <= value <= high)
        case Exact():
            return sorted(_quotients(kind, shares), key=lambda pair: (pair[0] * 10**12 // pair[1], pair))
        case Words(options=options):
            return options or FREE_TEXT
        case Truth():
            return (False, True)
        case _:
            assert_never(kind)


def _quotients(kind: Exact, shares: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Quotients at their ends and around each limit, over small and large denominators."""
    found = set()
    for denominator in {min(each, kind.most) for each in (*DENOMINATORS, kind.most)} - {0}:
        top = _top(kind, denominator)
        around = [limit * denominator // factor for limit, factor in shares if factor > 0]
        near = [0, 1, denominator - 1, denominator, top, *(value + step for value in around for step in (-1, 0, 1))]
        found |= {(value, denominator) for value in near if kind.low <= value <= top}
    return found


def _top(kind: Exact, denominator: int) -> int:
    """The largest numerator over a denominator: a share of rows never passes 100%."""
    return min(kind.high, denominator * 10**kind.places) if kind.unit == "share" else kind.high


def anywhere(kind: Type, random: Random) -> Value:
    """Any value of the type but None."""
    match kind:
        case Numeric(low=low, high=high):
            return random.randint(low, high)
        case Exact(low=low, most=most):
            denominator = random.randint(1, max(most, 1))
            return random.randint(low, max(low, _top(kind, denominator))), denominator
        case Words(options=options):
            return random.choice(options or FREE_TEXT)
        case Truth():
            return random.random() < 0.5
        case _:
            assert_never(kind)
