"""Plausible events for any ruleset, with ties, gaps and corrections: made from the plan and a seed, the same on every machine."""

from __future__ import annotations

from .population import Sample, make_sample

__all__ = ["Sample", "make_sample"]
