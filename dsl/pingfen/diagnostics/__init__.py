"""Diagnostics: what is wrong with a text or with data, where, why, and what mends it."""

from __future__ import annotations

from .diagnostic import Diagnostic, Fix, Label, Problems

__all__ = ["Diagnostic", "Fix", "Label", "Problems"]
