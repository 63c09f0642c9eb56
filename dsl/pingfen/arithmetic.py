"""Exact integer arithmetic that every path shares in meaning: division with a rounding mode, and decimals as scaled integers."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, InvalidOperation

EXACT = Context(prec=64, traps=[Inexact, InvalidOperation])
"""Decimal arithmetic that raises rather than rounds, whatever the caller's context says."""

HALF_AWAY, UP, DOWN, HALF_EVEN = "half away", "up", "down", "half even"


def divide(numerator: int, denominator: int, mode: str = HALF_AWAY) -> int:
    """The integer nearest to numerator / denominator (denominator > 0) in the mode.

    `half away`: ties away from zero; `up`: toward plus infinity; `down`: toward minus infinity; `half even`: ties to the even integer.
    """
    floor, rest = divmod(numerator, denominator)
    if rest == 0 or mode == DOWN:
        return floor
    if mode == UP:
        return floor + 1
    twice = 2 * rest
    if twice != denominator:
        return floor + (twice > denominator)
    if mode == HALF_EVEN:
        return floor + floor % 2
    return floor + (numerator > 0)


def decimal_of(scaled: int, places: int) -> Decimal:
    """The decimal that a scaled integer stands for, with exactly `places` digits after the point."""
    return EXACT.scaleb(Decimal(scaled), -places) if places else Decimal(scaled)
