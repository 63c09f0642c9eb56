"""A number that is written out times a small factor, cut downward without a digit lost: by hand, in limbs of 13 digits. In DuckDB's functions."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from . import clock
from .dialect import Dialect
from .trees import Tree, binary, call, cases, text

LIMBS, DIGITS = 3, 13
MOST = LIMBS * DIGITS
"""So many decimals can be read; a limb times the seconds of a day fits 64 bits."""


def _itself(tree: Tree) -> Tree:
    return tree


def floored_text(spell: Dialect, written: Tree, low: int, high: int, factor: int, share: Callable[[Tree], Tree] = _itself) -> Tree:
    """floor(x * factor) of a text such as `-12.50`, NULL where x is not near `low .. high`.

    Every limb has the sign of the number and leaves what does not fit it to the one before: floors of whole quotients nest.
    """
    sign = cases([(call("starts_with", written, text("-")), exp.Literal.number(-1))], exp.Literal.number(1))
    decimals = share(call("rpad", call("regexp_extract", written, text("[.]([0-9]*)"), exp.Literal.number(1)), exp.Literal.number(MOST), text("0")))
    carried: Tree = spell.integer(0)
    for limb in reversed(range(LIMBS)):
        digits = call("substring", decimals, exp.Literal.number(limb * DIGITS + 1), exp.Literal.number(DIGITS))
        product = binary(exp.Mul, binary(exp.Mul, _whole(digits, "BIGINT"), sign), spell.integer(factor))
        carried = share(clock.floored(spell, share(binary(exp.Add, product, carried)), 10**DIGITS))
    before = call("regexp_extract", written, text("^[+-]?([0-9]*)"), exp.Literal.number(1))
    number = share(binary(exp.Mul, _whole(exp.Paren(this=exp.DPipe(this=text("0"), expression=before)), "HUGEINT"), sign))
    near = [binary(exp.GTE, number, exp.Literal.number(low)), binary(exp.LTE, number, exp.Literal.number(high))]
    whole = binary(exp.Add, binary(exp.Mul, number, exp.Literal.number(factor)), carried)
    return cases([(exp.Paren(this=exp.And(this=near[0], expression=near[1])), exp.TryCast(this=whole, to=exp.DataType.build("BIGINT")))], None)


def _whole(digits: Tree, kind: str) -> Tree:
    return exp.TryCast(this=digits, to=exp.DataType.build(kind))
