"""Exact integer arithmetic that every path shares in meaning: division with a rounding mode, and decimals as scaled integers."""

from __future__ import annotations

from decimal import Decimal

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
    return Decimal(scaled).scaleb(-places) if places else Decimal(scaled)


def scaled_of(value: Decimal, places: int) -> int | None:
    """The scaled integer, or None when the decimal is not finite or has non-zero digits beyond `places`."""
    if not value.is_finite():
        return None
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    shift = exponent + places
    whole = int("".join(map(str, digits)) or "0")
    if shift < -len(digits):
        return None if whole else 0
    if shift < 0:
        whole, rest = divmod(whole, 10**-shift)
        if rest:
            return None
        shift = 0
    if shift > 40:
        return None if whole else 0
    scaled: int = (-whole if sign else whole) * 10**shift
    return scaled
