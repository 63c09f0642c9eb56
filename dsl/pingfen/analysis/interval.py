"""Arithmetic on intervals of whole numbers, with the divisions and roundings that the plan does."""

from __future__ import annotations

from itertools import pairwise
from typing import assert_never

from ..arithmetic import divide
from ..node import evolve
from ..plan.expressions import Arithmetic, Curve, Divided, Extreme
from .possible import ABSENT, Numbers


def combine(expression: Arithmetic, left: Numbers, right: Numbers) -> Numbers:
    """Sum, difference or product."""
    if not (left.given and right.given):
        return ABSENT
    missing = left.missing or right.missing
    match expression.operator:
        case "+":
            return Numbers(left.low + right.low, left.high + right.high, True, missing)
        case "-":
            return Numbers(left.low - right.high, left.high - right.low, True, missing)
        case "*":
            return times(left, right)
        case _:
            assert_never(expression.operator)


def times(left: Numbers, right: Numbers) -> Numbers:
    """The product."""
    if not (left.given and right.given):
        return ABSENT
    corners = [x * y for x in (left.low, left.high) for y in (right.low, right.high)]
    return Numbers(min(corners), max(corners), True, left.missing or right.missing)


def divided(expression: Divided, numerator: Numbers, denominator: Numbers) -> Numbers:
    """The rounded quotient; missing also where the denominator can be 0."""
    if not (numerator.given and denominator.given) or denominator.high < 1:
        return ABSENT
    ends = (max(denominator.low, 1), denominator.high)
    corners = [divide(n, d, expression.mode) * expression.step for n in (numerator.low, numerator.high) for d in ends]
    missing = numerator.missing or denominator.missing or denominator.low < 1
    return Numbers(min(corners), max(corners), True, missing)


def extreme(expression: Extreme, left: Numbers, right: Numbers) -> Numbers:
    """The smaller or the larger."""
    if not (left.given and right.given):
        return ABSENT
    chosen = min if expression.kind == "least" else max
    return Numbers(chosen(left.low, right.low), chosen(left.high, right.high), True, left.missing or right.missing)


def curved(curve: Curve, subject: Numbers) -> Numbers:
    """The values of a curve over an interval: those at its ends and at the points between, as between points it is straight."""
    if not subject.given:
        return ABSENT
    places = [subject.low, *(x for x, _ in curve.points if subject.low < x < subject.high), subject.high]
    values = [curve_value(curve, place) for place in places]
    return Numbers(min(values), max(values), True, subject.missing)


def curve_value(curve: Curve, place: int) -> int:
    """The value of a curve at a place."""
    points = curve.points
    if place <= points[0][0]:
        return divide(points[0][1], curve.unit, curve.mode) * curve.step
    for (x0, y0), (x1, y1) in pairwise(points):
        if place <= x1:
            return divide(y0 * (x1 - x0) + (y1 - y0) * (place - x0), (x1 - x0) * curve.unit, curve.mode) * curve.step
    return divide(points[-1][1], curve.unit, curve.mode) * curve.step


def clamp(value: Numbers, low: int | None, high: int | None) -> Numbers:
    """The value clamped to a range."""
    if not value.given:
        return value
    ends = [value.low, value.high]
    ends = [end if low is None else max(end, low) for end in ends]
    ends = [end if high is None else min(end, high) for end in ends]
    return evolve(value, low=ends[0], high=ends[1])
