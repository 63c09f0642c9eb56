"""Local times in SQL: the plan's transitions written out as balanced cases over seconds, never an engine's own zones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sqlglot import exp

from ..calendar import day_of as day_of_date
from ..calendar import midnight
from ..plan.events import Transitions
from .dialect import Dialect, TimeForm
from .stretches import EARLIEST
from .trees import Tree, binary, cases, either, every, truth

DAY = 86_400
MANY = 24
"""From so many changes on, an engine that can looks its offsets up in lists: cases would grow with every use."""

Share = Callable[[Tree], Tree]


def _itself(tree: Tree) -> Tree:
    return tree


def local_of(spell: Dialect, zone: Transitions, seconds: Tree, share: Share = _itself) -> Tree:
    """Local seconds of an instant in seconds (a shared tree). `share` makes columns of what is used more than once."""
    offsets = [zone.first, *(offset for _, offset in zone.changes)]
    starts = [start for start, _ in zone.changes]
    place = _place(spell, starts, seconds, share)
    found = spell.element(offsets, place) if place is not None else _search(seconds, spell, starts, lambda index: spell.integer(offsets[index]))
    return binary(exp.Add, seconds, found)


def instant_of(spell: Dialect, zone: Transitions, local: Tree, share: Share = _itself) -> Tree:
    """The instant of local seconds (a shared tree): the earlier one of two, the first after the gap where there is none."""
    offsets = [zone.first, *(offset for _, offset in zone.changes)]
    starts = [start + offsets[index] for index, (start, _) in enumerate(zone.changes)]
    place = _place(spell, starts, local, share)
    if place is not None:
        earliest = spell.element([EARLIEST, *(start for start, _ in zone.changes)], place)
        return spell.larger(share(earliest), share(binary(exp.Sub, local, spell.element(offsets, place))))

    def leaf(index: int) -> Tree:
        moved = binary(exp.Sub, local, spell.integer(offsets[index]))
        return spell.larger(spell.integer(zone.changes[index - 1][0]), moved) if index else moved

    return _search(local, spell, starts, leaf)


def seconds_of(spell: Dialect, zone: Transitions, value: Tree, form: TimeForm, share: Share) -> Tree:
    """A timestamp in any form as seconds since 1970-01-01T00:00:00Z; what is in seconds stays as it is."""
    if form == "seconds":
        return value
    counted = share(spell.seconds_of(value, form))
    return share(instant_of(spell, zone, counted, share)) if form == "local" else counted


def is_skipped(spell: Dialect, zone: Transitions, local: Tree, form: TimeForm = "seconds", share: Share = _itself) -> Tree:
    """True where a local time (a shared tree, in seconds or as a timestamp) does not exist."""
    gaps = []
    previous = zone.first
    for start, offset in zone.changes:
        if offset > previous:
            gaps.append((start + previous, start + offset))
        previous = offset
    starts = [low for low, _ in gaps]
    seconds = local if form == "seconds" or len(starts) <= MANY else share(spell.seconds_of(local, form))
    place = _place(spell, starts, seconds, share)
    if place is not None:
        before_end = binary(exp.LT, seconds, spell.element([EARLIEST, *(end for _, end in gaps)], place))
        return cases([(before_end, truth(True))], truth(False))

    def leaf(index: int) -> Tree:
        return binary(exp.LT, local, spell.time_literal(gaps[index - 1][1], form)) if index else truth(False)

    return _search(local, spell, starts, leaf, form)


def _place(spell: Dialect, starts: Sequence[int], value: Tree, share: Share) -> Tree | None:
    """How many of the starts are not above the value, where that is looked up in lists."""
    place = spell.place(value, starts) if len(starts) > MANY else None
    return None if place is None else share(place)


def local_bound(zone: Transitions, instant: int) -> int:
    """The smallest local time, as read from data, whose instant is not before `instant`."""
    previous = zone.first
    for start, offset in zone.changes:
        if start > instant:
            break
        if instant < start + previous - offset:
            return start + previous
        previous = offset
    return instant + previous


def day_of(spell: Dialect, local: Tree) -> Tree:
    """Local day number of local seconds (a shared tree)."""
    return floored(spell, local, DAY)


def time_of_day(spell: Dialect, local: Tree) -> Tree:
    """Seconds since local midnight of local seconds (a shared tree)."""
    rest = spell.remainder(local, spell.integer(DAY))
    return spell.remainder(binary(exp.Add, rest, spell.integer(DAY)), spell.integer(DAY))


def floored(spell: Dialect, value: Tree, divisor: int) -> Tree:
    """`floor(value / divisor)`."""
    below = binary(exp.LT, spell.remainder(value, spell.integer(divisor)), spell.integer(0))
    return binary(exp.Add, spell.whole_quotient(value, spell.integer(divisor)), cases([(below, spell.integer(-1))], spell.integer(0)))


def within_day(spell: Dialect, seconds: Tree, start: int, end: int) -> Tree:
    """Whether a time of day lies in `start .. end`, half-open, past midnight when `start` comes after `end`."""
    ends = [binary(exp.GTE, seconds, spell.integer(start)), binary(exp.LT, seconds, spell.integer(end))]
    return every(ends) if start <= end else either(ends)


def _search(value: Tree, spell: Dialect, starts: Sequence[int], leaf: Callable[[int], Tree], form: TimeForm = "seconds") -> Tree:
    """A balanced search: leaf(number of starts that are not above the value). A NULL value takes the first leaf, which is NULL by itself or harmless."""

    def between(low: int, high: int) -> Tree:
        if low == high:
            return leaf(low)
        middle = (low + high + 1) // 2
        above = binary(exp.GTE, value, spell.time_literal(starts[middle - 1], form))
        return cases([(above, between(middle, high))], between(low, middle - 1))

    return between(0, len(starts))


def day_of_year(year: int) -> int:
    """The day number of January 1."""
    return day_of_date(date(min(max(year, 1), 9999), 1, 1))


def midnight_of_year(year: int, zone: Transitions) -> int:
    """The instant at which a year begins."""
    return midnight(day_of_year(year), zone)
