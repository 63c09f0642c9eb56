"""Diagnostics about unknown, duplicate, cyclic and unused names."""

from __future__ import annotations

from .entry import Entry

ENTRIES: dict[str, Entry] = {}
