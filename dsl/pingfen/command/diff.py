"""`pingfen diff`: what a change of rules does, proved, in words, and on data."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from ..errors import DiagnosticError
from .choosing import choose_ruleset
from .ending import FINDINGS, FINE, REFUSED, CommandError
from .event_options import EventOptions, event_options
from .options import format_option, language_option
from .reporting import language_of_run
from .score import progress_shown

SECONDS = 3.0


@click.command
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the whole report, an HTML file that stands alone.")
@click.option(
    "--timeout", "seconds", type=click.FloatRange(0.01, 3600), default=SECONDS, show_default=True, metavar="S", help="Seconds for each thing to prove."
)
@event_options(required=False)
@format_option("text", "json")
@language_option
def command(
    old: str,
    new: str,
    output: Path | None,
    seconds: float,
    options: EventOptions | None,
    form: str,
    parameters: dict[str, str] | None = None,
    as_of: date | None = None,
) -> int:
    """Compare two versions of a ruleset: whether they mean the same, which rules changed, and which shops show it.

    OLD and NEW are .pf files or artifacts, or folders whose version in effect on --as-of counts. With --events both versions score the same data. Exit 0 where
    both are proved to mean the same, 1 where they differ or where it cannot be proved.
    """
    from ..difference import compare
    from ..difference.report import report
    from ..difference.telling import document, lines
    from ..writing import write_whole

    day, given = (as_of, parameters) if options is None else (options.as_of, dict(options.parameters))
    before, after = choose_ruleset(old, day, given), choose_ruleset(new, day, given)
    try:
        with progress_shown() as progress:
            request = None if options is None else options.request(new, progress)
            compared = compare(before.plan, after.plan, (before.digest, after.digest), request, seconds, progress)
    except DiagnosticError as refused:
        raise CommandError(refused.diagnostics, REFUSED) from None
    language = language_of_run()
    if output is not None:
        write_whole(output, report(compared, language).encode())
    if form == "json":
        click.echo(json.dumps(document(compared, language), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines(compared, language)))
    return FINE if compared.same else FINDINGS
