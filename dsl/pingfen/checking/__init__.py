"""Checking: unit, places, range and optionality of every expression; what is wrong is reported, what is right is elaborated to expressions of the plan."""

from .checker import Checked, check

__all__ = ["Checked", "check"]
