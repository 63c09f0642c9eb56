"""Looks for a counterexample where it is likely: along climbs that take each number of the plan to its ends, and at the values of the claim's field at which
a number passes one of its limits. Random records seldom stand there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from random import Random

from ..node import nodes_in
from ..plan.expressions import Bands, Compare, Constant, Expression, NumberRead
from ..plan.record import RecordPlan
from ..reference import Value
from ..trial.claims import Search
from ..trial.target import Quick, Rank, Record, Target

CLIMBS, ROUNDS, MOST_VALUES = 3, 2, 24
Limits = Mapping[str, frozenset[int]]


def number_limits(plan: RecordPlan) -> Limits:
    """The values at which comparisons, ladders and ranges of a plan turn, by the number's path."""
    found: dict[str, set[int]] = {number.path: set() for number in plan.numbers}
    for node in nodes_in(plan):
        for subject, limit in _met(node):
            if isinstance(subject, NumberRead):
                found[subject.path].add(limit)
    return {path: frozenset(limits) for path, limits in found.items() if limits}


def _met(node: object) -> Iterator[tuple[Expression, int]]:
    match node:
        case Compare(left=left, right=Constant(value=int() as limit)) | Compare(left=Constant(value=int() as limit), right=left):
            yield left, limit
        case Bands(subject=subject, rows=rows):
            ends = [end for row in rows for end in (row.low, row.high)]
            yield from ((subject, end.value) for end in ends if isinstance(end, Constant) and isinstance(end.value, int))
        case _:
            return


class Climber:
    """Searches one claim. `quick` evaluates any number of the plan."""

    def __init__(self, search: Search, quick: Quick, paths: list[str]) -> None:
        self.search = search
        self.limits = number_limits(search.plan.record)
        self.targets = {number.path: quick.target(NumberRead(number.path, number.type)) for number in search.plan.record.numbers if number.path in paths}
        self.field = search.claim.field

    def find(self, random: Random, fixed: Mapping[str, Value]) -> tuple[Record, ...] | None:
        """Records that break the claim, or None."""
        return next((broken for record in self._records(random, fixed) for broken in self._broken(record)), None)

    def _records(self, random: Random, fixed: Mapping[str, Value]) -> Iterator[dict[str, Value]]:
        """The records of climbs up and down every number, from records drawn at each value of the claim's field that is worth trying."""
        for _ in range(CLIMBS):
            start = self.search.drawer.draw(random, fixed)
            starts = [start | {self.field: at} for at in self._values()] if self.field else [start]
            for record, target, sign in product(starts, self.targets.values(), (1, -1)):
                yield from self._climb(target, record, fixed, sign)

    def _values(self) -> list[Value]:
        choices = list(self.search.drawer.choices[self.field])
        return choices[:: len(choices) // MOST_VALUES + 1]

    def _climb(self, target: Target, record: dict[str, Value], fixed: Mapping[str, Value], sign: int) -> Iterator[dict[str, Value]]:
        """The records of a climb of one number, one field at a time, with the claim's field left as it is."""
        best = _whole(target(record))
        yield record
        names = [name for name in self.search.drawer.choices if name not in fixed and name != self.field]
        for name in names * ROUNDS:
            for value in self.search.drawer.choices[name]:
                other = record | {name: value}
                result = _whole(target(other))
                if result is not None and (best is None or sign * result > sign * best):
                    record, best = other, result
                    yield record

    def _broken(self, record: dict[str, Value]) -> Iterator[tuple[Record, ...]]:
        """Counterexamples among this record, or records that differ from it in the claim's field."""
        search = self.search
        if not self.field:
            if search.broken_by((record,)):
                yield (record,)
            return
        ranked = [(at, value) for value in {*self._values(), *self._turns(record)} if (at := search.field_rank(value)) is not None]
        seen: tuple[Rank, Record] | None = None
        for _, value in sorted(ranked):
            other = record | {self.field: value}
            rank = search.rank(other)
            if rank is None:
                continue
            if seen is not None and search.turns(seen[0], rank) and search.broken_by((seen[1], other)):
                yield seen[1], other
            seen = rank, other

    def _turns(self, record: dict[str, Value]) -> Iterator[int]:
        """Values of the claim's field at which a number of this record passes one of its limits, and those beside."""
        values = [value for value in self._values() if isinstance(value, int)]
        for path, limits in self.limits.items():
            if path not in self.targets or len(values) < 2:
                continue
            for limit in limits:
                yield from self._bisected(path, record, values[0], values[-1], limit)

    def _bisected(self, path: str, record: dict[str, Value], low: int, high: int, limit: int) -> Iterator[int]:
        def is_above(value: int) -> bool | None:
            result = _whole(self.targets[path](record | {self.field: value}))
            return None if result is None else result >= limit

        side = is_above(low)
        if side is None or is_above(high) in (None, side):
            return
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if is_above(middle) == side else (low, middle)
        yield from (low, high)


def _whole(value: Value) -> int | None:
    return value if isinstance(value, int) else None
