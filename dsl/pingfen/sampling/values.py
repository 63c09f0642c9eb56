"""One plausible value of a type, leaning to the good end for a good subject."""

from __future__ import annotations

from typing import assert_never

from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from .randomness import Dice

Value = int | str | bool | None

ORDINARY = {"money": 100, "duration": 12 * 3600, "count": 4, "number": 10, "score": 5, "points": 90, "share": 1}
MOST_SPREAD = 200


def plausible_value(kind: Type, goodness: int, dice: Dice, texts: list[str]) -> Value:
    """A value of the type; missing one time in ten where it may be. `goodness` runs from 0 to 100; `texts` are choices for text."""
    if kind.optional and dice.chance(10):
        return None
    match kind:
        case Numeric():
            return _number(kind, goodness, dice)
        case Words(options=()):
            return dice.pick(texts)
        case Words(options=options):
            return options[0] if dice.chance(60) else dice.pick(options)
        case Truth():
            return dice.chance(max(2, (100 - goodness) // 4))
        case Exact():
            raise AssertionError("a quotient is no column")
        case _:
            assert_never(kind)


def _number(kind: Numeric, goodness: int, dice: Dice) -> int:
    """Within a narrow range anywhere, leaning; within a wide one mostly near what is ordinary for the unit."""
    unit = 10**kind.places
    if kind.high - kind.low <= MOST_SPREAD * unit:
        return dice.leaning(kind.low, kind.high, goodness)
    start = max(kind.low, 0 if kind.high > 0 else kind.low)
    return min(kind.high, start + dice.small(ORDINARY.get(kind.unit, 10) * unit))
