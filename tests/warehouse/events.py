"""Clean tables scored on DuckDB, and the result as clean values again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pingfen.calendar import date_of
from pingfen.plan.quantity import INT64_HIGH, INT64_LOW, Exact, Numeric, Type
from pingfen.plan.ruleset import Plan
from pingfen.sql.subjects import has_dated, subject_type
from pingfen.warehouse.request import Request
from pingfen.warehouse.run import score

from ..clean import Clean
from ..paths import Answers, Tables
from .frames import TimeWriting, arrow_table

DAY = Numeric("date", 0, INT64_LOW, INT64_HIGH)


def request_of(plan: Plan, tables: Tables, as_of: int, writing: TimeWriting = "instant", **settings: Any) -> Request:
    """A request with the tables in memory."""
    key, zone = plan.record.subject.key, plan.events.zone
    events = {}
    for table in plan.events.tables:
        kinds = {item.name: item.type for item in table.columns if item.computed is None}
        events[table.name] = arrow_table(tables.events.get(table.name, []), kinds, zone, writing)
    subject = {key: subject_type(plan)}
    attributes: dict[str, Type] = subject | {item.name: item.type for item in plan.record.subject.attributes}
    dated = {"valid_from": DAY} if has_dated(plan) and any("valid_from" in row for row in tables.subjects or []) else {}
    subjects = None if tables.subjects is None else arrow_table(tables.subjects, attributes | dated, zone, writing)
    fields = subject | {item.name: item.type for item in plan.record.fields if item.kind == "input"}
    inputs = arrow_table(tables.inputs, fields, zone, writing) if tables.inputs else None
    return Request(events, date_of(as_of), subjects=subjects, inputs=inputs, **settings)


def events_by_duckdb(plan: Plan, tables: Tables, as_of: int) -> dict[str, Answers]:
    """DuckDB behind the border, from tables in memory."""
    return answers_of(plan, score(plan, "sha256:0", request_of(plan, tables, as_of)).table.to_pylist())


def answers_of(plan: Plan, rows: list[dict[str, Any]]) -> dict[str, Answers]:
    """The rows of a result as clean values: fields, numbers by path and outcomes, by subject."""
    return {str(row[plan.record.subject.key]): _answers(plan, row) for row in rows}


def _answers(plan: Plan, row: Mapping[str, Any]) -> Answers:
    answers: Answers = {"stage": row.get("stage")}
    for field in plan.record.fields:
        if field.kind == "as of":
            continue
        if isinstance(field.type, Exact):
            numerator, denominator = (row[f"{field.kind}.{field.name}.{part}"] for part in ("numerator", "denominator"))
            answers[field.name] = None if denominator is None else (_clean(numerator, field.type), denominator)  # type: ignore[assignment]
        else:
            answers[field.name] = _clean(row[f"{field.kind}.{field.name}"], field.type)
    for number in plan.record.numbers:
        name = number.path if number.kind in ("score", "total") else f"{number.kind}.{number.path}"
        answers[number.path] = _clean(row[name], number.type)
    for outcome in plan.record.outcomes:
        kind = getattr(outcome, "kind", "tier")
        answers[outcome.name] = row[f"{kind}.{outcome.name}"]
    return answers


def _clean(value: Any, kind: Type) -> Clean:
    match value:
        case Decimal():
            return int(value.scaleb(kind.places))  # type: ignore[union-attr]
        case datetime():
            return int(value.timestamp())
        case date():
            return (value - date(1970, 1, 1)).days
        case _:
            return value  # type: ignore[no-any-return]
