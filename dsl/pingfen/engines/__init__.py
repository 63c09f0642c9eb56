"""Runs where the data is: Spark, PostgreSQL, ClickHouse, a DuckDB database; results stay in the engine or come back as those of files do."""

from __future__ import annotations

from .request import EngineRequest
from .run import Kept, score

__all__ = ["EngineRequest", "Kept", "score"]
