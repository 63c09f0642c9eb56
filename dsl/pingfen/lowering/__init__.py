"""Lowering: assembles the plan of a ruleset that was checked and found sound. Checking has already elaborated every expression."""

from .assembly import SourceMap, lower

__all__ = ["SourceMap", "lower"]
