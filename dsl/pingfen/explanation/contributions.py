"""What cost and what brought points, against the top of the scale: spread from the score down to its indicators, as exact fractions that add up.

At each number the distance between its value and the most that it can be made of is shared among what it is made of: a sum passes a part's distance on times
the part's weight (times its share of the weights that are left, where missing parts drop), the best of several passes on that of the part taken. What another
part could reach beyond that one, and what dropped parts could, is the number's own. What is left at a number is its rounding, its adjustments in order, and its
range. So `scale` is what no values of the parts reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from attrs import Factory, define, frozen

from ..arithmetic import divide
from ..plan.expressions import BestOf, Expression, Line, NumberRead, Substitute, Sum
from ..plan.quantity import Numeric
from ..plan.record import Number, RecordPlan
from ..reference.expressions import number_of
from ..reference.scorecard import RecordScene
from .sources import unrounded

Kind = Literal["indicator", "missing", "deduct", "bonus", "protect", "cap", "range", "rounding", "best", "dropped", "stage", "scale"]


@frozen
class Contribution:
    """One cause and its points, scaled at `places_of` the plan. `path` is the number in which it acts (or the stage); `index` tells adjustments of one number
    apart, in the order written, and says which line of the best of several can reach most.

    indicator: a number that is no sum, against the most it can be; missing: a part that counts with a written value; best: what another part of the best of
    several can reach beyond the one taken; dropped: what the parts that are given can reach less (or more) than all parts together; scale: what the parts
    together cannot reach (or reach beyond) of the scale's top; stage: the value a stage gives. The others are what an adjustment, a clamp or a rounding made.
    """

    kind: Kind
    path: str
    index: int
    points: int


def places_of(plan: RecordPlan) -> int:
    """The places of the points: the most that the score, the total or a part has."""
    return max((_places(number) for number in plan.numbers if number.kind != "display"), default=0)


def contributions_of(plan: RecordPlan, scene: RecordScene) -> tuple[Contribution, ...]:
    """Every cause that cost or brought points, in the order written: the scale's top and their sum is the score. Empty without a score.

    Each is rounded to `places_of` places half away from zero; what that leaves stands in the score's rounding.
    """
    score = next((number for number in plan.numbers if number.kind == "score"), None)
    value = None if score is None else scene.making(score.path).number
    if score is None or plan.scale is None or not isinstance(value, int):
        return ()
    top = Fraction(plan.scale.high, 10**plan.scale.places)
    lost = _natural(score, value) - top
    row = scene.stage_row()
    if row is not None and not row.full:
        return _rounded([("stage", row.name, 0, lost)], score.path, lost, places_of(plan))
    spread = Spread(scene, {number.path: number for number in plan.numbers})
    reached = spread.number(score, Fraction(1))
    spread.add("scale", "", 0, reached - top)
    return _rounded(spread.found, score.path, lost, places_of(plan))


Share = tuple[Kind, str, int, Fraction]


def _rounded(shares: list[Share], score: str, lost: Fraction, places: int) -> tuple[Contribution, ...]:
    """The shares as whole numbers; the score's rounding, the last of those that are made, takes what is left."""
    unit = 10**places
    told = [Contribution(kind, path, index, _nearest(share * unit)) for kind, path, index, share in shares if (kind, path) != ("rounding", score)]
    rest = lost * unit - sum(contribution.points for contribution in told)
    assert rest.denominator == 1
    last = [Contribution("rounding", score, 0, int(rest))]
    return tuple(contribution for contribution in [*told, *last] if contribution.points)


def _nearest(share: Fraction) -> int:
    return divide(share.numerator, share.denominator)


