"""Whole-number randomness: the few distributions that samples need, from one seeded stream and without floating point."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

STEPS = 10_000

Value = TypeVar("Value")


class Dice:
    """A seeded stream. Chances are in hundredths."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def chance(self, hundredths: int) -> bool:
        """True in so many of a hundred throws."""
        return self._random.randrange(100) < hundredths

    def between(self, low: int, high: int) -> int:
        """A whole number within low .. high, each as likely."""
        return self._random.randint(low, high)

    def pick(self, values: Sequence[Value]) -> Value:
        """One of the values, each as likely."""
        return values[self._random.randrange(len(values))]

    def small(self, mean: int) -> int:
        """A number from 0 on that is mostly below its mean and now and then far above it."""
        first, second = (self._random.randint(0, STEPS) for _ in range(2))
        return mean * first * second * 4 // STEPS**2 * (3 if self.chance(5) else 1)

    def leaning(self, low: int, high: int, goodness: int) -> int:
        """A number within low .. high: in the top quarter in `goodness` of a hundred throws, else anywhere."""
        return self._random.randint(high - (high - low) // 4 if self.chance(goodness) else low, high)
