"""What a number is made of: the number, sum or best of several behind its rounding."""

from __future__ import annotations

from fractions import Fraction

from ..plan.expressions import Arithmetic, BestOf, Constant, Divided, Expression, NumberRead, Sum
from ..plan.quantity import Numeric, Type


def unrounded(expression: Expression) -> Expression:
    """The number, sum or best of several whose value an expression is, at other places or rounded once more perhaps; else the expression itself."""
    match expression:
        case Arithmetic(operator="*", left=NumberRead() as inner, right=Constant(value=int() as factor)) if _keeps_value(inner, expression, Fraction(factor)):
            return inner
        case Divided(numerator=NumberRead() | BestOf() | Sum() as inner, denominator=Constant(value=int() as divisor), step=step) if _keeps_value(
            inner, expression, Fraction(step, divisor)
        ):
            return inner
        case _:
            return expression


def _keeps_value(inner: Expression, outer: Expression, factor: Fraction) -> bool:
    """Whether a factor only moves the value to other places."""
    return factor == Fraction(10 ** _places(outer.type), 10 ** _places(inner.type))


def _places(kind: Type) -> int:
    return kind.places if isinstance(kind, Numeric) else 0