@define
class Spread:
    """Collects shares of the distance between the score and the top; a number's `factor` is what one of its points is worth in the score."""

    scene: RecordScene
    numbers: dict[str, Number]
    found: list[Share] = Factory(list)

    def add(self, kind: Kind, path: str, index: int, share: Fraction) -> None:
        """One share, where it is any."""
        if share:
            self.found.append((kind, path, index, share))

    def number(self, number: Number, factor: Fraction) -> Fraction:
        """Shares of a given number; gives the most that it can be made of."""
        source = unrounded(number.value)
        exact, top = self._value(number, source, factor)
        making = self.scene.making(number.path)
        value = _natural(number, making.number)
        if number.kind == "score" and isinstance(source, NumberRead):
            held = _held(number, exact)
            self.add("range", number.path, 0, factor * (held - exact))
            self.add("rounding", number.path, 0, factor * (value - held))
            return top
        steps = [_natural(number, step) for step in (making.value, *making.adjusted)]
        self.add("rounding", number.path, 0, factor * (steps[0] - exact))
        for index, adjustment in enumerate(number.adjustments):
            self.add(adjustment.kind, number.path, index, factor * (steps[index + 1] - steps[index]))
        self.add("range", number.path, 0, factor * (value - steps[-1]))
        return top

    def _value(self, number: Number, source: Expression, factor: Fraction) -> tuple[Fraction, Fraction]:
        """The number's value before it is rounded, and the most that it can be."""
        match source:
            case Sum():
                return self._sum(number.path, source, factor)
            case BestOf():
                return self._best(number.path, source, factor)
            case NumberRead(path=path):
                return self._given(path), self.number(self.numbers[path], factor)
            case _:
                value = _natural(number, self.scene.making(number.path).value)
                top = top_of(number)
                self.add("indicator", number.path, 0, factor * (value - top))
                return value, top

    def _sum(self, path: str, form: Sum, factor: Fraction) -> tuple[Fraction, Fraction]:
        counting = [line for line in form.lines if self._counts(form, line)]
        exact, tops = Fraction(0), {line.path: Fraction(0) for line in form.lines}
        for line, worth in self._worths(form, counting):
            value, tops[line.path] = self._line(form, line, factor * worth)
            exact += worth * value
        reached = sum((worth * tops[line.path] for line, worth in self._worths(form, counting)), Fraction(0))
        if len(counting) == len(form.lines):
            return exact, reached
        whole = [(worth, tops[line.path] if line in counting else self.most(line.path)) for line, worth in self._worths(form, form.lines)]
        top = sum((worth * most for worth, most in whole), Fraction(0))
        self.add("dropped", path, 0, factor * (reached - top))
        return exact, top

    def _line(self, form: Sum, line: Line, factor: Fraction) -> tuple[Fraction, Fraction]:
        """What a part counts as in a sum, and the most that it can."""
        if self.scene.number(line.path) is not None:
            return self._given(line.path), self.number(self.numbers[line.path], factor)
        assert isinstance(form.missing, Substitute)
        counted = _natural(self.numbers[line.path], form.missing.values[[other.path for other in form.lines].index(line.path)])
        top = self.most(line.path)
        self.add("missing", line.path, 0, factor * (counted - top))
        return counted, top

    def _worths(self, form: Sum, lines: Sequence[Line]) -> Iterator[tuple[Line, Fraction]]:
        """Lines, each with what one point of it is worth in the sum where just these count."""
        counting = [(line, number_of(line.weight, self.scene)) for line in lines]
        unit = form.unit * (sum(weight for _, weight in counting) if form.relative else 1)
        places = form.type.places if isinstance(form.type, Numeric) else 0
        for line, weight in counting:
            scaled = weight * line.factor * form.scale * form.step * 10 ** _places(self.numbers[line.path])
            yield line, Fraction(scaled, unit * 10**places)

    def _counts(self, form: Sum, line: Line) -> bool:
        return isinstance(form.missing, Substitute) or self.scene.number(line.path) is not None

    def _best(self, path: str, form: BestOf, factor: Fraction) -> tuple[Fraction, Fraction]:
        """The first of the largest is taken; what another can reach beyond it is told too."""
        values = {line.path: self._given(line.path) for line in form.lines if self.scene.number(line.path) is not None}
        taken = max(values, key=lambda path: values[path])
        reached = self.number(self.numbers[taken], factor)
        others = [reached if line.path == taken else self.most(line.path) for line in form.lines]
        top = max(others)
        self.add("best", path, others.index(top), factor * (reached - top))
        return values[taken], top

    def most(self, path: str) -> Fraction:
        """The most that a number can be made of where all its parts are given, within its own range."""
        number = self.numbers[path]
        match unrounded(number.value):
            case Sum() as form:
                most = sum((worth * self.most(line.path) for line, worth in self._worths(form, form.lines)), Fraction(0))
            case BestOf(lines=lines):
                most = max(self.most(line.path) for line in lines)
            case NumberRead(path=other):
                most = self.most(other)
            case _:
                return top_of(number)
        return most if number.high is None else min(most, _natural(number, number.high))

    def _given(self, path: str) -> Fraction:
        return _natural(self.numbers[path], self.scene.number(path))


def top_of(number: Number) -> Fraction:
    """The most that a number is before its adjustments: the end of its value's range, or of its own."""
    assert isinstance(number.value.type, Numeric)
    high = number.value.type.high
    return _natural(number, high if number.high is None else min(high, number.high))


def _held(number: Number, value: Fraction) -> Fraction:
    """The value within the number's own range."""
    low, high = (None if end is None else _natural(number, end) for end in (number.low, number.high))
    value = value if low is None else max(value, low)
    return value if high is None else min(value, high)


def _natural(number: Number, scaled: object) -> Fraction:
    assert isinstance(scaled, int)
    return Fraction(scaled, 10 ** _places(number))


def _places(number: Number) -> int:
    return number.type.places if isinstance(number.type, Numeric) else 0
