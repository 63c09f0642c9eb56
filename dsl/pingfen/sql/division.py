"""The one division of the language, in SQL: the integer nearest to n / d in a rounding mode, without an intermediate that could leave 64 bits."""

from __future__ import annotations

from typing import assert_never

from sqlglot import exp

from ..plan.expressions import Mode
from .dialect import Dialect, Share
from .trees import Tree, binary, cases, every


def divide(spell: Dialect, share: Share, numerator: Tree, denominator: Tree | int, mode: Mode, step: int = 1, *, unsigned: bool = False) -> Tree:
    """`divide(numerator, denominator, mode) * step`; NULL where an operand is NULL or the denominator is 0.

    `unsigned` says that neither operand is ever below 0 and that their sum stays within 64 bits. What is used several times goes through `share`.
    """
    quotient = numerator if denominator == 1 else _quotient(spell, share, numerator, denominator, mode, unsigned)
    return quotient if step == 1 else binary(exp.Mul, quotient, spell.integer(step))


def _quotient(spell: Dialect, share: Share, numerator: Tree, denominator: Tree | int, mode: Mode, unsigned: bool) -> Tree:
    if unsigned and mode == "down":
        return spell.whole_quotient(numerator, _divisor(spell, denominator))
    denominator = denominator if isinstance(denominator, int) else share(denominator)
    divisor = _divisor(spell, denominator)
    if unsigned and mode == "half away":
        return spell.whole_quotient(binary(exp.Add, numerator, _half(spell, denominator, 0)), divisor)
    if unsigned and mode == "up":
        return spell.whole_quotient(binary(exp.Add, numerator, _less_one(spell, denominator)), divisor)
    return _rounded(spell, share(numerator), denominator, divisor, mode)


def _rounded(spell: Dialect, numerator: Tree, denominator: Tree | int, divisor: Tree, mode: Mode) -> Tree:
    quotient = spell.whole_quotient(numerator, divisor)
    rest = spell.remainder(numerator, divisor)
    zero, one, less = spell.integer(0), spell.integer(1), spell.integer(-1)
    match mode:
        case "up":
            rows = [(binary(exp.GT, rest, zero), one)]
        case "down":
            rows = [(binary(exp.LT, rest, zero), less)]
        case "half away":
            half = _half(spell, denominator, 1)
            rows = [(binary(exp.GT, rest, half), one), (binary(exp.LT, rest, _negative(spell, half)), less)]
        case "half even":
            half = _half(spell, denominator, 0)
            odd = binary(exp.NEQ, spell.remainder(quotient, spell.integer(2)), zero)
            even = binary(exp.EQ, spell.remainder(divisor, spell.integer(2)), zero)
            above = every([binary(exp.EQ, rest, half), even, odd])
            below = every([binary(exp.EQ, rest, _negative(spell, half)), even, odd])
            rows = [(binary(exp.GT, rest, half), one), (above, one), (binary(exp.LT, rest, _negative(spell, half)), less), (below, less)]
        case _:
            assert_never(mode)
    return binary(exp.Add, quotient, cases(rows, zero))


def _divisor(spell: Dialect, denominator: Tree | int) -> Tree:
    return spell.integer(denominator) if isinstance(denominator, int) else spell.unless_zero(denominator)


def _half(spell: Dialect, denominator: Tree | int, less: int) -> Tree:
    """`(d - less) div 2`: a rest above it is at least half (less 1) or more than half (less 0)."""
    if isinstance(denominator, int):
        return spell.integer((denominator - less) // 2)
    return spell.whole_quotient(_less_one(spell, denominator) if less else denominator, spell.integer(2))


def _less_one(spell: Dialect, denominator: Tree | int) -> Tree:
    return spell.integer(denominator - 1) if isinstance(denominator, int) else binary(exp.Sub, denominator, spell.integer(1))


def _negative(spell: Dialect, value: Tree) -> Tree:
    return binary(exp.Sub, spell.integer(0), value)
