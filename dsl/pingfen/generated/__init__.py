"""Plans as Python functions over scaled integers, built as `ast` trees and compiled."""

from __future__ import annotations

from .expressions import UnscorableError
from .scorer import DetailedScorer, Scorer, build_detailed_scorer, build_scorer
from .steps import Slot

__all__ = ["DetailedScorer", "Scorer", "Slot", "UnscorableError", "build_detailed_scorer", "build_scorer"]
