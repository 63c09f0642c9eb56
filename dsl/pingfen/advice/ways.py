"""Advice: the least change of a record that meets a goal, other ways to it, what each metric can do alone, and the best that can be reached at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

from attrs import frozen

from ..plan.ruleset import Plan
from ..reference import Evaluation, InterpretationError, Value, evaluate
from .closing import Closing
from .goal import Goal, NumberGoal, value_of
from .grouping import Space
from .levers import Lever, levers_of, unmovable
from .reach import Key, Levels, key_of
from .search import TooManyBoxesError, cheapest
from .work import ROUGH, TooMuchWorkError, Work

MOST_WAYS = 3
MOST_BOXES = 300
ROUGH_LEVELS = (64, 16, 6, 3)
"""How many levels of each lever a rough search looks at, one search after the other."""


@frozen(repr=False)
class Move:
    """One metric from its present value to another, in so many steps of its own."""

    lever: Lever
    level: int

    @property
    def value(self) -> int:
        """Where it goes, scaled."""
        return self.lever.value(self.level)

    @property
    def steps(self) -> int:
        """How many steps."""
        return self.lever.steps(self.level)

    @property
    def cost(self) -> int:
        """What they cost."""
        return self.lever.cost(self.level)


@frozen(repr=False)
class Way:
    """Moves that lead somewhere, with the scorecard that the interpreter makes of the record after them."""

    moves: tuple[Move, ...]
    record: Mapping[str, Value]
    evaluation: Evaluation

    @property
    def cost(self) -> int:
        """What all moves cost."""
        return sum(move.cost for move in self.moves)


@frozen(repr=False)
class Advice:
    """What to do about one record.

    `ways` meet the goal, the cheapest first: each next one is the cheapest that leaves out some metric of each way before it, so all change different metrics.
    No way at all: the goal cannot be reached, and `best` is the cheapest way to the highest score that can (None where nothing rises, or without a score).
    `alone` are the metrics that meet the goal by themselves, the cheapest first. `missing` are improvable metrics without a value.
    Not `certain`: the search was cut short, and all this is the best that was found; there may be cheaper ways, or ways where none is told.

    `closings` are those of linked subjects that keep the goal's gate from its outcome. No way opens it then: the ways meet what the gate asks of the
    record's own subject, and `own` says whether that is met now.
    """

    plan: Plan
    goal: Goal
    record: Mapping[str, Value]
    present: Evaluation
    levers: tuple[Lever, ...]
    ways: tuple[Way, ...]
    alone: tuple[Way, ...]
    best: Way | None
    missing: tuple[str, ...]
    certain: bool = True
    closings: tuple[Closing, ...] = ()
    own: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the goal is met as things stand."""
        return self.goal.is_met(value_of(self.goal, self.present))

    @property
    def is_reachable(self) -> bool:
        """Whether the goal is met, or a way leads to it."""
        return self.is_met or (bool(self.ways) and not self.closings)

    def goal_of(self, way: Way) -> Goal:
        """What a way of this advice reaches: the goal, or its own score where it is the best."""
        score = value_of(NumberGoal(0), way.evaluation) if way is self.best else None
        return NumberGoal(score) if isinstance(score, int) else self.goal


def advise(plan: Plan, record: Mapping[str, Value], goal: Goal, present: Evaluation | None = None, closings: tuple[Closing, ...] = ()) -> Advice:
    """The advice for a record; peer and group values are taken as given. Every way is replayed in the interpreter.

    `present` is the scorecard of the record where a run has made it among linked subjects, with the closings of others that stand in the way.
    """
    levers, alone = levers_of(plan, record), evaluate(plan.record, record)
    missing, own = unmovable(plan, record), goal.is_met(value_of(goal, alone))
    now = present or alone
    if own or not levers:
        return Advice(plan, goal, record, now, levers, (), (), None, missing, closings=closings, own=own)
    try:
        found, certain = _searched(Space(plan.record, record, levers, goal), alone), True
    except TooMuchWorkError:
        found, certain = _roughly(plan, record, levers, goal, alone), False
    return Advice(plan, goal, record, now, levers, *found, missing, certain, closings, own)


Found = tuple[tuple[Way, ...], tuple[Way, ...], Way | None]
"""Ways, those of one metric alone, and without ways the best."""


def _searched(space: Space, present: Evaluation) -> Found:
    ways = tuple(_replayed(space, levels) for levels in _different(space))
    alone = tuple(_replayed(space, levels) for levels in _each_alone(space))
    return ways, alone, None if ways else _best(space, present)


def _roughly(plan: Plan, record: Mapping[str, Value], levers: Sequence[Lever], goal: Goal, present: Evaluation) -> Found:
    """What a search through some levels of each lever finds, each way brought as near as it goes, one lever after the other."""
    whole = Space(plan.record, record, levers, goal, Work())
    for most in ROUGH_LEVELS:
        try:
            ways, alone, best = _searched(Space(plan.record, record, [lever.coarser(most) for lever in levers], goal, Work(ROUGH)), present)
        except TooMuchWorkError:
            continue
        score = None if best is None else value_of(NumberGoal(0), best.evaluation)
        nearer = None if best is None or not isinstance(score, int) else _nearer(_toward(whole, score), best)
        return _kept([_nearer(whole, way) for way in ways]), _kept([_nearer(whole, way) for way in alone]), nearer
    return (), (), None


