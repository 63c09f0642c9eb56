"""What a merchant can do about a value."""

from __future__ import annotations

from typing import Literal

from ..node import frozen


@frozen(repr=False)
class Improvable:
    """`improvable up by 0.10%, cost 1, within 60% .. 100%`, scaled at the value's places."""

    direction: Literal["up", "down"]
    step: int
    cost: int
    low: int
    high: int
