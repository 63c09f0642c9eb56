"""Levers that act through one number alone: the search then moves along that number, and what it costs is found by a search of its own.

Three indicators of one dimension are one axis instead of three, which is what keeps a search over ten metrics short. It is exact where the goal never suffers
from a larger number and the number never from its levers: then only the cheapest way to each of its values can be part of the cheapest way to the goal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from ..generated import Scorer, build_scorer
from ..node import evolve
from ..plan.expressions import FieldRead
from ..plan.quantity import Numeric, as_given
from ..plan.record import Field, Number, RecordPlan
from ..reference import Value
from .fronts import NO_MOVES, Entry, Front, Makers, front_of
from .goal import Goal, NumberGoal
from .knowledge import Directions, ground_of
from .levers import Lever
from .reach import Axis, Levels, LeverAxis, Reach
from .work import TooLargeFrontError, Work


@frozen(repr=False)
class Group:
    """A number of the plan, and the names of the levers that act through it alone."""

    number: Number
    levers: frozenset[str]

    @property
    def field(self) -> str:
        """The field that stands for the number in the plan where the groups are fields."""
        return f"number {self.number.path}"


class GroupAxis:
    """The values of a group's number from its present one on, each with the cheapest levels of its levers that reach it."""

    falls = False

    def __init__(self, group: Group, front: Front, names: Sequence[str]) -> None:
        self.field = group.field
        self.top = len(front) - 1
        self._front = front
        self._names = names

    def value(self, level: int) -> int:
        """The number's value."""
        return self._front[level].value

    def moves(self, level: int) -> Mapping[str, int]:
        """The levers' levels."""
        return {self._names[place]: own for place, own in self._front[level].moves}


@frozen(repr=False)
class Arranged:
    """Groups, the plan in which a field stands for the number of each, its generated function, and how fields move its numbers."""

    groups: tuple[Group, ...]
    plan: RecordPlan
    scorer: Scorer
    directions: Directions


