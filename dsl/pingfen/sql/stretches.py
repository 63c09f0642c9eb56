"""A search among many sorted numbers that takes one look: the axis cut into stretches of equal width, each with one number at most.

Written as lists, in single literals, it stays small for every engine that reads it, however many numbers there are; cases would be copied for each use.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ..node import frozen

_WIDEST = 2**23
_MOST = 20_000
EARLIEST = -(2**62)
"""A bound below every time that data may hold, far enough from the ends of 64 bits."""


@frozen
class Stretches:
    """`first` is where the first stretch begins, `width` their width; `below[i]` counts the numbers that are not above where stretch `i` begins."""

    first: int
    width: int
    below: tuple[int, ...]

    @property
    def last(self) -> int:
        """The last whole number of the last stretch."""
        return self.first + self.width * len(self.below) - 1


def stretches_of(numbers: Sequence[int]) -> Stretches | None:
    """The widest stretches of which each holds one of the numbers at most; None where they would be too many."""
    width = _WIDEST
    while len(begins := _begins(numbers, width)) <= _MOST:
        if all(bisect_left(numbers, begin + width) - bisect_right(numbers, begin) <= 1 for begin in begins):
            return Stretches(begins[0], width, tuple(bisect_right(numbers, begin) for begin in begins))
        width //= 2
    return None


def _begins(numbers: Sequence[int], width: int) -> range:
    """Where stretches begin: one wholly below the first number, up to the one that holds the last."""
    return range((numbers[0] // width - 1) * width, (numbers[-1] // width + 1) * width, width)
