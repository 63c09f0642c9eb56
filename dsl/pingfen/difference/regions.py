"""Where a part that reads one metric alone gives other points: exact ranges of that metric, with the points before and after."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from time import monotonic

from attrs import frozen

from ..analysis.traversal import walk
from ..node import evolve, nodes_in
from ..plan.expressions import Arithmetic, Curve, Divided, FieldRead, StageRead
from ..plan.quantity import Numeric
from ..plan.record import Number, RecordPlan
from ..plan.values import Value
from ..proof.dependence import Dependence
from ..reference import evaluate
from ..trial.limits import limits_of
from .elsewhere import Question, elsewhere
from .pairing import Pairing

MOST_POINTS = 400
MOST_BETWEEN = 4000
MOST_ROUNDS = 60
MOST_STRETCHES = 24
CLOSE_BY = 20
Point = tuple[int, Value, Value]


@frozen(repr=False)
class Stretch:
    """Values `low .. high` of a metric at both ends of which a part differs, with its points there, before and after."""

    low: int
    high: int
    old: tuple[Value, Value]
    new: tuple[Value, Value]


@frozen(repr=False)
class Region:
    """A part of both versions that reads one shared metric alone, and the stretches of the metric on which it differs; `points` draw both. Where `proved`,
    the part is the same on all other values; where `exact`, it also differs on every value within the stretches, else it may be the same on some."""

    old: Number
    new: Number
    field: str
    kind: Numeric
    stretches: tuple[Stretch, ...]
    points: tuple[Point, ...]
    proved: bool
    exact: bool


def regions_of(pairing: Pairing, seconds: float) -> tuple[Region, ...]:
    """A region for each part of both versions that differs and reads one shared metric alone; z3 is asked for so long, for each part half of what is left."""
    end = monotonic() + seconds
    old = {number.path: number for number in pairing.old.record.numbers if number.kind == "part"}
    found = []
    for new in pairing.new.record.numbers:
        before = old.get(new.path)
        if before is None or new.kind != "part" or not isinstance(new.type, Numeric) or not isinstance(before.type, Numeric):
            continue
        field = _only_field(pairing, before, new)
        if field is not None and before.type.places == new.type.places:
            region = _region(pairing, before, new, field, (monotonic() + end) / 2)
            found += [region] if region.stretches else []
    return tuple(found)


def _only_field(pairing: Pairing, old: Number, new: Number) -> tuple[str, Numeric] | None:
    """The one metric that both versions of the part read, at one scale."""
    shared = {each.field.name: each for each in pairing.shared}
    names = [_reads(plan, number) for plan, number in ((pairing.old.record, old), (pairing.new.record, new))]
    if names[0] != names[1] or names[0] is None or names[0] not in shared:
        return None
    each = shared[names[0]]
    kind = each.field.type
    return (names[0], kind) if isinstance(kind, Numeric) and each.old_factor == each.new_factor == 1 else None


def _reads(plan: RecordPlan, number: Number) -> str | None:
    bare = _alone(plan, number)
    behind = Dependence(bare).behind(("number", number.path))
    plain = all(node.part == "" for node in walk(number.value) if isinstance(node, FieldRead)) and not any(
        isinstance(node, StageRead) for node in walk(number.value)
    )
    return next(iter(behind)) if len(behind) == 1 and plain else None


def _alone(plan: RecordPlan, number: Number) -> RecordPlan:
    """The plan with this number and those before it, where every record is in the full stage."""
    numbers = plan.numbers[: [each.path for each in plan.numbers].index(number.path) + 1]
    return evolve(plan, stages=(), numbers=tuple(each for each in numbers if each.kind == "part"), outcomes=(), linked=(), hidden=())


def _region(pairing: Pairing, old: Number, new: Number, read: tuple[str, Numeric], end: float) -> Region:
    field, kind = read
    sides = [(_alone(plan, number), number) for plan, number in ((pairing.old.record, old), (pairing.new.record, new))]
    stepwise = not any(isinstance(node, Curve | Divided | Arithmetic) for plan, _ in sides for node in nodes_in(plan.numbers))
    probe = Probe(sides, field, stepwise)
    points = _marked([probe.at(mark) for mark in _marks([plan for plan, _ in sides], field, kind)], probe)
    exactly = _settled(points, probe, Question(sides, field, kind, (monotonic() + end) / 2))
    if exactly is not None:
        return Region(old, new, field, kind, tuple(_stretches(exactly, stepwise)), tuple(exactly), True, True)
    stretches = _merged(_stretches(points, stepwise)) if not stepwise else _stretches(points, stepwise)
    answer, _ = elsewhere(Question(sides, field, kind, end), [(each.low, each.high) for each in stretches], exactly=False)
    return Region(old, new, field, kind, tuple(stretches), tuple(points), answer == "no", False)


def _marked(points: list[Point], probe: Probe) -> list[Point]:
    """The points with those between two marks where the part turns from the same to different, and of ladders those between which a step lies."""
    turning = [mark for before, after in pairwise(points) if _differs(before) != _differs(after) for mark in range(before[0] + 1, after[0])[:MOST_BETWEEN]]
    points = sorted([*points, *(probe.at(mark) for mark in turning)], key=lambda point: point[0])
    return [each for before, after in pairwise(points) for each in (before, *probe.between(before, after))] + points[-1:]


def _settled(points: list[Point], probe: Probe, question: Question) -> list[Point] | None:
    """The points with those at which z3 showed the stretches to be wrong, until the part differs on these and nowhere else; None where that is not reached,
    or makes more ranges than a reader wants."""
    for _ in range(MOST_ROUNDS):
        stretches = [(each.low, each.high) for each in _stretches(points, probe.stepwise)]
        answer, value = elsewhere(question, stretches, exactly=True)
        if value is None:
            return points if answer == "no" else None
        if len(stretches) > MOST_STRETCHES:
            return None
        points = _with(points, value, probe)
    return None


def _with(points: list[Point], value: int, probe: Probe) -> list[Point]:
    """The points with one more, and on both sides of it the two neighbours between which the part turns."""
    point = probe.at(value)
    before, after = [each for each in points if each[0] < value], [each for each in points if each[0] > value]
    left = probe.between(before[-1], point) if before else ()
    right = probe.between(point, after[0]) if after else ()
    return [*before, *left, point, *right, *after]


@frozen
class Probe:
    """Both versions of a part at given values of its metric; `stepwise` where both are made of steps."""

    sides: Sequence[tuple[RecordPlan, Number]]
    field: str
    stepwise: bool

    def at(self, value: int) -> Point:
        """The points of both at a value."""
        return value, _value(*self.sides[0], self.field, value), _value(*self.sides[1], self.field, value)

    def between(self, low: Point, high: Point) -> tuple[Point, ...]:
        """Two neighbouring values between which the part turns, where it is not alike at both ends; none where the ends are neighbours, or alike."""
        if self._is_alike(low, high) or high[0] - low[0] < 2:
            return ()
        first, last = low, high
        while last[0] - first[0] > 1:
            middle = self.at((first[0] + last[0]) // 2)
            first, last = (middle, last) if self._is_alike(first, middle) else (first, middle)
        return tuple(each for each in (first, last) if low[0] < each[0] < high[0])

    def _is_alike(self, one: Point, other: Point) -> bool:
        return _differs(one) == _differs(other) and (not self.stepwise or not _differs(one) or one[1:] == other[1:])


def _differs(point: Point) -> bool:
    return point[1] != point[2]


def _marks(plans: Sequence[RecordPlan], field: str, kind: Numeric) -> list[int]:
    """Every limit of both with its neighbours, the ends, and enough between them to draw a curve."""
    near = {value for plan in plans for value in limits_of(plan).values.get(field, ())}
    ends = {kind.low, kind.high}
    inside = sorted(value for value in near if kind.low <= value <= kind.high) or [kind.low, kind.high]
    first, last = max(kind.low, inside[0] - (inside[-1] - inside[0]) // 8), min(kind.high, inside[-1] + (inside[-1] - inside[0]) // 8)
    step = max(1, (last - first) // MOST_POINTS)
    return sorted({*inside, *ends, *range(first, last + 1, step)})


def _value(plan: RecordPlan, number: Number, field: str, value: int) -> Value:
    record: dict[str, Value] = {each.name: None for each in plan.fields}
    needed = evolve(plan, numbers=tuple(each for each in plan.numbers if each.path == number.path or _is_below(each.path, number, plan)))
    return evaluate(needed, {**record, field: value}).numbers[number.path]


def _is_below(path: str, number: Number, plan: RecordPlan) -> bool:
    """Whether a number is made before this one and for it."""
    parts = {each.path: each.parts for each in plan.numbers}
    waiting, seen = [*number.parts], set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        waiting += [each for each in parts.get(name, ()) if each not in seen]
    return path in seen


def _stretches(points: Sequence[Point], stepwise: bool) -> list[Stretch]:
    """Runs of neighbouring marks on which the part differs; a run of steps is cut where the points before or after jump."""
    found: list[Stretch] = []
    run: list[Point] = []
    for point in points:
        if point[1] == point[2]:
            found += _closed(run)
            run = []
        elif run and stepwise and point[1:] != run[-1][1:]:
            found += _closed(run)
            run = [point]
        else:
            run.append(point)
    return found + _closed(run)


def _merged(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Stretches with those close by made one: where rounding alone makes two curves the same here and there, nobody wants to read each place."""
    found = list(stretches[:1])
    room = (stretches[-1].high - stretches[0].low) // CLOSE_BY if stretches else 0
    for each in stretches[1:]:
        last = found[-1]
        if each.low - last.high <= room:
            found[-1] = Stretch(last.low, each.high, (last.old[0], each.old[1]), (last.new[0], each.new[1]))
        else:
            found.append(each)
    return found


def _closed(run: Sequence[Point]) -> list[Stretch]:
    if not run:
        return []
    (low, *first), (high, *last) = run[0], run[-1]
    return [Stretch(low, high, (first[0], last[0]), (first[1], last[1]))]
