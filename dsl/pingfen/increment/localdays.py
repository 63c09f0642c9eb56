"""The day of a window in which an instant lies, in SQL: the local date, but for clocks that are set back over midnight."""

from __future__ import annotations

from sqlglot import exp

from ..plan.events import Transitions
from ..sql import clock
from ..sql.dialect import Dialect, TimeForm
from ..sql.stairs import Stairs
from ..sql.trees import Tree, binary, cases


def day_of_time(spell: Dialect, zone: Transitions, stairs: Stairs, time: Tree, form: TimeForm) -> Tree:
    """The day of a time as the data holds it."""
    counted = stairs.share(spell.seconds_of(time, form))
    seconds = stairs.share(clock.instant_of(spell, zone, counted)) if form == "local" else counted
    return day_of_instant(spell, zone, stairs, seconds)


def day_of_instant(spell: Dialect, zone: Transitions, stairs: Stairs, seconds: Tree) -> Tree:
    """The day d of an instant in seconds (a shared tree): midnight of d is not after it, that of d + 1 is."""
    local = stairs.share(clock.local_of(spell, zone, seconds))
    day = stairs.share(clock.day_of(spell, local))
    if not goes_back_over_midnight(zone):
        return day
    following = stairs.share(binary(exp.Add, day, spell.integer(1)))
    begins = clock.instant_of(spell, zone, stairs.share(binary(exp.Mul, following, spell.integer(clock.DAY))))
    return stairs.share(cases([(binary(exp.GTE, seconds, begins), following)], day))


def goes_back_over_midnight(zone: Transitions) -> bool:
    """Whether the clock is ever set back from a date to the one before, as in St. John's until 2011: then instants of a day show the date before it."""
    offset = zone.first
    for start, following in zone.changes:
        shown = start + offset
        if shown % clock.DAY and shown // clock.DAY > (start + following) // clock.DAY:
            return True
        offset = following
    return False
