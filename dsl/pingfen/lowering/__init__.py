"""Lowering: assembles the plan of a ruleset that was checked and found sound. Checking has already elaborated every expression."""

from ..checking.marks import SourceMap
from .assembly import lower

__all__ = ["SourceMap", "lower"]
