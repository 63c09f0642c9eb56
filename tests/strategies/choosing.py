"""Choices: the one source of variety of everything generated, from Hypothesis (which shrinks) or from a seed (which is fast)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from hypothesis import strategies

Anything = TypeVar("Anything")


class Chooser:
    """Chooses by whole numbers; 0 is the simplest choice of each."""

    def __init__(self, integer: Callable[[int, int], int]) -> None:
        self.integer = integer

    def pick(self, options: Sequence[Anything]) -> Anything:
        """One of the options; the first is the simplest."""
        return options[self.integer(0, len(options) - 1)]

    def chance(self, percent: int) -> bool:
        """True in about `percent` of 100 cases; False is simpler."""
        return self.integer(0, 99) >= 100 - percent

    def some(self, options: Sequence[Anything], least: int, most: int) -> list[Anything]:
        """Between `least` and `most` different options, in their order."""
        count = self.integer(min(least, len(options)), min(most, len(options)))
        left = list(range(len(options)))
        chosen = [left.pop(self.integer(0, len(left) - 1)) for _ in range(count)]
        return [options[index] for index in sorted(chosen)]

    def rising(self, low: int, high: int, count: int) -> list[int]:
        """Up to `count` different whole numbers within `low .. high`, rising; at least one."""
        return sorted({self.integer(low, high) for _ in range(count)})


class ByRandom(Chooser):
    """Chooses by a seed."""

    def __init__(self, seed: int) -> None:
        super().__init__(Random(seed).randint)


def by_hypothesis(draw: Callable[[strategies.SearchStrategy[int]], int]) -> Chooser:
    """Chooses by Hypothesis, which shrinks every choice toward its first option."""
    return Chooser(lambda low, high: draw(strategies.integers(low, high)))
