"""A plan's names and expressions in words, for rule pages and explanations, in English and Chinese."""

from __future__ import annotations

from .expressions import Wording, wording_of

__all__ = ["Wording", "wording_of"]
