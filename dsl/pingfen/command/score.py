"""`pingfen score`: subjects scored from their events."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..wording.phrases import phrase
from .choosing import choose_ruleset, choose_stretches
from .ending import REFUSED, CommandError
from .engine_options import EngineOptions, engine_options, score_on_engine
from .event_options import EventOptions, event_options, refuse_unknown_forms
from .options import format_option, language_option
from .reporting import language_of_run, show

if TYPE_CHECKING:
    from ..ruleset import Ruleset
    from ..warehouse.request import Progress
    from ..warehouse.result import Result

SHOWN = 50


@click.command("score")
@click.argument("path", metavar="RULESET")
@event_options(ranged=True)
@engine_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a .parquet, .csv, .jsonl or .arrow file, or on an engine a folder of Parquet.",
)
@click.option("--reasons", type=click.Path(path_type=Path), metavar="FILE", help="Write what cost each subject points, and what brought some: they add up.")
@click.option("--lowest", type=click.IntRange(1), metavar="N", help="Show the N subjects with the lowest scores.")
@click.option("--explain-plan", is_flag=True, help="Show the engine's plans, and so the scans, instead of scoring.")
@format_option("table", "json")
@language_option
def command(
    path: str, options: EventOptions, engine: EngineOptions, output: Path | None, reasons: Path | None, lowest: int | None, explain_plan: bool, form: str
) -> None:
    """Score the subjects of events by RULESET: a .pf file, an artifact, or a folder whose version in effect on --as-of counts.

    --as-of DATE..DATE scores as of each date in one run, by the version in effect on it: one row a subject and date.
    With --engine the tables of that engine are scored where they are; --into and -o FOLDER leave the result there too.
    Without -o the result is shown: score, parts, gates and reasons. Bad rows end the run with exit code 3 and nothing is written.
    """
    from ..errors import DiagnosticError
    from ..warehouse.run import score
    from ..warehouse.scans import explain_plan as explain

    if reasons is not None and (options.is_range or engine.keeps(output)):
        raise click.UsageError("--reasons is for one date, and for a result that is not left in an engine")
    if not engine.is_elsewhere and output is not None and output.is_dir():
        raise click.UsageError("-o names a folder, and a file in it is wanted")
    refuse_unknown_forms(None if engine.keeps(output) else output, reasons)
    if engine.is_elsewhere:
        _score_on_engine(path, options, engine, output, reasons, lowest, explain_plan, form)
        return
    if options.is_range:
        _score_range(path, options, output, lowest, explain_plan, form)
        return
    ruleset = choose_ruleset(path, options.as_of, dict(options.parameters))
    try:
        with progress_shown() as progress:
            request = options.request(path, progress)
            if explain_plan:
                click.echo(explain(ruleset.plan, request))
                return
            result = score(ruleset.plan, ruleset.digest, request)
            if output is not None:
                progress(f"writing {output}")
                result.write(output)
            if reasons is not None:
                progress(f"writing {reasons}")
                _write_reasons(ruleset, result, reasons)
    except DiagnosticError as refused:
        raise CommandError(refused.diagnostics, REFUSED) from None
    show(result.notes)
    tell(result, output, lowest, form)


def _write_reasons(ruleset: Ruleset, result: Result, path: Path) -> None:
    """Write the reasons of every subject in the language of the run."""
    from ..warehouse.reasons import reasons_table
    from ..warehouse.result import write_rejects

    write_rejects(reasons_table(ruleset.plan.record, result.table, language_of_run()), path)


def _score_range(path: str, options: EventOptions, output: Path | None, lowest: int | None, explain_plan: bool, form: str) -> None:
    from ..errors import DiagnosticError
    from ..increment.ranges import score_range

    if explain_plan:
        raise click.UsageError("--explain-plan takes one date")
    stretches = choose_stretches(path, options.as_of, options.until, dict(options.parameters))
    try:
        with progress_shown() as progress:
            result = score_range(stretches, options.request(path, progress))
            if output is not None:
                progress(f"writing {output}")
                result.write(output)
    except DiagnosticError as refused:
        raise CommandError(refused.diagnostics, REFUSED) from None
    show(result.notes)
    tell(result, output, lowest, form)


def _score_on_engine(
    path: str, options: EventOptions, engine: EngineOptions, output: Path | None, reasons: Path | None, lowest: int | None, explain_plan: bool, form: str
) -> None:
    from ..errors import DiagnosticError
    from ..warehouse.result import Result

    if explain_plan:
        raise click.UsageError("--explain-plan is for files")
    ruleset = choose_ruleset(path, options.as_of, dict(options.parameters))
    try:
        with progress_shown() as progress:
            result = score_on_engine(ruleset, path, options, engine, output, progress)
            if output is not None and isinstance(result, Result):
                progress(f"writing {output}")
                result.write(output)
            if reasons is not None and isinstance(result, Result):
                progress(f"writing {reasons}")
                _write_reasons(ruleset, result, reasons)
    except DiagnosticError as refused:
        raise CommandError(refused.diagnostics, REFUSED) from None
    show(result.notes)
    if isinstance(result, Result):
        tell(result, output, lowest, form)
    else:
        click.echo(phrase(language_of_run(), "scored", counted=_counted(result.subjects), target=result.target), err=True)


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """Shows the step at hand on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    with Bar(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda step: bar.update(task, description=step)


def tell(result: Result, output: Path | None, lowest: int | None, form: str) -> None:
    """Show a result, or where it was written."""
    if not result.table.num_rows:
        click.echo(phrase(language_of_run(), "nobody"), err=True)
    if output is not None:
        click.echo(phrase(language_of_run(), "scored", counted=_counted(result.table.num_rows, _is_range(result)), target=output), err=True)
        return
    if form == "json":
        click.echo(json.dumps({**result.metadata, "rows": _rows(result, lowest)}, ensure_ascii=False, default=str, indent=2))
        return
    _show(result, lowest)


def _show(result: Result, lowest: int | None) -> None:
    from .tables import print_table

    language = language_of_run()
    count = result.table.num_rows
    rows = _rows(result, lowest or SHOWN if count > SHOWN or lowest else None)
    columns = [name for name in result.table.column_names if _is_shown(name, result.table.column_names[0]) or (name == "as_of" and _is_range(result))]
    made = result.provenance
    title = phrase(language, "result", ruleset=made.ruleset, version=made.version, day=made.as_of)
    print_table(
        title,
        [name.removeprefix("part.").removesuffix(f"_{language}" if name.startswith("reasons_") else "") for name in columns],
        [[_cell(row[name]) for name in columns] for row in rows],
    )
    if count > len(rows):
        which = "the lowest" if "score" in columns else "the first"
        click.echo(phrase(language, which, shown=len(rows), counted=_counted(count, _is_range(result))), err=True)


def _is_range(result: Result) -> bool:
    return ".." in result.provenance.as_of


def _counted(count: int, dated: bool = False) -> str:
    """What was scored, counted, in the language of the run."""
    key = "subjects and dates" if dated else "one subject" if count == 1 else "subjects"
    return phrase(language_of_run(), key, count=f"{count:,}")


def _is_shown(name: str, key: str) -> bool:
    """Score, outermost parts, displays, gates, and reasons in the language of the run; metrics and fields are for files."""
    kind, _, path = name.partition(".")
    told = name in (key, "stage", "score", f"reasons_{language_of_run()}")
    return told or kind in ("display", "gate", "sanction", "tier") or (kind == "part" and "." not in path)


def _rows(result: Result, lowest: int | None) -> list[dict[str, Any]]:
    """All rows, or those with the lowest scores, the scoreless ones last."""
    table = result.table
    if lowest is not None and "score" in table.column_names:
        table = table.sort_by([("score", "ascending")])
    rows: list[dict[str, Any]] = (table if lowest is None else table.slice(0, lowest)).to_pylist()
    return rows


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(value)
        case _:
            return str(value)