def _toward(space: Space, score: int) -> Space:
    return Space(space.plan, space.record, space.levers, NumberGoal(score), Work())


def _nearer(space: Space, way: Way) -> Way:
    """A way to the goal of the space with as few steps of each of its levers as still meet it, the dearest moves first; all others stand where they stand."""
    steps = {move.lever.name: move.steps for move in way.moves}
    levels = tuple(lever.level_of(steps.get(lever.name, 0)) for lever in space.levers)
    for place in sorted(range(len(levels)), key=lambda place: -space.levers[place].cost(levels[place])):
        low, high = 0, levels[place]
        while low < high:
            middle = (low + high) // 2
            met = space.goal.is_met(space.value((*levels[:place], middle, *levels[place + 1 :])))
            low, high = (low, middle) if met else (middle + 1, high)
        levels = (*levels[:place], high, *levels[place + 1 :])
    return _replayed(space, levels)


def _kept(ways: Sequence[Way]) -> tuple[Way, ...]:
    """The cheapest first, without those that change all metrics that one before changes."""
    kept: list[frozenset[str]] = []
    found = []
    for way in sorted(ways, key=lambda way: way.cost):
        names = frozenset(move.lever.name for move in way.moves)
        if not any(names >= other for other in kept):
            kept.append(names)
            found.append(way)
    return tuple(found)


def _cheapest(space: Space, left_out: frozenset[int]) -> Levels | None:
    """The best levels of all levers, those left out at their present values; None where the goal cannot be met without them."""
    names = frozenset(space.levers[index].name for index in left_out)
    reach = space.reach(names)
    try:
        found = cheapest(reach, space.goal, MOST_BOXES)
    except TooManyBoxesError:
        reach = space.reach(names, together=True)
        found = cheapest(reach, space.goal)
    return None if found is None else reach.levels_of_levers(found)


def _different(space: Space) -> list[Levels]:
    """The cheapest way, then each time the cheapest that leaves out some metric of each way before it."""
    found: list[Levels] = []
    waiting: list[tuple[Key, tuple[int, ...], Levels]] = []
    seen: set[frozenset[int]] = set()
    _look(space, frozenset(), seen, waiting)
    while waiting and len(found) < MOST_WAYS:
        _, left_out, levels = heappop(waiting)
        if not any(_changed(levels) >= _changed(other) for other in found):
            found.append(levels)
        for index in _changed(levels):
            _look(space, frozenset({*left_out, index}), seen, waiting)
    return found


def _look(space: Space, left_out: frozenset[int], seen: set[frozenset[int]], waiting: list[tuple[Key, tuple[int, ...], Levels]]) -> None:
    """Put the cheapest way without some metrics among those that wait, once."""
    if left_out in seen:
        return
    seen.add(left_out)
    levels = _cheapest(space, left_out)
    if levels is not None:
        heappush(waiting, (key_of(space.levers, levels), tuple(sorted(left_out)), levels))


def _changed(levels: Levels) -> frozenset[int]:
    return frozenset(index for index, level in enumerate(levels) if level)


def _each_alone(space: Space) -> list[Levels]:
    """Each lever that meets the goal by itself."""
    everything = frozenset(range(len(space.levers)))
    found = [_cheapest(space, everything - {index}) for index in sorted(everything)]
    return sorted((levels for levels in found if levels is not None), key=lambda levels: key_of(space.levers, levels))


def _best(space: Space, present: Evaluation) -> Way | None:
    """The cheapest way to the highest score; None where nothing is higher than now."""
    scale = space.plan.scale
    if scale is None:
        return None
    toward = space if space.goal.name == "score" else Space(space.plan, space.record, space.levers, NumberGoal(scale.high), space.work)
    reach, now = toward.reach(), value_of(toward.goal, present)
    least, high = (now + scale.step if isinstance(now, int) else scale.low), scale.high
    top = reach.value(reach.top)
    if reach.only_helps(NumberGoal(high)):
        least = high = top if isinstance(top, int) and top >= least else high + 1
    found: Levels | None = None
    while least <= min(high, scale.high):
        middle = (least + high + 1) // 2
        levels = cheapest(reach, NumberGoal(middle))
        found, least, high = (found, least, middle - 1) if levels is None else (levels, middle + 1, high)
    return None if found is None else _replayed(space, reach.levels_of_levers(found))


def _replayed(space: Space, levels: Levels) -> Way:
    """The way with the interpreter's scorecard, which must agree with the generated function."""
    moves = tuple(Move(lever, level) for lever, level in zip(space.levers, levels, strict=True) if level)
    record = {**space.record, **{move.lever.name: move.value for move in moves}}
    evaluation = evaluate(space.plan, record)
    if space.value(levels) != value_of(space.goal, evaluation):
        raise InterpretationError("the generated function and the reference interpreter differ on a way")
    return Way(moves, record, evaluation)
