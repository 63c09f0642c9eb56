"""Hypothesis strategies: well-typed rulesets as text, and records and events that fit a plan.

The writer of rulesets knows the language by itself (units, ranges, what may be missing and how that is guarded) and shares no code with the
compiler, so that both would have to be wrong in the same way to agree wrongly.
"""

from __future__ import annotations

from .choosing import ByRandom, Chooser
from .given import records, tables
from .rulesets import ruleset_text, rulesets

__all__ = ["ByRandom", "Chooser", "records", "ruleset_text", "rulesets", "tables"]
