"""Where a part that reads one metric alone gives other points: exact ranges of that metric, with the points before and after."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from attrs import frozen

from ..analysis.traversal import walk
from ..node import evolve
from ..plan.expressions import FieldRead, StageRead
from ..plan.quantity import Numeric
from ..plan.record import Number, RecordPlan
from ..plan.values import Value
from ..proof.dependence import Dependence
from ..reference import evaluate
from ..trial.limits import limits_of
from .elsewhere import elsewhere
from .pairing import Pairing

MOST_POINTS = 400
MOST_BETWEEN = 4000
MOST_ROUNDS = 12


@frozen(repr=False)
class Stretch:
    """Values `low .. high` of a metric on which a part differs, with its points at both ends, before and after."""

    low: int
    high: int
    old: tuple[Value, Value]
    new: tuple[Value, Value]


@frozen(repr=False)
class Region:
    """A part of both versions that reads one shared metric alone, and the stretches of the metric on which it differs; `points` draw both. Where `proved`,
    the part is the same on all other values."""

    old: Number
    new: Number
    field: str
    kind: Numeric
    stretches: tuple[Stretch, ...]
    points: tuple[tuple[int, Value, Value], ...]
    proved: bool


def regions_of(pairing: Pairing) -> tuple[Region, ...]:
    """A region for each part of both versions that differs and reads one shared metric alone."""
    old = {number.path: number for number in pairing.old.record.numbers if number.kind == "part"}
    found = []
    for new in pairing.new.record.numbers:
        before = old.get(new.path)
        if before is None or new.kind != "part" or not isinstance(new.type, Numeric) or not isinstance(before.type, Numeric):
            continue
        field = _only_field(pairing, before, new)
        if field is not None and before.type.places == new.type.places:
            region = _region(pairing, before, new, *field)
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


def _region(pairing: Pairing, old: Number, new: Number, field: str, kind: Numeric) -> Region:
    sides = [(_alone(plan, number), number) for plan, number in ((pairing.old.record, old), (pairing.new.record, new))]
    marks = _marks([side[0] for side in sides], field, kind)
    points = [_point(mark, sides, field) for mark in marks]
    between = [mark for before, after in pairwise(points) if _differs(before) != _differs(after) for mark in range(before[0] + 1, after[0])[:MOST_BETWEEN]]
    points = sorted([*points, *(_point(mark, sides, field) for mark in between)], key=lambda point: point[0])
    for _ in range(MOST_ROUNDS):
        stretches = _stretches(points)
        answer, value = elsewhere(sides, field, kind, [(each.low, each.high) for each in stretches])
        if value is None:
            return Region(old, new, field, kind, tuple(stretches), tuple(points), answer == "no")
        points = sorted([*points, _point(value, sides, field)], key=lambda point: point[0])
    return Region(old, new, field, kind, tuple(_stretches(points)), tuple(points), False)


def _point(mark: int, sides: Sequence[tuple[RecordPlan, Number]], field: str) -> tuple[int, Value, Value]:
    return mark, _value(*sides[0], field, mark), _value(*sides[1], field, mark)


def _differs(point: tuple[int, Value, Value]) -> bool:
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


def _stretches(points: Sequence[tuple[int, Value, Value]]) -> list[Stretch]:
    """Runs of neighbouring marks on which the part differs; a run of steps is cut where the points before or after jump."""
    found: list[Stretch] = []
    run: list[tuple[int, Value, Value]] = []
    for point in points:
        if point[1] == point[2]:
            found += _closed(run)
            run = []
        elif run and _jumps(run, point):
            found += _closed(run)
            run = [point]
        else:
            run.append(point)
    return found + _closed(run)


def _jumps(run: Sequence[tuple[int, Value, Value]], point: tuple[int, Value, Value]) -> bool:
    """Whether the run was flat and is not any more: ladders are told step by step."""
    flat = all(each[1:] == run[0][1:] for each in run)
    return flat and len(run) > 1 and point[1:] != run[-1][1:]


def _closed(run: Sequence[tuple[int, Value, Value]]) -> list[Stretch]:
    if not run:
        return []
    (low, *first), (high, *last) = run[0], run[-1]
    return [Stretch(low, high, (first[0], last[0]), (first[1], last[1]))]
