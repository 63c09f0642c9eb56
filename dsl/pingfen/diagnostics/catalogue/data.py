"""Diagnostics about rows, files and values at the border."""

from __future__ import annotations

from .entry import Entry

ENTRIES: dict[str, Entry] = {}
