"""Scorecards: one record's score, parts, gates and steps, as values of Python."""

from __future__ import annotations

from .card import Scorecard, Step
from .shape import Shape, shape_of

__all__ = ["Scorecard", "Shape", "Step", "shape_of"]
