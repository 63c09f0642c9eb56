"""`pingfen schema`: the JSON Schema of metric input, and the schemas of the event tables."""

from __future__ import annotations

from datetime import date

import click

from ..plan.schema import record_schema, schema_text, table_schemas
from .choosing import choose_ruleset, ruleset_argument
from .options import language_option


@click.command("schema")
@ruleset_argument
@click.option("--of", "what", type=click.Choice(["all", "record", "tables"]), default="all", show_default=True, help="Which schema to print.")
@language_option
def command(path: str, day: date | None, what: str) -> None:
    """Print what RULESET reads, as JSON: `record` is the JSON Schema of `explain --metrics` and `evaluate`, `tables` the event tables."""
    plan = choose_ruleset(path, day).plan
    if what == "record":
        told: object = record_schema(plan)
    else:
        told = table_schemas(plan) if what == "tables" else {"record": record_schema(plan), "tables": table_schemas(plan)}
    click.echo(schema_text(told))
