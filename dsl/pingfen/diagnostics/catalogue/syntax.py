"""Diagnostics about what the grammar refuses."""

from __future__ import annotations

from .entry import Entry

ENTRIES: dict[str, Entry] = {}
