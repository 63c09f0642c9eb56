"""Clean values as typed tables of an engine, in several ways to hold each kind of value, and the statement's answers as clean values again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from attrs import frozen
from sqlglot import exp

from pingfen.calendar import instant_of, local_of
from pingfen.plan.events import Transitions
from pingfen.plan.quantity import Numeric, Truth, Type, Words
from pingfen.plan.ruleset import Plan
from pingfen.plan.values import decimal_text
from pingfen.sql.dialects import dialect_of
from pingfen.sql.held import held_of
from pingfen.sql.statement import Statement, build_statement
from pingfen.sql.typed import SourceColumn, SourceTable, wanted_of

from ..clean import Clean
from ..paths import Answers, Tables
from .databases import Database

TYPES: Mapping[str, Mapping[str, str]] = {
    "duckdb": {"text": "VARCHAR", "whole": "BIGINT", "decimal": "DECIMAL(38,{})", "double": "DOUBLE", "flag": "BOOLEAN", "date": "DATE",
               "instant": "TIMESTAMPTZ", "local": "TIMESTAMP"},
    "spark": {"text": "STRING", "whole": "BIGINT", "decimal": "DECIMAL(38,{})", "double": "DOUBLE", "flag": "BOOLEAN", "date": "DATE",
              "instant": "TIMESTAMP", "local": "TIMESTAMP_NTZ"},
    "postgres": {"text": "text", "whole": "bigint", "decimal": "numeric(38,{})", "double": "double precision", "flag": "boolean", "date": "date",
                 "instant": "timestamp with time zone", "local": "timestamp without time zone"},
    "clickhouse": {"text": "String", "whole": "Int64", "decimal": "Decimal(38,{})", "double": "Float64", "flag": "Bool", "date": "Date32",
                   "instant": "DateTime64(6, 'UTC')", "local": "DateTime64(6, 'UTC')"},
}  # fmt: skip
SUBJECTS, INPUTS = "subjects", "inputs"


@frozen
class Holding:
    """How tables hold values: times as instants or local ones, numbers with places as decimals (with `more` places than needed) or doubles."""

    time: str = "instant"
    number: str = "decimal"
    more: int = 0


Calling = Callable[[str, str], str]


def as_users_do(what: str, name: str) -> str:
    """A name in the data of a table or column of the ruleset."""
    return f"{name} 表" if what == "table" else f"{name} 列"


def score_on(database: Database, plan: Plan, tables: Tables, as_of: int, holding: Holding = Holding()) -> dict[str, Answers]:
    """Record, numbers and outcomes of every subject, by one statement over typed tables."""
    return score_over(database, plan, make_tables(database, plan, tables, holding), as_of)


def score_over(database: Database, plan: Plan, sources: Mapping[str, SourceTable], as_of: int) -> dict[str, Answers]:
    """The same over tables that are made."""
    statement = build_statement(plan, as_of, dialect_of(database.name), sources)
    for line in statement.settings:
        database.run(line)
    return answers_of(statement, database.rows(statement.text))


def statement_on(database: Database, plan: Plan, tables: Tables, as_of: int, holding: Holding = Holding()) -> Statement:
    """The tables made on the engine, and the statement over them."""
    return build_statement(plan, as_of, dialect_of(database.name), make_tables(database, plan, tables, holding))


def make_tables(database: Database, plan: Plan, tables: Tables, holding: Holding = Holding(), calling: Calling = as_users_do) -> dict[str, SourceTable]:
    """The tables of a plan on the engine, under names and columns as users have them."""
    return {label: _made(database, label, kinds, rows, plan.events.zone, holding, calling) for label, kinds, rows in rows_of(plan, tables)}


def rows_of(plan: Plan, tables: Tables) -> Iterator[tuple[str, Mapping[str, Type], Sequence[Mapping[str, Clean]]]]:
    """Every table that is given, with the types of its columns and its rows."""
    rows: dict[str, Sequence[Mapping[str, Clean]]] = {table.name: tables.events.get(table.name, []) for table in plan.events.tables}
    if tables.subjects is not None:
        rows[SUBJECTS] = tables.subjects
    if tables.inputs:
        rows[INPUTS] = tables.inputs
    wanted = wanted_of(plan)
    return ((label, wanted[label], found) for label, found in rows.items())


def _made(
    database: Database, label: str, kinds: Mapping[str, Type], rows: Sequence[Mapping[str, Clean]], zone: Transitions, holding: Holding, calling: Calling
) -> SourceTable:
    table, names = calling("table", label), {name: calling("column", name) for name in kinds}
    families = {name: _family(kind, [row.get(name) for row in rows], zone, holding) for name, kind in kinds.items()}
    types = {name: TYPES[database.name][families[name]].format(getattr(kind, "places", 0) + holding.more) for name, kind in kinds.items()}
    cells = [[_cell(row.get(name), kind, families[name], zone) for name, kind in kinds.items()] for row in rows]
    database.make(table, {names[name]: types[name] for name in kinds}, cells)
    columns = {}
    for name in kinds:
        held = held_of(database.name, "local" if families[name] == "local" else types[name])
        assert held is not None, types[name]
        columns[name] = SourceColumn(names[name], held)
    return SourceTable(exp.Table(this=exp.to_identifier(table, quoted=True)), columns)


def _family(kind: Type, values: Sequence[Clean], zone: Transitions, holding: Holding) -> str:
    match kind:
        case Numeric(unit="time"):
            return "local" if holding.time == "local" and all(_is_local(value, zone) for value in values) else "instant"
        case Numeric(unit="date"):
            return "date"
        case Numeric(unit="duration") | Numeric(places=0):
            return "whole"
        case Numeric():
            return holding.number
        case Words():
            return "text"
        case Truth():
            return "flag"
        case _:
            raise AssertionError(kind)


def _is_local(value: Clean, zone: Transitions) -> bool:
    """A time that a local clock shows twice, the second time round, can only be written as an instant."""
    return value is None or (isinstance(value, int) and instant_of(local_of(value, zone), zone) == value)


def _cell(value: Clean, kind: Type, family: str, zone: Transitions) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool | str):
        return value if isinstance(value, str) else str(value).lower()
    assert isinstance(value, int)
    match family:
        case "date":
            return (date(1970, 1, 1) + timedelta(days=value)).isoformat()
        case "instant":
            return f"{datetime(1970, 1, 1) + timedelta(seconds=value)}.999999+00:00"
        case "local":
            return f"{datetime(1970, 1, 1) + timedelta(seconds=local_of(value, zone))}.999999"
        case "double":
            return repr(float(decimal_text(value, kind.places)))  # type: ignore[union-attr]
        case _:
            return decimal_text(value, kind.places) if isinstance(kind, Numeric) else str(value)


def answers_of(statement: Statement, rows: Sequence[tuple[Any, ...]]) -> dict[str, Answers]:
    """The rows of a statement as clean values by the names of fields, numbers and outcomes."""
    return {str(row[0]): _answers(statement, row) for row in rows}


def _answers(statement: Statement, row: tuple[Any, ...]) -> Answers:
    answers: Answers = {"stage": None}
    for item, value in zip(statement.shown[1:], row[1:], strict=True):
        if item.kind == "reasons":
            continue
        if item.part == "denominator":
            numerator = answers[item.name]
            answers[item.name] = None if value is None else (numerator, value)  # type: ignore[assignment]
        else:
            answers[item.name] = bool(value) if isinstance(item.type, Truth) and value is not None else value
    return answers
