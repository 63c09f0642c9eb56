"""What a run is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import Factory, frozen

Progress = Callable[[str], None]


def be_silent(step: str) -> None:
    """Tells nobody."""


@frozen
class Request:
    """Sources and settings of one run.

    `events` names a source for each event table, `subjects` and `inputs` are sources of attributes and plain inputs: a path of a file, a folder or a
    glob (CSV, Parquet, JSON lines), or an Arrow table or a pandas or Polars frame. `mapping` is a file, or what it holds. Bad rows stop the run unless
    `rejects` names a file for them. `trusted` skips the checks of rows, `unique_keys` that of duplicate keys alone. `memory` is a size such as `2GB`.
    `elsewhere` are event tables that another version of the ruleset reads on other dates: where they are given they are passed over.
    `parameters` are told in the result (the plan was compiled with them), as is `ruleset`, the path of what was compiled. `progress` is called with
    the name of each step.
    """

    events: Mapping[str, Any]
    as_of: date
    subjects: Any = None
    inputs: Any = None
    mapping: Path | Mapping[str, Any] | None = None
    rejects: Path | None = None
    trusted: bool = False
    unique_keys: bool = False
    memory: str | None = None
    threads: int | None = None
    elsewhere: Collection[str] = ()
    parameters: Mapping[str, str] = Factory(dict)
    ruleset: str = ""
    progress: Progress = be_silent
