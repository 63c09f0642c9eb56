"""Types of values: a unit, and for numbers the places, the range and whether the value may be missing.

A numeric value is a 64-bit integer at a known scale: `4.50` at 2 places is 450. `low` and `high` are such
integers, both ends included. Times are whole seconds since 1970-01-01T00:00:00Z, dates are whole days since
1970-01-01, durations whole seconds, months `year * 12 + month - 1`, times of day seconds since local midnight.
"""

from __future__ import annotations

from typing import Literal

from ..node import evolve, frozen

Unit = Literal["number", "count", "share", "score", "points", "duration", "money", "date", "time", "month", "time of day"]

INT64_LOW = -(2**63)
INT64_HIGH = 2**63 - 1


@frozen(repr=False)
class Numeric:
    """A scaled integer: `low` and `high` are at the scale of `places`, both included."""

    unit: Unit
    places: int
    low: int
    high: int
    optional: bool = False


@frozen(repr=False)
class Exact:
    """A quotient kept as numerator and denominator (`exact`); only compared or shown, never added.

    The value is `numerator / denominator / 10**places`; numerator within `low .. high`, denominator within `0 .. most`.
    A denominator of 0 is a missing value, so an Exact is always optional unless `optional` says otherwise.
    """

    unit: Unit
    places: int
    low: int
    high: int
    most: int
    optional: bool = True


@frozen(repr=False)
class Words:
    """Text, or a choice when `options` is not empty; choices are ordered as written, lowest first for tiers."""

    options: tuple[str, ...] = ()
    optional: bool = False


@frozen(repr=False)
class Truth:
    """A flag or a condition."""

    optional: bool = False


Type = Numeric | Exact | Words | Truth


def as_optional(kind: Type) -> Type:
    """The same type, with a value that may be missing."""
    return kind if kind.optional else evolve(kind, optional=True)


def as_given(kind: Type) -> Type:
    """The same type, with a value that is never missing."""
    return evolve(kind, optional=False) if kind.optional else kind
