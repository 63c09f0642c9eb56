"""The one division of the language, in SQL: the integer nearest to n / d in a rounding mode, without an intermediate that could leave 64 bits."""

from __future__ import annotations

from typing import assert_never

from sqlglot import exp

from ..plan.expressions import Mode
from .dialect import Dialect
from .trees import Tree, binary, cases, every


def divide(spell: Dialect, numerator: Tree, denominator: Tree | int, mode: Mode, step: int = 1) -> Tree:
    """`divide(numerator, denominator, mode) * step`; NULL where an operand is NULL or the denominator is 0.

    Operands that are no plain columns or literals are used several times: share them first.
    """
    quotient = numerator if denominator == 1 else _rounded(spell, numerator, denominator, mode)
    return quotient if step == 1 else binary(exp.Mul, quotient, spell.integer(step))


def _rounded(spell: Dialect, numerator: Tree, denominator: Tree | int, mode: Mode) -> Tree:
    divisor = spell.integer(denominator) if isinstance(denominator, int) else spell.unless_zero(denominator)
    quotient = spell.whole_quotient(numerator, divisor)
    rest = spell.remainder(numerator, divisor)
    zero, one, less = spell.integer(0), spell.integer(1), spell.integer(-1)
    match mode:
        case "up":
            rows = [(binary(exp.GT, rest, zero), one)]
        case "down":
            rows = [(binary(exp.LT, rest, zero), less)]
        case "half away":
            half = _half(spell, denominator, divisor, 1)
            rows = [(binary(exp.GT, rest, half), one), (binary(exp.LT, rest, _negative(spell, half)), less)]
        case "half even":
            half = _half(spell, denominator, divisor, 0)
            odd = binary(exp.NEQ, spell.remainder(quotient, spell.integer(2)), zero)
            even = binary(exp.EQ, spell.remainder(divisor, spell.integer(2)), zero)
            above = every([binary(exp.EQ, rest, half), even, odd])
            below = every([binary(exp.EQ, rest, _negative(spell, half)), even, odd])
            rows = [(binary(exp.GT, rest, half), one), (above, one), (binary(exp.LT, rest, _negative(spell, half)), less), (below, less)]
        case _:
            assert_never(mode)
    return binary(exp.Add, quotient, cases(rows, zero))


def _half(spell: Dialect, denominator: Tree | int, divisor: Tree, less: int) -> Tree:
    """`(d - less) div 2`: a rest above it is at least half (less 1) or more than half (less 0)."""
    if isinstance(denominator, int):
        return spell.integer((denominator - less) // 2)
    whole = binary(exp.Sub, divisor, spell.integer(1)) if less else divisor
    return spell.whole_quotient(whole, spell.integer(2))


def _negative(spell: Dialect, value: Tree) -> Tree:
    return binary(exp.Sub, spell.integer(0), value)
