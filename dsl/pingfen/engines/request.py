"""What a run on an engine is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from attrs import Factory, frozen

from ..warehouse.request import Progress, be_silent

EngineName = Literal["duckdb", "spark", "postgres", "clickhouse"]


@frozen
class EngineRequest:
    """Tables and settings of one run on an engine.

    `events` names for each event table a table or view of the engine, `subjects` and `inputs` those of attributes and plain inputs; Spark, ClickHouse and
    DuckDB take Parquet too, by the path of a file or a folder. `dsn` says where the data is (`master` does for Spark), `session` is an open Spark session,
    psycopg connection, chdb session or DuckDB connection to use instead, which stays open.

    The result is written `into` a table, or as Parquet into a `folder`, by the engine itself; without either it is fetched. `trusted` skips the checks of
    rows. `mapping` gives tables and columns the ruleset's names. `parameters` and `ruleset` are told in the result.
    """

    engine: EngineName
    events: Mapping[str, str]
    as_of: date
    subjects: str | None = None
    inputs: str | None = None
    mapping: Path | Mapping[str, Any] | None = None
    master: str | None = None
    dsn: str | None = None
    session: Any = None
    into: str | None = None
    folder: Path | None = None
    trusted: bool = False
    parameters: Mapping[str, str] = Factory(dict)
    ruleset: str = ""
    progress: Progress = be_silent
