"""Diagnostics about values that may be missing."""

from __future__ import annotations

from .entry import Entry

ENTRIES: dict[str, Entry] = {}
