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
from ..reference import Value
from ..reference.expressions import number_of
from ..reference.scorecard import RecordScene
from .goal import NumberGoal
from .knowledge import Directions
from .work import Work

NO_MOVES: tuple[tuple[int, int], ...] = ()
LEAST = -(1 << 127)
"""Below every sum: numbers have 64 bits, and so have weights."""
Order = tuple[int | tuple[int, ...], ...]
"""Cost, how many levers move, their places, their levels; the last two are left out where none moves."""


@frozen(repr=False)
class Entry:
    """A value, or a sum of weighted values, with the cheapest moves to it: (place of the lever, level), in the order of the levers."""

    value: int
    cost: int
    moves: tuple[tuple[int, int], ...]

    @property
    def key(self) -> Order:
        """The order of ways."""
        return self.cost, len(self.moves), *zip(*self.moves, strict=True)


Front = Sequence[Entry]
Evaluate = Callable[[str, Mapping[int, int]], Value]
CostOf = Callable[[int, int], int]


@frozen(repr=False)
class Makers:
    """What fronts are made with: the plan and record, the levers by name (their places and last levels), their costs, numbers at any levels, how levers move
    numbers, and what is known already by the levers behind it: fronts of numbers, and of the sums of their first lines."""

    plan: RecordPlan
    record: Mapping[str, Value]
    places: Mapping[str, int]
    tops: Sequence[int]
    cost: CostOf
    evaluate: Evaluate
    directions: Directions
    known: dict[tuple[str, frozenset[str]], Front]
    sums: dict[tuple[str, frozenset[str]], Front]
    work: Work

    def number(self, path: str, levels: Mapping[int, int]) -> int:
        """A number that is given at all levels."""
        value = self.evaluate(path, levels)
        assert isinstance(value, int)
        return value

    def behind(self, number: Number) -> frozenset[str]:
        """The levers that move a number."""
        levers = self.directions.dependence.behind(("number", number.path)) & self.places.keys()
        return frozenset(lever for lever in levers if self.directions.acts(lever, NumberGoal(0, number.path)))


def front_of(number: Number, makers: Makers) -> Front | None:
    """The front of a number that never suffers from its levers, its values rising; None where it is no sum of parts with levers of their own."""
    levers = makers.behind(number)
    key = (number.path, levers)
    if key not in makers.known:
        found = _made_front(number, levers, makers)
        if found is None:
            return None
        makers.known[key] = found
    return makers.known[key]


def _made_front(number: Number, levers: frozenset[str], makers: Makers) -> Front | None:
    if len(levers) <= 1:
        return _front_of_one(number, makers.places[next(iter(levers))], makers) if levers else None
    lines = _lines(number, makers)
    if lines is None:
        return None
    sums: Front = [Entry(0, 0, NO_MOVES)]
    behind: frozenset[str] = frozenset()
    for line, part in lines:
        behind |= makers.behind(part)
        key = (number.path, behind)
        if key not in makers.sums:
            front = front_of(part, makers)
            weight = number_of(line.weight, RecordScene(makers.plan, makers.record)) * line.factor
            if front is None or weight < 0:
                return None
            makers.work.spend_pairs(len(sums) * len(front))
            makers.sums[key] = combined(sums, [Entry(entry.value * weight, entry.cost, entry.moves) for entry in front])
        sums = makers.sums[key]
    return _valued(number, sums, makers)


def _lines(number: Number, makers: Makers) -> list[tuple[Line, Number]] | None:
    """The lines of a sum that have levers behind them; None where the number is made in another way, or where levers act in two places."""
    made = number.value
    parts = {each.path: each for each in makers.plan.numbers}
    if not isinstance(made, Sum) or made.step <= 0:
        return None
    fixed = [line.weight for line in made.lines]
    fixed += [each for step in number.adjustments for each in (step.amount, step.per, step.condition) if each is not None]
    if any(makers.directions.dependence.of(expression) & makers.places.keys() for expression in fixed):
        return None
    lines = [(line, parts[line.path]) for line in made.lines if makers.behind(parts[line.path])]
    levers = [name for _, part in lines for name in makers.behind(part)]
    return lines if len(levers) == len(set(levers)) else None


def _front_of_one(number: Number, place: int, makers: Makers) -> Front:
    """The first level of each value of a number with one lever."""
    values = {level: makers.number(number.path, {place: level}) for level in (0, makers.tops[place])}
    levels = [0, *_turns(number.path, place, makers, values, (0, makers.tops[place]))]
    return [Entry(values[level], makers.cost(place, level), ((place, level),) if level else NO_MOVES) for level in levels]


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


def combined(left: Front, right: Front) -> Front:
    """All sums of two fronts that are not beaten, rising. Both fronts' values and costs rise, and no lever moves in both."""
    ordered = _ordered_moves(left, right)
    kept: list[tuple[int, int, Order]] = []
    best: Order | None = None
    for value, cost, count, i, j in sorted(_worth(left, right)):
        # a tie's moves are put together only where it may be the best so far
        if best is None or (cost, count) <= best[:2]:
            order = cost, count, *ordered(i, j)
            if best is None or order < best:
                best = order
                kept[len(kept) - (bool(kept) and kept[-1][0] == -value) :] = [(-value, cost, order)]
    return [Entry(value, cost, tuple(zip(*order[2:], strict=True))) for value, cost, order in reversed(kept)]


def _ordered_moves(left: Front, right: Front) -> Callable[[int, int], Order]:
    """The places and levels of both entries' moves in the order of the levers; where all of one front come before all of the other they are only joined."""
    one, other = ([tuple(zip(*entry.moves, strict=True)) or ((), ()) for entry in front] for front in (left, right))
    first, second = ({place for places, _ in each for place in places} for each in (one, other))
    if not first or not second or max(first) < min(second):
        return lambda i, j: (one[i][0] + other[j][0], one[i][1] + other[j][1])
    if max(second) < min(first):
        return lambda i, j: (other[j][0] + one[i][0], other[j][1] + one[i][1])
    return lambda i, j: tuple(zip(*sorted(left[i].moves + right[j].moves), strict=True))


def _worth(left: Front, right: Front) -> Iterator[tuple[int, int, int, int, int]]:
    """The pairs whose sum is larger than all cheaper ones, as (negated value, cost, moves, place in the one front, place in the other)."""
    largest: dict[int, int] = {}
    others = [(other.value, other.cost) for other in right]
    for one in left:
        for value, cost in others:
            if largest.get(one.cost + cost, LEAST) < one.value + value:
                largest[one.cost + cost] = one.value + value
    cheaper = _before(largest)
    for i, one in enumerate(left):
        for j, (value, cost) in enumerate(others):
            if one.value + value > cheaper[one.cost + cost]:
                yield -(one.value + value), one.cost + cost, len(one.moves) + len(right[j].moves), i, j


def _before(largest: Mapping[int, int]) -> Mapping[int, int]:
    """For each cost the largest sum that a smaller cost has."""
    found: dict[int, int] = {}
    highest = LEAST
    for cost in sorted(largest):
        found[cost] = highest
        highest = max(highest, largest[cost])
    return found


def _unbeaten(entries: Sequence[Entry]) -> Front:
    """The entries that no other one beats: as large or larger, and better by the order of ways. `entries` may stand in any order."""
    kept: list[Entry] = []
    best: Order | None = None
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
