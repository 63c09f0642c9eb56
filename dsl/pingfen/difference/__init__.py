"""What a change of rules does: whether two versions mean the same, which rules differ, which shops show it, and what it does to given data."""

from __future__ import annotations

from .comparison import Comparison, compare

__all__ = ["Comparison", "compare"]
