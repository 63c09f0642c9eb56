"""`pingfen page`: the rule page that merchants read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..writing import write_whole
from .choosing import choose_ruleset, parameters_option, ruleset_argument
from .options import language_of
from .reporting import language_of_run


@click.command("page")
@ruleset_argument
@parameters_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help="The file: .html stands alone, anything else is Markdown [default: Markdown on standard output, as `-`].",
)
@language_of("the page")
def command(path: str, day: date | None, parameters: dict[str, str], output: str | None) -> None:
    """Write the rule page of RULESET: definitions, periods, bands, a worked example, sources, effective dates."""
    from ..documents.page import rule_page

    language = language_of_run()
    plan = choose_ruleset(path, day, parameters).plan
    text = rule_page(plan, language)
    if output is None or output == "-":
        click.echo(text, nl=False)
        return
    if Path(output).suffix.lower() in (".html", ".htm"):
        from ..documents.html import html_page

        text = html_page(text, plan.version.label.text(language, plan.version.ruleset), language)
    write_whole(output, text.encode())