class Space:
    """A record's levers in their groups; `reach` is the space of some of them, without those that change nothing of the goal."""

    def __init__(self, plan: RecordPlan, record: Mapping[str, Value], levers: Sequence[Lever], goal: Goal, work: Work | None = None) -> None:
        self.plan = plan
        self.record = record
        self.levers = tuple(levers)
        self.goal = goal
        self.work = work or Work()
        self._scorer = build_scorer(plan, hiding=True)
        self._whole = Reach(plan, record, self._scorer, [LeverAxis(lever) for lever in levers], self.levers, goal.name, work=self.work)
        self._directions = Directions(plan, ground_of(plan, record, self._ends()))
        self._acting = tuple(lever for lever in levers if self._directions.acts(lever.name, goal))
        self._known: dict[tuple[str, frozenset[str]], Front] = {}
        self._sums: dict[tuple[str, frozenset[str]], Front] = {}
        self._fronts: dict[tuple[str, frozenset[str]], Front] = {}
        self._parted: Arranged | None = None
        self._together: Arranged | None = None

    def reach(self, left_out: frozenset[str] = frozenset(), *, together: bool = False) -> Reach:
        """The space of all levers but those left out; `together`: one number stands for all levers where there is such a number."""
        arranged = self._arrangement(together=together)
        names = [lever.name for lever in self.levers]
        record = dict(self.record)
        axes: list[Axis] = []
        for group in arranged.groups:
            front = self._front(group, group.levers - left_out)
            assert front is not None
            axes.append(GroupAxis(group, front, names))
            record[group.field] = front[0].value
        grouped = left_out.union(*(group.levers for group in arranged.groups))
        axes += [LeverAxis(lever) for lever in self._acting if lever.name not in grouped]
        return Reach(arranged.plan, record, arranged.scorer, axes, self.levers, self.goal.name, arranged.directions, self.work)

    def _arrangement(self, *, together: bool) -> Arranged:
        """Made when it is first asked for."""
        if together:
            self._together = self._together or self._arranged(tuple(self._found_groups(len(self._acting))))
            return self._together
        self._parted = self._parted or self._arranged(tuple(self._found_groups(len(self._acting) - 1)))
        return self._parted

    def _arranged(self, groups: tuple[Group, ...]) -> Arranged:
        if not groups:
            return Arranged(groups, self.plan, self._scorer, self._directions)
        reduced = _with_fields(self.plan, groups)
        return Arranged(groups, reduced, build_scorer(reduced, hiding=True), self._reduced(reduced, groups))

    def value(self, levels: Levels) -> Value:
        """The goal's number or outcome at levels of all levers, by the generated function of the whole plan."""
        return self._whole.value(levels)

    def _found_groups(self, most: int) -> Iterator[Group]:
        """Numbers nearest to the goal first, each with at least two levers and at most so many; no lever in two groups."""
        taken: set[str] = set()
        for number in reversed(self.plan.numbers):
            if not isinstance(number.type, Numeric):
                continue
            behind = self._behind(number)
            if not 2 <= len(behind) <= most or behind & taken:
                continue
            group = Group(number, behind)
            if self._rises_with_its_levers(group) and self._has_front(group) and self._stands_alone(group):
                taken |= behind
                yield group

    def _has_front(self, group: Group) -> bool:
        try:
            return self._front(group, group.levers) is not None
        except TooLargeFrontError:
            return False

    def _behind(self, number: Number) -> frozenset[str]:
        """The levers that move a number."""
        known = self._directions.dependence.behind(("number", number.path))
        goal = NumberGoal(0, number.path)
        return frozenset(lever.name for lever in self._acting if lever.name in known and self._directions.acts(lever.name, goal))

    def _rises_with_its_levers(self, group: Group) -> bool:
        """Whether the number, and each number between it and its levers, never suffers from a lever."""
        inner = [number.path for number in self.plan.numbers if (behind := self._behind(number)) and behind <= group.levers]
        levers = [lever for lever in self.levers if lever.name in group.levers]
        return all(self._directions.helps(lever.name, NumberGoal(0, path), falls=lever.improvable.direction == "down") for lever in levers for path in inner)

    def _front(self, group: Group, levers: frozenset[str]) -> Front | None:
        """The front of a group with some of its levers; one without levers has its present value alone. None where there is none to be had."""
        key = (group.number.path, levers)
        if key not in self._fronts:
            found = self._made_front(group, levers)
            if found is None:
                return None
            self._fronts[key] = found
        return self._fronts[key]

    def _made_front(self, group: Group, levers: frozenset[str]) -> Front | None:
        places = {lever.name: place for place, lever in enumerate(self.levers) if lever.name in levers}
        present, highest = self._number(group.number.path, {}), self._number(group.number.path, {place: self.levers[place].levels for place in places.values()})
        if not isinstance(present, int) or not isinstance(highest, int):
            return None
        if not places:
            return [Entry(present, 0, NO_MOVES)]
        tops = [lever.levels for lever in self.levers]
        makers = Makers(self.plan, self.record, places, tops, self._cost, self._number, self._directions, self._known, self._sums, self.work)
        return front_of(group.number, makers)

    def _number(self, path: str, levels: Mapping[int, int]) -> Value:
        return self._whole.output(path, {place: self.levers[place].value(level) for place, level in levels.items()})

    def _cost(self, place: int, level: int) -> int:
        return self.levers[place].cost(level)

    def _stands_alone(self, group: Group) -> bool:
        """Whether the goal reads the levers through the number alone, and never suffers from a larger one."""
        reduced = _with_fields(self.plan, [group])
        directions = self._reduced(reduced, [group])
        return directions.helps(group.field, self.goal) and not any(directions.acts(name, self.goal) for name in group.levers)

    def _reduced(self, reduced: RecordPlan, groups: Sequence[Group]) -> Directions:
        """How fields act in a plan with fields for groups, among all records that levers and groups can make."""
        record, ranges = dict(self.record), self._ends()
        for group in groups:
            front = self._front(group, group.levers)
            assert front is not None
            record[group.field], ranges[group.field] = None, (front[0].value, front[-1].value)
        return Directions(reduced, ground_of(reduced, record, ranges))

    def _ends(self) -> dict[str, tuple[int, int]]:
        ends = {lever.name: sorted((lever.present, lever.value(lever.levels))) for lever in self.levers}
        return {name: (low, high) for name, (low, high) in ends.items()}


def _with_fields(plan: RecordPlan, groups: Sequence[Group]) -> RecordPlan:
    """The plan with a field in the place of each group's number."""
    by_path = {group.number.path: group for group in groups}
    fields = [Field(group.field, group.number.label, "input", as_given(group.number.type), 0) for group in groups]
    numbers = [_read_from(by_path[number.path]) if number.path in by_path else number for number in plan.numbers]
    return evolve(plan, fields=(*plan.fields, *fields), numbers=tuple(numbers))


def _read_from(group: Group) -> Number:
    value = FieldRead(group.field, as_given(group.number.type))
    return evolve(group.number, value=value, adjustments=(), low=None, high=None, parts=())
