"""Folders of dated versions: what each file says of itself, whether the files fit together, and which one is in effect on a date."""

from __future__ import annotations

from .conflicts import find_conflicts
from .facts import VersionFacts, VersionFile, facts_of
from .folder import Versions, arrange, find_texts, load_versions

__all__ = ["VersionFacts", "VersionFile", "Versions", "arrange", "facts_of", "find_conflicts", "find_texts", "load_versions"]
