"""`pingfen verify`: one row of a result, recomputed from its inputs by the interpreter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..diagnostics.diagnostic import Diagnostic
from ..wording.phrases import phrase
from .choosing import choose_ruleset
from .ending import FINDINGS, FINE, REFUSED, CommandError
from .options import language_option
from .reporting import language_of_run, show
from .score import progress_shown

if TYPE_CHECKING:
    from ..warehouse.request import Progress
    from ..warehouse.verification import Recorded


@click.command("verify")
@click.argument("result", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--subject", required=True, metavar="ID", help="The subject whose row is recomputed.")
@click.option("--ruleset", metavar="RULESET", help="Where the ruleset is now [default: where it was].")
@language_option
def command(result: Path, subject: str, ruleset: str | None) -> int:
    """Recompute one row of RESULT, a file that `score` wrote, from the inputs it was made from.

    The digests of the ruleset and of every input are checked, then the reference interpreter scores the subject and every value is compared.
    """
    from ..errors import DiagnosticError
    from ..warehouse.verification import by_date, check_inputs, read_result

    try:
        with progress_shown() as progress:
            recorded = read_result(result)
            progress("checking digests of inputs")
            check_inputs(recorded)
            differences = [found for part in by_date(recorded, subject) for found in _verified(part, subject, ruleset, progress)]
    except DiagnosticError as refused:
        raise CommandError(refused.diagnostics, REFUSED) from None
    show(differences)
    if not differences:
        click.echo(phrase(language_of_run(), "verified", subject=subject))
    return FINDINGS if differences else FINE


def _verified(recorded: Recorded, subject: str, ruleset: str | None, progress: Progress) -> list[Diagnostic]:
    """What differs as of one date."""
    from ..warehouse.verification import verify_row

    path = recorded.metadata["path"] if ruleset is None else ruleset
    chosen = choose_ruleset(path, recorded.as_of, dict(recorded.metadata["parameters"]))
    if chosen.digest != recorded.metadata["digest"]:
        raise CommandError([_changed(path, recorded.metadata["digest"], chosen.digest)], REFUSED)
    progress(f"recomputing {subject} as of {recorded.as_of}")
    return verify_row(chosen.plan, recorded, subject)


def _changed(path: str, wanted: str, found: str) -> Diagnostic:
    return Diagnostic("ruleset-changed", arguments={"path": path, "wanted": wanted, "found": found})
