"""`pingfen sql`: the statement that scores in an engine, or the queries that validate its tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .choosing import choose_ruleset, parameters_option
from .ending import REFUSED, CommandError
from .options import language_option
from .reporting import show

if TYPE_CHECKING:
    from ..ruleset import Ruleset
    from ..sql.dialect import Dialect
    from ..sql.remarks import Commenting
    from ..sql.typed import SourceTable

DIALECTS = ("duckdb", "spark", "postgres", "clickhouse", "hive", "doris", "starrocks", "mysql", "trino", "bigquery", "snowflake")


def _named(_: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    named: dict[str, str] = {}
    for value in values:
        name, equals, given = value.partition("=")
        if not equals or not name or not given or name in named:
            raise click.BadParameter(f"`{value}`: NAME=VALUE, each name once", param=parameter)
        named[name] = given
    return named


@click.command("sql")
@click.argument("path", metavar="RULESET")
@click.option("--dialect", type=click.Choice(DIALECTS), required=True, help="The engine whose SQL to write.")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="DATE", help="The day as of which to score.")
@click.option("--tables", multiple=True, callback=_named, metavar="NAME=TABLE", help="The engine's table of an event table, of subjects or of inputs.")
@click.option("--types", multiple=True, callback=_named, metavar="TABLE.COLUMN=TYPE", help="The type of a column there, where it is not the usual one.")
@click.option("--mapping", type=click.Path(path_type=Path), metavar="FILE", help="Names of tables and columns, constants and casts (TOML or JSON).")
@click.option("--validate", is_flag=True, help="Write the queries that find bad rows instead, one a table.")
@parameters_option
@language_option
def command(
    path: str,
    dialect: str,
    as_of: datetime,
    tables: dict[str, str],
    types: dict[str, str],
    mapping: Path | None,
    validate: bool,
    parameters: dict[str, str],
) -> None:
    """Write one statement that scores all subjects in an engine by RULESET, from its typed tables to scorecards.

    Rows must be valid: --validate writes a query for each table, which gives no rows when all are. Without --tables the tables are called as in the ruleset.
    """
    from ..errors import DiagnosticError

    day = as_of.date()
    ruleset = choose_ruleset(path, day, parameters)
    try:
        click.echo(_written(ruleset, dialect, day, tables, types, mapping, validate=validate))
    except DiagnosticError as refused:
        raise CommandError(refused.diagnostics, REFUSED) from None


def _written(ruleset: Ruleset, dialect: str, as_of: date, tables: Mapping[str, str], types: Mapping[str, str], mapping: Path | None, *, validate: bool) -> str:
    from ..sql.dialects import dialect_of
    from ..warehouse.asking import refuse_other_years
    from .sql_tables import sources_of

    refuse_other_years(ruleset.plan, as_of)
    spell = dialect_of(dialect)
    sources = sources_of(ruleset.plan, spell, tables, types, mapping)
    head = [f"-- {ruleset.name} {ruleset.version} as of {as_of.isoformat()}, {dialect}", f"-- {ruleset.digest}", *(f"{line};" for line in spell.settings)]
    return "\n".join([*head, *(_validation(ruleset, spell, sources) if validate else _statement(ruleset, spell, sources, as_of))])


def _validation(ruleset: Ruleset, spell: Dialect, sources: Mapping[str, SourceTable]) -> list[str]:
    from ..sql.validation import build_validation
    from .sql_tables import refusals_told

    with refusals_told(spell):
        queries = build_validation(ruleset.plan, spell, sources)
        return [f"\n-- {label}\n{spell.generate(query, pretty=True)};" for label, query in queries.items()]


def _statement(ruleset: Ruleset, spell: Dialect, sources: Mapping[str, SourceTable], as_of: date) -> list[str]:
    from ..calendar import day_of
    from ..sql.limits import renamed_told
    from ..sql.statement import build_statement
    from .sql_tables import refusals_told

    constants = {"ruleset": ruleset.name, "version": ruleset.version, "digest": ruleset.digest, "as_of": as_of.isoformat()}
    with refusals_told(spell):
        made = build_statement(ruleset.plan, day_of(as_of), spell, sources, natural=constants, commenting=_commenting(ruleset))
    show(renamed_told(spell.name, made.renamed))
    return [f"\n{made.text};"]


def _commenting(ruleset: Ruleset) -> Commenting | None:
    """The rule's own words and their line, where the ruleset is a text."""
    from .sql_comments import comments_of

    found = comments_of(ruleset)
    return None if not found else lambda of: found.get(of, "")
