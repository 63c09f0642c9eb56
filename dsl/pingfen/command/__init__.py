"""The command line."""

from __future__ import annotations

from .guard import main

__all__ = ["main"]
