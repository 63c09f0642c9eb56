"""Sums of lines and the best of several: what counts when a line is missing, and the one division at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from ..arithmetic import divide
from ..plan.expressions import BestOf, DropMissing, Substitute, Sum


def total_of(form: Sum, values: Sequence[int | None], weights: Sequence[int]) -> int | None:
    """The sum of the lines' values, each at its own scale; None where a line is missing and the sum says nothing better, or where no weight is left."""
    counted = _counted(form, values, weights)
    if counted is None:
        return None
    product = sum(weight * value * line.factor for line, weight, value in zip(form.lines, weights, counted, strict=True) if value is not None)
    whole = sum(weight for weight, value in zip(weights, counted, strict=True) if value is not None) if form.relative else 1
    return None if whole == 0 else divide(product * form.scale, whole * form.unit, form.mode) * form.step


def _counted(form: Sum, values: Sequence[int | None], weights: Sequence[int]) -> Sequence[int | None] | None:
    """The values that count, None in the place of a dropped line; None when the whole sum is missing."""
    match form.missing:
        case None:
            return None if None in values else values
        case Substitute(values=substitutes):
            return [substitute if value is None else value for value, substitute in zip(values, substitutes, strict=True)]
        case DropMissing() as rule:
            return values if _enough(rule, values, weights) else None
        case _:
            assert_never(form.missing)


def _enough(rule: DropMissing, values: Sequence[int | None], weights: Sequence[int]) -> bool:
    given = [weight for weight, value in zip(weights, values, strict=True) if value is not None]
    return len(given) >= max(rule.parts, 1) and sum(given) * rule.weight_denominator >= sum(weights) * rule.weight_numerator


def best_of(form: BestOf, values: Sequence[int | None]) -> int | None:
    """The largest given value at the common scale; None when all are missing."""
    return max((value * line.factor for line, value in zip(form.lines, values, strict=True) if value is not None), default=None)
