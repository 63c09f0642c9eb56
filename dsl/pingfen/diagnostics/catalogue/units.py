"""Diagnostics about units, places, ranges, weights, windows and claims."""

from __future__ import annotations

from .entry import Entry

ENTRIES: dict[str, Entry] = {}
