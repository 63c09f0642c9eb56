"""Scores from events on DuckDB: readers, the border that makes rows clean, runs and results."""

from __future__ import annotations

from .refusal import RefusedDataError
from .request import Request
from .result import Result

__all__ = ["RefusedDataError", "Request", "Result"]
