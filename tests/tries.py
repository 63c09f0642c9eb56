"""How often a law with a number of its own is tried: that often in the full run, fewer times in the inner loop (the profile `brief`)."""

from __future__ import annotations

from hypothesis import settings

MODERATE = 40


def tries(wanted: int) -> int:
    """`wanted`, or the share of it that the profile's number is of the moderate one."""
    return min(wanted, wanted * settings().max_examples // MODERATE)
