"""What a value can be: an interval of numbers, some of the words, true or false, and whether it can be given or missing.

Every answer is an over-approximation: a value that can occur is always included, so "never" and "always" are safe to report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

from ..node import evolve, frozen
from ..plan.expressions import Comparison
from ..plan.quantity import Exact, Numeric, Truth, Type, Words


@frozen
class Numbers:
    """Whole numbers `low .. high` where `given` is possible; None where `missing` is possible."""

    low: int
    high: int
    given: bool = True
    missing: bool = False


@frozen
class Choices:
    """One of `options` (None: any text); None where `missing` is possible."""

    options: frozenset[str] | None
    missing: bool = False

    @property
    def given(self) -> bool:
        """Whether a word is possible."""
        return self.options is None or bool(self.options)


@frozen
class Truths:
    """Whether true, false and None are possible."""

    true: bool = True
    false: bool = True
    missing: bool = False

    @property
    def given(self) -> bool:
        """Whether true or false is possible."""
        return self.true or self.false


Possible = Numbers | Choices | Truths

ABSENT = Numbers(0, 0, given=False, missing=True)
UNKNOWN = Truths()


def of_type(kind: Type) -> Possible:
    """Everything that a type allows."""
    match kind:
        case Numeric(low=low, high=high, optional=optional):
            return Numbers(low, high, True, optional)
        case Exact(low=low, high=high, optional=optional):
            return Numbers(low, high, True, optional)
        case Words(options=options, optional=optional):
            return Choices(frozenset(options) if options else None, optional)
        case Truth(optional=optional):
            return Truths(missing=optional)
        case _:
            assert_never(kind)


def given_only(value: Possible) -> Possible | None:
    """The value where it is given, or None where it cannot be."""
    return evolve(value, missing=False) if value.given else None


def missing_only(value: Possible) -> Possible | None:
    """The value where it is missing, or None where it cannot be."""
    if not value.missing:
        return None
    match value:
        case Numbers():
            return ABSENT
        case Choices():
            return Choices(frozenset(), missing=True)
        case Truths():
            return Truths(true=False, false=False, missing=True)
        case _:
            assert_never(value)


def join(values: Iterable[Possible]) -> Possible | None:
    """What one of the values can be; None for no value at all."""
    joined: Possible | None = None
    for value in values:
        joined = value if joined is None else _join(joined, value)
    return joined


def _join(one: Possible, other: Possible) -> Possible:
    match one, other:
        case Numbers(), Numbers():
            return join_numbers(one, other)
        case Choices(options=mine, missing=missing), Choices(options=theirs, missing=also):
            return Choices(None if mine is None or theirs is None else mine | theirs, missing or also)
        case Truths(), Truths():
            return Truths(one.true or other.true, one.false or other.false, one.missing or other.missing)
        case _:
            given = one if one.given else other
            return evolve(given, missing=one.missing or other.missing)


def join_numbers(one: Numbers, other: Numbers) -> Numbers:
    """The hull of two intervals."""
    missing = one.missing or other.missing
    if not (one.given and other.given):
        return evolve(one if one.given else other, missing=missing)
    return Numbers(min(one.low, other.low), max(one.high, other.high), True, missing)


def meet(value: Possible, other: Possible) -> Possible | None:
    """What both allow; None where nothing is left."""
    match value, other:
        case Numbers(), Numbers():
            met: Possible = _meet_numbers(value, other)
        case Choices(options=mine, missing=missing), Choices(options=theirs, missing=also):
            both = theirs if mine is None else mine if theirs is None else mine & theirs
            met = Choices(both, missing and also)
        case Truths(), Truths():
            met = Truths(value.true and other.true, value.false and other.false, value.missing and other.missing)
        case _:
            met = value
    return met if met.given or met.missing else None


def _meet_numbers(one: Numbers, other: Numbers) -> Numbers:
    low, high = max(one.low, other.low), min(one.high, other.high)
    given = one.given and other.given and low <= high
    return Numbers(low if given else 0, high if given else 0, given, one.missing and other.missing)


def within(value: Numbers, kind: Type) -> Numbers:
    """The numbers that the type allows too (the checker's own interval)."""
    allowed = of_type(kind)
    if not isinstance(allowed, Numbers):
        return value
    met = meet(value, evolve(allowed, missing=True))
    return met if isinstance(met, Numbers) else value


_COMPARISONS: dict[Comparison, Callable[[Numbers, Numbers], tuple[bool, bool]]] = {
    "<": lambda x, y: (x.low < y.high, x.high >= y.low),
    "<=": lambda x, y: (x.low <= y.high, x.high > y.low),
    ">": lambda x, y: (x.high > y.low, x.low <= y.high),
    ">=": lambda x, y: (x.high >= y.low, x.low < y.high),
    "=": lambda x, y: (x.low <= y.high and y.low <= x.high, not x.low == x.high == y.low == y.high),
    "<>": lambda x, y: (not x.low == x.high == y.low == y.high, x.low <= y.high and y.low <= x.high),
}


def compare(operator: Comparison, left: Possible, right: Possible) -> Truths:
    """Whether a comparison of given values can hold and can fail; unknown where a side is never given."""
    if not (left.given and right.given):
        return UNKNOWN
    match left, right:
        case Numbers(), Numbers():
            return Truths(*_COMPARISONS[operator](left, right))
        case Choices(options=mine), Choices(options=theirs) if operator in ("=", "<>"):
            equal = _compare_words(mine, theirs)
            return equal if operator == "=" else Truths(equal.false, equal.true)
        case _:
            return UNKNOWN


def _compare_words(mine: frozenset[str] | None, theirs: frozenset[str] | None) -> Truths:
    if mine is None or theirs is None:
        return UNKNOWN
    return Truths(bool(mine & theirs), not (len(mine) == 1 and mine == theirs))
