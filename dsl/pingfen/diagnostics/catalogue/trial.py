"""Diagnostics about examples and claims."""

from __future__ import annotations

from .entry import Entry

ENTRIES: dict[str, Entry] = {}
