"""A plan's names and expressions in words, for rule pages and explanations, in English and Chinese."""

from __future__ import annotations

from .expressions import SIGNS, Wording, outcome_text, wording_of
from .rows import band_text, point_text

__all__ = ["SIGNS", "Wording", "band_text", "outcome_text", "point_text", "wording_of"]
