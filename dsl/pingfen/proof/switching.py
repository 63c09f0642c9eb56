"""What a choice does when the field's rise takes it from one branch to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from attrs import frozen

from ..analysis.evaluation import evaluate
from ..analysis.possible import Choices, Numbers, Possible, Truths, meet
from ..analysis.situation import Situation
from ..plan.expressions import Band, Case, Expression
from ..plan.quantity import Type, Words
from .motion import Motion, joined

Toward = Literal["nowhere", "earlier", "later", "anywhere"]


@frozen(repr=False)
class Taken:
    """A branch that can be taken: its row, its value, and what is known where it is taken."""

    row: Case | Band | Expression
    value: Expression
    situation: Situation


def toward(motion: Motion, *, rising_is: Toward) -> Toward:
    """Where the choice goes when what it is made by moves; `rising_is` says where a rise takes it."""
    falling_is: Toward = "later" if rising_is == "earlier" else "earlier"
    if motion.up and motion.down:
        return "anywhere"
    return rising_is if motion.up else falling_is if motion.down else "nowhere"


def switched(branches: Sequence[Taken], ways: Sequence[Toward], kind: Type, stays: Callable[[tuple[str, ...]], bool]) -> Motion:
    """The motion of a choice over its branches, in order; between a branch and later ones it goes the way of the earlier one.

    `stays` tells which known values are the same in both records.
    """
    return joined(_step(before, after, kind, stays) for before, after in _pairs(branches, ways))


def _pairs(branches: Sequence[Taken], ways: Sequence[Toward]) -> Iterator[tuple[Taken, Taken]]:
    for first, way in enumerate(ways):
        for last in range(first + 1, len(branches)):
            if way in ("later", "anywhere"):
                yield branches[first], branches[last]
            if way in ("earlier", "anywhere"):
                yield branches[last], branches[first]


def _step(before: Taken, after: Taken, kind: Type, stays: Callable[[tuple[str, ...]], bool]) -> Motion:
    """From one branch to another: what both records share is known of both."""
    narrowed = _sharing(before, after, stays), _sharing(after, before, stays)
    if narrowed[0] is None or narrowed[1] is None:
        return Motion()
    values = evaluate(before.value, narrowed[0]), evaluate(after.value, narrowed[1])
    steady = not (values[0].missing or values[1].missing)
    if not (values[0].given and values[1].given):
        return Motion(steady=False)
    first, last = span(values[0], kind), span(values[1], kind)
    if first is None or last is None:
        return Motion(True, True, steady)
    return Motion(last[1] > first[0], last[0] < first[1], steady)


def _sharing(own: Taken, other: Taken, stays: Callable[[tuple[str, ...]], bool]) -> Situation | None:
    known = dict(own.situation.known)
    for key, value in other.situation.known.items():
        if stays(key):
            met = meet(known.get(key, value), value)
            if met is None:
                return None
            known[key] = met
    return Situation(known)


def span(value: Possible, kind: Type) -> tuple[int, int] | None:
    """The least and the largest rank of a value: words in the order of their options; None where they have none."""
    match value:
        case Numbers(low=low, high=high):
            return low, high
        case Truths(true=true, false=false):
            return int(not false), int(true)
        case Choices(options=options) if options and isinstance(kind, Words) and options <= set(kind.options):
            ranks = [kind.options.index(option) for option in options]
            return min(ranks), max(ranks)
        case _:
            return None
