"""The cheapest way to each value of a number that is a weighted sum of parts with levers of their own.

Each part has a front: its values from the present one on, each with the least that it costs. The fronts of a sum's lines are combined line by line; of two
combinations only one that is larger or cheaper than the other is kept. This is exact as weights are not negative and roundings, adjustments and limits that
read no lever never turn a larger sum into a smaller number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import frozen

from ..plan.expressions import Line, Sum
from ..plan.record import Number, RecordPlan
from ..proof.dependence import Dependence
from ..reference import Value
from ..reference.expressions import number_of
from ..reference.scorecard import RecordScene
from .reach import Key

NO_MOVES: tuple[tuple[int, int], ...] = ()


@frozen(repr=False)
class Entry:
    """A value, or a sum of weighted values, with the cheapest moves to it: (place of the lever, level), in the order of the levers."""

    value: int
    cost: int
    moves: tuple[tuple[int, int], ...]

    @property
    def key(self) -> Key:
        """The order of ways."""
        return self.cost, len(self.moves), tuple(place for place, _ in self.moves), tuple(level for _, level in self.moves)


Front = Sequence[Entry]
Evaluate = Callable[[str, Mapping[int, int]], Value]
CostOf = Callable[[int, int], int]


@frozen(repr=False)
class Makers:
    """What fronts are made with: the plan and record, the levers by name (their places and last levels), their costs, numbers at any levels, and the fronts of
    single levers that are known already."""

    plan: RecordPlan
    record: Mapping[str, Value]
    places: Mapping[str, int]
    tops: Sequence[int]
    cost: CostOf
    evaluate: Evaluate
    dependence: Dependence
    known: dict[tuple[str, int], Front]

    def number(self, path: str, levels: Mapping[int, int]) -> int:
        """A number that is given at all levels."""
        value = self.evaluate(path, levels)
        assert isinstance(value, int)
        return value

    def behind(self, number: Number) -> frozenset[str]:
        """The levers behind a number."""
        return frozenset(self.dependence.behind(("number", number.path)) & self.places.keys())


def front_of(number: Number, makers: Makers) -> Front | None:
    """The front of a number that never suffers from its levers, its values rising; None where it is no sum of parts with levers of their own."""
    levers = makers.behind(number)
    if len(levers) <= 1:
        return _front_of_one(number, makers.places[next(iter(levers))], makers) if levers else None
    lines = _lines(number, makers)
    if lines is None:
        return None
    sums: Front = [Entry(0, 0, NO_MOVES)]
    for line, part in lines:
        front = front_of(part, makers)
        if front is None:
            return None
        weight = number_of(line.weight, RecordScene(makers.plan, makers.record)) * line.factor
        if weight < 0:
            return None
        sums = _combined(sums, [Entry(entry.value * weight, entry.cost, entry.moves) for entry in front])
    return _valued(number, sums, makers)


def _lines(number: Number, makers: Makers) -> list[tuple[Line, Number]] | None:
    """The lines of a sum that have levers behind them; None where the number is made in another way, or where levers act in two places."""
    made = number.value
    parts = {each.path: each for each in makers.plan.numbers}
    if not isinstance(made, Sum) or made.step <= 0:
        return None
    fixed = [line.weight for line in made.lines]
    fixed += [each for step in number.adjustments for each in (step.amount, step.per, step.condition) if each is not None]
    if any(makers.dependence.of(expression) & makers.places.keys() for expression in fixed):
        return None
    lines = [(line, parts[line.path]) for line in made.lines if makers.behind(parts[line.path])]
    levers = [name for _, part in lines for name in makers.behind(part)]
    return lines if len(levers) == len(set(levers)) else None


def _front_of_one(number: Number, place: int, makers: Makers) -> Front:
    """The first level of each value of a number with one lever."""
    if (number.path, place) not in makers.known:
        values = {level: makers.number(number.path, {place: level}) for level in (0, makers.tops[place])}
        levels = [0, *_turns(number.path, place, makers, values, (0, makers.tops[place]))]
        made = [Entry(values[level], makers.cost(place, level), ((place, level),) if level else NO_MOVES) for level in levels]
        makers.known[number.path, place] = made
    return makers.known[number.path, place]


def _turns(path: str, place: int, makers: Makers, values: dict[int, int], ends: tuple[int, int]) -> Iterator[int]:
    """The levels above the first end at which the value changes; `values` holds those of the ends and gets those of the levels found."""
    low, high = ends
    if values[low] == values[high]:
        return
    if high == low + 1:
        yield high
        return
    middle = (low + high) // 2
    values[middle] = makers.number(path, {place: middle})
    yield from _turns(path, place, makers, values, (low, middle))
    yield from _turns(path, place, makers, values, (middle, high))


def _combined(left: Front, right: Front) -> Front:
    """All sums of two fronts that are not beaten, rising."""
    pairs = sorted(
        (-(one.value + other.value), one.cost + other.cost, len(one.moves) + len(other.moves), i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
    )
    kept: list[Entry] = []
    best: Key | None = None
    for value, cost, count, i, j in pairs:
        # most pairs cost more than the best so far: their moves are never put together
        if best is None or (cost, count) <= best[:2]:
            entry = Entry(-value, cost, tuple(sorted(left[i].moves + right[j].moves)))
            if best is None or entry.key < best:
                best = entry.key
                kept[len(kept) - (bool(kept) and kept[-1].value == -value) :] = [entry]
    return kept[::-1]


def _unbeaten(entries: Sequence[Entry]) -> Front:
    """The entries that no other one beats: as large or larger, and better by the order of ways. `entries` may stand in any order."""
    kept: list[Entry] = []
    best: Key | None = None
    for entry in sorted(entries, key=lambda entry: (-entry.value, entry.key)):
        if best is None or entry.key < best:
            best = entry.key
            kept.append(entry)
    return kept[::-1]


def _valued(number: Number, sums: Front, makers: Makers) -> Front | None:
    """The number itself at each kept sum; the cheapest of those with one value."""
    values = [makers.evaluate(number.path, dict(entry.moves)) for entry in sums]
    if not all(isinstance(value, int) for value in values):
        return None
    return _unbeaten([Entry(value, entry.cost, entry.moves) for value, entry in zip(values, sums, strict=True) if isinstance(value, int)])
