"""How much a search may do: counted, not timed, so that the same question has the same answer on every machine."""

from __future__ import annotations

from attrs import define

MOST_PAIRS = 400_000
"""Of two fronts that are put together: about half a second."""
EXACT = 5_000_000
"""Of the exact search, in values of a number by the generated function: about a second."""
ROUGH = 700_000
"""Of each rough search after it."""


class TooMuchWorkError(Exception):
    """A search came to the end of what it may do."""


class TooLargeFrontError(TooMuchWorkError):
    """Two fronts have more pairs than are put together."""


@define
class Work:
    """What is left of the work of one search."""

    left: int = EXACT

    def spend(self, amount: int) -> None:
        """Do so much of it. Raises TooMuchWorkError where less is left."""
        self.left -= amount
        if self.left < 0:
            raise TooMuchWorkError

    def spend_pairs(self, pairs: int) -> None:
        """Put the pairs of two fronts together. Raises TooLargeFrontError, and TooMuchWorkError."""
        if pairs > MOST_PAIRS:
            raise TooLargeFrontError
        self.spend(pairs)
