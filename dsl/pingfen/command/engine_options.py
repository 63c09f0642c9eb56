"""The options of a run on an engine, and the run: where the data is, and where the result goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from .event_options import EventOptions

if TYPE_CHECKING:
    from ..engines import Kept
    from ..engines.request import EngineName
    from ..ruleset import Ruleset
    from ..warehouse.request import Progress
    from ..warehouse.result import Result

ENGINES = ("duckdb", "spark", "postgres", "clickhouse")


@frozen
class EngineOptions:
    """What the options say."""

    engine: EngineName
    master: str | None
    dsn: str | None
    into: str | None

    @property
    def is_elsewhere(self) -> bool:
        """Whether the data is in an engine, not in files that this process reads."""
        return self.engine != "duckdb" or self.dsn is not None or self.into is not None

    def keeps(self, output: Path | None) -> bool:
        """Whether the result stays in the engine: as a table, or as Parquet in the folder `output`."""
        return self.into is not None or (self.is_elsewhere and output is not None and not _is_file(output))


def _is_file(output: Path) -> bool:
    """Whether a name has the ending of a file that a fetched result is written to."""
    from ..warehouse.result import FORMS

    return output.suffix.lower() in FORMS


def engine_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options; the command gets `engine`, an EngineOptions."""

    def collected(**values: Any) -> Any:
        chosen = EngineOptions(values.pop("engine"), values.pop("master"), values.pop("dsn"), values.pop("into"))
        return function(engine=chosen, **values)

    collected.__name__, collected.__doc__ = function.__name__, function.__doc__
    collected.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
    for option in reversed(_OPTIONS):
        collected = option(collected)
    return collected


def score_on_engine(ruleset: Ruleset, path: str, options: EventOptions, engine: EngineOptions, output: Path | None, progress: Progress) -> Result | Kept:
    """The run that the options ask for. Raises RefusedDataError, and UsageError for options that engines do not take."""
    from ..engines import EngineRequest, score

    _refuse_options_of_files(options)
    if output is not None and engine.into is not None:
        raise click.UsageError("-o and --into exclude each other")
    if engine.into is not None and engine.dsn is None and engine.engine in ("duckdb", "clickhouse"):
        raise click.UsageError("--into needs --dsn: a table made in memory is gone when the run ends")
    folder = output if engine.keeps(output) else None
    request = EngineRequest(
        engine.engine,
        options.events,
        options.as_of,
        subjects=options.subjects,
        inputs=options.inputs,
        mapping=options.mapping,
        master=engine.master,
        dsn=engine.dsn,
        into=engine.into,
        folder=folder,
        trusted=options.trusted,
        parameters=options.parameters,
        ruleset=path,
        progress=progress,
    )
    return score(ruleset.plan, ruleset.digest, request)


def _refuse_options_of_files(options: EventOptions) -> None:
    taken = {"--rejects": options.rejects, "--memory": options.memory, "--unique-keys": options.unique_keys, "a range of dates": options.is_range}
    for name, value in taken.items():
        if value:
            raise click.UsageError(f"{name} is for files, not for the tables of an engine")


_OPTIONS = (
    click.option("--engine", type=click.Choice(ENGINES), default="duckdb", show_default=True, help="Where to score: --events then names its tables."),
    click.option("--master", metavar="URL", help="Of Spark: where it runs, such as local[4] or yarn [default: what Spark's settings say]."),
    click.option("--dsn", metavar="TEXT", help="Of PostgreSQL: a connection string; of ClickHouse: the folder of its data; of DuckDB: a database file."),
    click.option("--into", metavar="TABLE", help="Make or replace this table of the engine, instead of fetching the result."),
)
