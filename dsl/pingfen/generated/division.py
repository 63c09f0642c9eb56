"""Division to the nearest integer as straight Python, in the cheapest form that the signs and the divisor allow.

With h = d // 2 the value of `divide(n, d)` for n >= 0 is `(n + h) // d`: for an even d a tie is n = q * d + h and goes up, for an odd d there are none.
For an odd constant the same form holds for negative n; for an even one a tie must go down, which subtracting 1 from n < 0 does.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from math import gcd
from typing import assert_never

from ..arithmetic import divide
from ..plan.expressions import Mode
from .tree import all_of, compare, compute, constant, either, floor_divide, number_in, reader
from .value import Value

Fresh = Callable[[], str]


def divided(numerator: Value, denominator: Value, mode: Mode, step: int, fresh: Fresh) -> Value:
    """`divide(numerator, denominator, mode) * step` for a positive denominator. Both are taken as given; `missing` is not looked at."""
    n, d = number_in(numerator.tree), number_in(denominator.tree)
    if d is not None and (d == 1 or n is not None):
        tree = compute("*", numerator.tree if n is None else constant(divide(n, d, mode)), constant(step))
    else:
        tree = compute("*", _quotient(numerator, denominator, mode, fresh), constant(step))
    low = min(divide(numerator.low, end, mode) for end in _ends(denominator))
    high = max(divide(numerator.high, end, mode) for end in _ends(denominator))
    return Value(tree, low * step, high * step)


def reduced(coefficients: list[int], divisor: int) -> tuple[list[int], int]:
    """Coefficients of a numerator and the divisor, without their common factor."""
    common = gcd(divisor, *coefficients)
    return ([coefficient // common for coefficient in coefficients], divisor // common) if common else (coefficients, divisor)


def _ends(denominator: Value) -> tuple[int, int]:
    return max(denominator.low, 1), max(denominator.high, 1)


def _quotient(numerator: Value, denominator: Value, mode: Mode, fresh: Fresh) -> ast.expr:
    match mode:
        case "down":
            return floor_divide(numerator.tree, denominator.tree)
        case "up":
            return _negative(floor_divide(_negative(numerator.tree), denominator.tree))
        case "half away":
            return _half_away(numerator, denominator, fresh)
        case "half even":
            return _half_even(numerator, denominator, fresh)
        case _:
            assert_never(mode)


def _half_away(numerator: Value, denominator: Value, fresh: Fresh) -> ast.expr:
    d = number_in(denominator.tree)
    if d is not None and (d % 2 or numerator.low >= 0):
        return _shifted(numerator.tree, constant(d // 2), denominator.tree)
    n, divisor = reader(numerator.tree, fresh), reader(denominator.tree, fresh)
    if numerator.low >= 0:
        return _rising(numerator.tree, divisor)
    if numerator.high <= 0:
        return _negative(_rising(_negative(numerator.tree), divisor))
    if d is not None:
        first = n()
        return floor_divide(ast.BinOp(compute("+", first, constant(d // 2)), ast.Sub(), compare("<", n(), constant(0))), constant(d))
    not_negative = compare(">=", n(), constant(0))
    rest = n()
    again = reader(denominator.tree, fresh)
    return either(not_negative, _rising(rest, divisor), _negative(_rising(_negative(rest), again)))


def _rising(n: ast.expr, divisor: Callable[[], ast.expr]) -> ast.expr:
    """`(n + d // 2) // d` for n >= 0."""
    half = floor_divide(divisor(), constant(2))
    return floor_divide(compute("+", n, half), divisor())


def _half_even(numerator: Value, denominator: Value, fresh: Fresh) -> ast.expr:
    """`(2 * n + d) // (2 * d)`, which sends ties up, less 1 where it was a tie and the result is odd."""
    n, d = reader(numerator.tree, fresh), reader(denominator.tree, fresh)
    twice = compute("+", compute("*", constant(2), n()), d())
    whole = compute("*", constant(2), d())
    sum_of, divisor = reader(twice, fresh), reader(whole, fresh)
    quotient = floor_divide(sum_of(), divisor())
    up = reader(quotient, fresh)
    odd = ast.BinOp(up(), ast.BitAnd(), constant(1))
    tie = compare("=", ast.BinOp(sum_of(), ast.Mod(), divisor()), constant(0))
    return either(all_of([odd, tie]), compute("-", up(), constant(1)), up())


def _shifted(n: ast.expr, half: ast.expr, d: ast.expr) -> ast.expr:
    return floor_divide(compute("+", n, half), d)


def _negative(tree: ast.expr) -> ast.expr:
    n = number_in(tree)
    return ast.UnaryOp(ast.USub(), tree) if n is None else constant(-n)
