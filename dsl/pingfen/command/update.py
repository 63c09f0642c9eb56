"""`pingfen update`: a state moves on to a date with the days that were delivered, and gives the scores of that date."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click
from attrs import evolve

from ..diagnostics.diagnostic import Diagnostic
from .choosing import choose_ruleset
from .ending import REFUSED, CommandError
from .event_options import EventOptions, event_options, refuse_unknown_forms
from .options import format_option, language_option
from .reporting import show
from .score import progress_shown, tell


@click.command("update")
@click.argument("state", metavar="STATE", type=click.Path(path_type=Path))
@click.option("--ruleset", "path", metavar="RULESET", help="The ruleset [default: the one of the last update, with its parameters].")
@event_options()
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write a .parquet, .csv, .jsonl or .arrow file.")
@click.option("--lowest", type=click.IntRange(1), metavar="N", help="Show the N subjects with the lowest scores.")
@format_option("table", "json")
@language_option
def command(state: Path, path: str | None, options: EventOptions, output: Path | None, lowest: int | None, form: str) -> None:
    """Bring STATE, a folder, up to --as-of, and score as of that date.

    --events names for each table a folder of days: `day=2026-10-01/` with data files in it, or `2026-10-01.parquet`. A day that is delivered again replaces
    that day, an empty one deletes it, and one that is not delivered stays. Only new and changed days are read, and what enters or leaves a window is taken from
    the state; the scores are those of a full run over the latest days. A table without new days need not be named.

    Without --ruleset the ruleset and the parameters are those of the last update; --param gives others beside them.
    """
    from ..errors import DiagnosticError
    from ..increment.update import update

    refuse_unknown_forms(output)
    try:
        told, options = _remembered(state, path, options)
        ruleset = choose_ruleset(told, options.as_of, dict(options.parameters))
        with progress_shown() as progress:
            result = update(state, ruleset.plan, ruleset.digest, options.request(told, progress))
            if output is not None:
                progress(f"writing {output}")
                result.write(output)
    except DiagnosticError as refused:
        raise CommandError(refused.diagnostics, REFUSED) from None
    show(result.notes)
    tell(result, output, lowest, form)


def _remembered(folder: Path, path: str | None, options: EventOptions) -> tuple[str, EventOptions]:
    """The ruleset's path and the options with its parameters: where no path is named, the state's, with what is given besides.

    What is taken and what is changed is shown. Raises RefusedDataError.
    """
    from ..increment.manifest import read_state, state_with_ruleset

    state = state_with_ruleset(folder) if path is None else read_state(folder)
    before = {} if state is None else state.parameters
    now = dict(options.parameters)
    notes = []
    if state is not None and path is None:
        path, now = state.path, before | now
        notes.append(Diagnostic("remembered-ruleset", arguments={"path": _seen(path), "parameters": _listed(now)}))
    if state is not None and before != now:
        notes.append(Diagnostic("other-parameters", arguments={"before": _listed(before) or "none", "now": _listed(now) or "none"}))
    show(notes)
    return path or "", evolve(options, parameters=now)


def _listed(parameters: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in sorted(parameters.items()))


def _seen(path: str) -> str:
    """A path as it is seen from here."""
    here = os.path.relpath(path)
    return path if here.startswith(os.pardir) else here
