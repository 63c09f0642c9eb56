"""`pingfen prove`: claims proved, or refuted by a counterexample that the interpreter confirms."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .check import find_all
from .choosing import refuse_unreadable
from .ending import FINDINGS, FINE
from .options import format_option, language_option
from .proving import prove_all
from .reporting import language_of_run, show
from .status import status_shown

if TYPE_CHECKING:
    from ..proof.rendering import Proven

SECONDS = 10.0


@click.command
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--timeout", "seconds", type=click.FloatRange(0.01, 3600), default=SECONDS, show_default=True, metavar="S", help="Seconds for a question to z3.")
@click.option("--events", "tells_events", is_flag=True, help="List what was shown of events, metric by metric.")
@format_option("text", "json")
@language_option
def command(paths: tuple[str, ...], seconds: float, form: str, tells_events: bool) -> int:
    """Prove the claims of rulesets, or refute them by a counterexample: files, folders with all rulesets below them, or artifacts.

    Without any claim being written: the score is within its scale, no number leaves 64 bits, no missing value is left unhandled, each declared direction.
    Exit 1 where a claim is refuted or stays open. What is told of events is nobody's claim and changes no exit code.
    """
    with status_shown() as progress:
        proofs = list(prove_all(_all(paths), seconds, language_of_run(), progress))
    _print(proofs, form, tells_events)
    return FINDINGS if any(proven.findings for proven in proofs) else FINE


def _all(paths: Iterable[str]) -> list[Path]:
    """The rulesets that the paths name, and artifacts as they are named."""
    return [found for path in paths for found in ([_artifact(path)] if path.endswith(".json") else map(Path, find_all([path])))]


def _artifact(path: str) -> Path:
    refuse_unreadable(path)
    return Path(path)


def _print(proofs: list[Proven], form: str, tells_events: bool) -> None:
    from ..proof.rendering import event_header, event_rows, header, proof_document, table_rows

    language = language_of_run()
    findings = [finding for proven in proofs for finding in proven.findings]
    if form == "json":
        import json

        document = {"proofs": [proof_document(proven, language) for proven in proofs], "findings": len(findings)}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    from .tables import print_table

    show(findings, stream=sys.stdout)
    print_table("", header(language), table_rows(proofs, language))
    for proven in proofs if tells_events else ():
        if proven.proof is not None:
            click.echo()
            print_table(proven.name, event_header(language), event_rows(proven.proof, language))
