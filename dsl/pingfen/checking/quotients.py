"""Fractions on their way to a number: a quotient or a curve before it is rounded.

They are no nodes of the plan: each is rounded to places exactly once (rounding.py), or compared by cross-multiplication where it is `exact`.
Their type is Exact, and so is the type of cases, bands and limits with such a branch; everything else has a Numeric type.
"""

from __future__ import annotations

from ..node import frozen
from ..plan.expressions import Expression
from ..plan.quantity import Exact


@frozen(repr=False)
class Quotient:
    """`numerator / denominator`; the denominator is positive or 0 (then the value is missing). `ratio`: of two values of one unit, so it may become a share."""

    numerator: Expression
    denominator: Expression
    type: Exact
    ratio: bool = False
    exact: bool = False


@frozen(repr=False)
class FreeCurve:
    """A curve whose rounding is not yet known; y of the points at `type.places`."""

    subject: Expression
    points: tuple[tuple[int, int], ...]
    type: Exact
