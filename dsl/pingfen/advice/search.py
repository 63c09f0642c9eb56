"""The cheapest point that meets a goal, found exactly: boxes of levels in the order of what their nearest corner costs.

A box in which the goal can be met nowhere is dropped, its near corner is drawn in as far as the goal allows, and it is halved. The first corner that meets the
goal is the cheapest of all, as every other box begins where it costs as much or more.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush

from .goal import Goal
from .reach import Key, Levels, Reach

Box = tuple[Levels, Levels]
Waiting = list[tuple[Key, Box]]


class TooManyBoxesError(Exception):
    """The search was told to give up."""


def cheapest(reach: Reach, goal: Goal, most: int = 0) -> Levels | None:
    """The best point at which the goal is met, by `Reach.key`; None where it is met nowhere. Raises TooManyBoxesError after `most` boxes (0: never)."""
    waiting: Waiting = []
    _put(reach, goal, (reach.bottom, reach.top), waiting)
    seen = 0
    while waiting:
        seen += 1
        if seen == most:
            raise TooManyBoxesError
        _, (low, high) = heappop(waiting)
        if goal.is_met(reach.value(low)):
            return low
        if low != high:
            for box in _halves(low, high):
                _put(reach, goal, box, waiting)
    return None


def _put(reach: Reach, goal: Goal, box: Box, waiting: Waiting) -> None:
    drawn = _drawn_in(reach, goal, *box)
    if drawn is not None:
        heappush(waiting, (reach.key(drawn[0]), drawn))


def _drawn_in(reach: Reach, goal: Goal, low: Levels, high: Levels) -> Box | None:
    """The box with its near corner moved up as far as no point that meets the goal is lost; None where the goal is met nowhere in it."""
    if not reach.can_be_met(goal, low, high):
        return None
    for place in range(len(low)):
        low = (*low[:place], _least(reach, goal, low, high, place), *low[place + 1 :])
    return low, high


def _least(reach: Reach, goal: Goal, low: Levels, high: Levels, place: int) -> int:
    """The lowest level of one axis with which the goal can still be met somewhere in the box."""
    first, last = low[place], high[place]
    while first < last:
        middle = (first + last) // 2
        if reach.can_be_met(goal, low, (*high[:place], middle, *high[place + 1 :])):
            last = middle
        else:
            first = middle + 1
            low = (*low[:place], first, *low[place + 1 :])
    return first


def _halves(low: Levels, high: Levels) -> Iterator[Box]:
    """The box cut in two across its longest side."""
    place = max(range(len(low)), key=lambda index: high[index] - low[index])
    middle = (low[place] + high[place]) // 2
    yield low, (*high[:place], middle, *high[place + 1 :])
    yield (*low[:place], middle + 1, *low[place + 1 :]), high
