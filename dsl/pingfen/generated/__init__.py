"""Plans as Python functions over scaled integers, built as `ast` trees and compiled."""

from __future__ import annotations

from .expressions import UnscorableError
from .scorer import Scorer, build_scorer

__all__ = ["Scorer", "UnscorableError", "build_scorer"]
