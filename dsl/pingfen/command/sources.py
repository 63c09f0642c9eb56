"""`pingfen sources`: citations, and every number that nobody published."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click

from ..documents.sources import sources_of
from ..wording.phrases import phrase
from .choosing import choose_ruleset, parameters_option, ruleset_argument
from .options import format_option, language_option
from .reporting import language_of_run


@click.command("sources")
@ruleset_argument
@parameters_option
@format_option("text", "json")
@language_option
def command(path: str, day: date | None, parameters: dict[str, str], form: str) -> None:
    """List where the numbers of RULESET come from: its citations, and every assumed number by its path."""
    found = sources_of(choose_ruleset(path, day, parameters).plan)
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _print_tables(found, language_of_run())


def _print_tables(found: dict[str, Any], language: str) -> None:
    from .tables import print_table

    click.echo(f"{found['ruleset']} {found['version']}")
    cited = [[each["source"], each["note"], each["of"]] for each in found["citations"]]
    print_table(phrase(language, "sources"), [phrase(language, key) for key in ("source", "note", "of")], cited)
    assumed = [[each["path"], each["value"], " .. ".join(each["within"] or [])] for each in found["assumed"]]
    click.echo()
    if not assumed:
        click.echo(phrase(language, "none assumed"))
    print_table(phrase(language, "assumed"), [phrase(language, key) for key in ("name", "number", "within")], assumed)
