"""Generated rulesets and events as the commands of days take them: tables in memory, and the answers of single runs."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from attrs import frozen
from hypothesis import settings, strategies

from pingfen.command.guard import run
from pingfen.pipeline import compile_source
from pingfen.plan.quantity import Numeric, Type, Words
from pingfen.plan.ruleset import Plan
from pingfen.source import Source
from pingfen.warehouse.request import Request
from pingfen.warehouse.result import Result
from pingfen.warehouse.run import score
from pingfen.warehouse.tables import attributes_read

from ..paths import Tables
from ..strategies import rulesets
from ..warehouse_path import arrow_table

EPOCH = date(1970, 1, 1)
DIGEST = "0" * 64
HALF = settings().max_examples // 2
"""How often laws are tried that take several whole runs each."""


@frozen
class Ended:
    """How a command ended and what it said."""

    exit_code: int
    stdout: str
    stderr: str


def invoke(*arguments: str) -> Ended:
    """Run a command of the program, its messages in English."""
    said, complained = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(complained):
        code = run([arguments[0], "--lang", "en", *arguments[1:]])
    return Ended(code, said.getvalue(), complained.getvalue())


@strategies.composite
def variants(draw: strategies.DrawFn) -> list[Plan]:
    """The plans of a generated ruleset, and of the same with another window, another condition or both."""
    text = draw(rulesets())
    changed = text.replace("30 days", "7 days").replace("90 days", "31 days")
    texts = [text, changed, text.replace(" except ", " where "), changed.replace(" except ", " where ")]
    found = [compile_source(Source("generated.pf", each)).plan for each in dict.fromkeys(texts)]
    assert found[0] is not None
    return [plan for plan in found if plan is not None and plan.events.tables == found[0].events.tables]


@strategies.composite
def plans(draw: strategies.DrawFn) -> Plan:
    """The plan of a generated ruleset."""
    plan = compile_source(Source("generated.pf", draw(rulesets()))).plan
    assert plan is not None
    return plan


def request_of(plan: Plan, tables: Tables, day: int, **settings: Any) -> Request:
    """A request of all sources, as Arrow tables."""
    key = plan.record.subject.key
    kinds = {table.name: {column.name: column.type for column in table.columns if column.computed is None} for table in plan.events.tables}
    events = {name: arrow_table(columns, list(tables.events.get(name, ()))) for name, columns in kinds.items()}
    attributes: dict[str, Type] = {key: Words(), **{attribute.name: attribute.type for attribute in plan.record.subject.attributes}}
    if any(attribute.dated for attribute in plan.record.subject.attributes):
        attributes["valid_from"] = Numeric("date", 0, 0, 0)
    read: dict[str, Type] = {key: Words(), **{field.name: field.type for field in plan.record.fields if field.kind == "input"}}
    subjects = None if tables.subjects is None else arrow_table(attributes, tables.subjects)
    inputs = arrow_table(read, tables.inputs) if tables.inputs else None
    return Request(events, date_of(day), subjects=subjects, inputs=inputs, threads=1, **settings)


def date_of(day: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=day)


def single(plan: Plan, tables: Tables, day: int) -> Result:
    """A run as of one date."""
    return score(plan, DIGEST, request_of(plan, tables, day))


def rows(table: pa.Table) -> list[dict[str, Any]]:
    """The rows of a result, each column by name."""
    return [dict(row) for row in table.to_pylist()]


def reads_attributes(plan: Plan) -> bool:
    """Whether subjects must be given."""
    return bool(attributes_read(plan))
