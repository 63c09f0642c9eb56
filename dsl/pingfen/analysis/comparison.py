"""What comparisons tell: what a value can be that compares so with another."""

from __future__ import annotations

from typing import assert_never

from ..node import evolve
from ..plan.expressions import Comparison
from .possible import Choices, Numbers, Possible

NEGATED: dict[Comparison, Comparison] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "="}
SWAPPED: dict[Comparison, Comparison] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}


def beside(operator: Comparison, other: Possible, own: Possible) -> Possible:
    """What a given value can be that compares so with another."""
    match own, other:
        case Numbers(), Numbers() if own.given and other.given:
            low, high = _ends(operator, other, own)
            return Numbers(low, high, low <= high)
        case Choices(options=mine), Choices(options=theirs) if theirs is not None:
            return _beside_words(operator, mine, theirs)
        case _:
            return evolve(own, missing=False)


def _ends(operator: Comparison, other: Numbers, own: Numbers) -> tuple[int, int]:
    match operator:
        case "<":
            return own.low, min(own.high, other.high - 1)
        case "<=":
            return own.low, min(own.high, other.high)
        case ">":
            return max(own.low, other.low + 1), own.high
        case ">=":
            return max(own.low, other.low), own.high
        case "=":
            return max(own.low, other.low), min(own.high, other.high)
        case "<>":
            point = other.low if other.low == other.high else None
            return own.low + (own.low == point), own.high - (own.high == point)
        case _:
            assert_never(operator)


def _beside_words(operator: Comparison, mine: frozenset[str] | None, theirs: frozenset[str]) -> Choices:
    if operator == "=":
        return Choices(theirs if mine is None else mine & theirs)
    if operator == "<>" and mine is not None and len(theirs) == 1:
        return Choices(mine - theirs)
    return Choices(mine)
