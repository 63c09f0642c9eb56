"""`pingfen new`: a starting ruleset."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..diagnostics.diagnostic import Diagnostic
from ..documents.starting import is_name, starting_ruleset
from ..writing import write_whole
from .ending import USAGE, CommandError
from .options import language_of
from .reporting import language_of_run


@click.command("new")
@click.argument("name")
@language_of("keywords and comments")
def command(name: str) -> None:
    """Write NAME.pf (or NAME, where it ends in .pf): a ruleset that passes check and test, to be made yours."""
    path = Path(name if name.endswith(".pf") else f"{name}.pf")
    if not is_name(path.stem):
        raise CommandError([Diagnostic("not-a-ruleset-name", arguments={"name": path.stem})], USAGE)
    if path.exists():
        raise CommandError([Diagnostic("file-exists", arguments={"path": str(path)})], USAGE)
    write_whole(path, starting_ruleset(path.stem, date.today(), language_of_run()).encode())
    click.echo(str(path))
