"""The Python interface: rulesets compiled from text, or loaded from files, folders of versions and artifacts."""

from __future__ import annotations

from .loading import compile_text, load
from .ruleset import Ruleset
from .versions import RulesetVersions

__all__ = ["Ruleset", "RulesetVersions", "compile_text", "load"]
