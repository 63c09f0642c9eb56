"""Diagnostics of the analysis: what a ruleset says that can never happen, or always does."""

from __future__ import annotations

from .entry import Entry

ENTRIES: dict[str, Entry] = {}
