"""Floors by Python's integers: what every way to cut a decimal is compared with."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal, localcontext


def floor_of(cell: str, factor: int) -> int:
    """floor(cell * factor), exactly."""
    with localcontext(prec=200):
        return int((Decimal(cell) * factor).to_integral_value(ROUND_FLOOR))
