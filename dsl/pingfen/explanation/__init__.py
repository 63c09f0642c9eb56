"""Explanations: how a scorecard comes about, as a tree whose lines add up exactly to the number at every node."""

from __future__ import annotations

from .document import document_of
from .ranking import Reason, reasons_of_record
from .telling import explain
from .tree import Condition, Decision, Explanation, Given, Line, Node, Step

__all__ = ["Condition", "Decision", "Explanation", "Given", "Line", "Node", "Reason", "Step", "document_of", "explain", "reasons_of_record"]
