"""Trials: the examples of a plan run, its claims searched for counterexamples, and what no example reaches listed."""

from __future__ import annotations

from .outcome import Check, Counterexample, Coverage, Refutation, Tried, TriedClaim, TriedExample
from .session import try_plan

__all__ = ["Check", "Counterexample", "Coverage", "Refutation", "Tried", "TriedClaim", "TriedExample", "try_plan"]
