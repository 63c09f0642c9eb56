"""Diagnostics about ladders, ranges, curves and tables."""

from __future__ import annotations

from .entry import Entry

ENTRIES: dict[str, Entry] = {}
