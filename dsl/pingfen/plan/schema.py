"""Schemas of what a ruleset reads: JSON Schema (2020-12) of the record that `evaluate` takes, and the event tables column by column."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, assert_never

from .events import Column, Table
from .quantity import Exact, Numeric, Truth, Type, Words
from .record import Attribute, Field
from .ruleset import Plan
from .values import decimal_text, numeric_text

Schema = dict[str, Any]
"""JSON in Python's values. A number that no float says exactly is a Decimal, which `schema_text` writes with its digits."""

WORD_UNITS = {"date": "date", "time": "date-time"}


def record_schema(plan: Plan) -> Schema:
    """The record: every field is required, `null` stands for none, numbers are exact decimals (a share is 0.95, not 95)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{plan.version.ruleset} {plan.version.version}",
        "type": "object",
        "properties": {field.name: _field_schema(field) for field in plan.record.fields},
        "required": [field.name for field in plan.record.fields],
        "additionalProperties": False,
    }


def table_schemas(plan: Plan) -> list[Schema]:
    """The event tables, then `subjects` and `inputs` where the ruleset reads them: {table, columns: [{name, type, role, required, ...}]}."""
    tables = [_table(table) for table in plan.events.tables]
    if plan.record.subject.attributes:
        key = {"name": plan.record.subject.key, "type": "text", "role": "key", "required": True}
        tables.append({"table": "subjects", "columns": [key, *_attributes(plan.record.subject.attributes)]})
    inputs = [field for field in plan.record.fields if field.kind == "input"]
    if inputs:
        key = {"name": plan.record.subject.key, "type": "text", "role": "key", "required": True}
        tables.append({"table": "inputs", "columns": [key, *(_described(field.name, field.type) for field in inputs)]})
    return tables


def schema_text(told: object, margin: str = "") -> str:
    """Schemas as JSON, indented by two, every number with its exact digits."""
    inner = f"{margin}  "
    match told:
        case dict() if told:
            lines = [f"{json.dumps(key, ensure_ascii=False)}: {schema_text(value, inner)}" for key, value in told.items()]
            return _block("{", lines, "}", margin)
        case list() if told:
            return _block("[", [schema_text(value, inner) for value in told], "]", margin)
        case Decimal():
            return f"{told:f}"
        case _:
            return json.dumps(told, ensure_ascii=False)


def _block(opening: str, lines: list[str], closing: str, margin: str) -> str:
    between = f",\n{margin}  "
    return f"{opening}\n{margin}  {between.join(lines)}\n{margin}{closing}"


def _field_schema(field: Field) -> Schema:
    kind = field.type
    schema = _value_schema(kind)
    if kind.optional:
        schema = {"anyOf": [schema, {"type": "null"}]}
    titles = [text for text in (field.label.zh, field.label.en) if text]
    return {**schema, **({"title": " / ".join(titles)} if titles else {}), "x-kind": field.kind}


def _value_schema(kind: Type) -> Schema:
    match kind:
        case Numeric():
            return _number_schema(kind)
        case Exact():
            return {"type": "string", "pattern": "^-?[0-9]+ of [0-9]+$"}
        case Words(options=()):
            return {"type": "string"}
        case Words(options=options):
            return {"enum": list(options)}
        case Truth():
            return {"type": "boolean"}
        case _:
            assert_never(kind)


def _number_schema(kind: Numeric) -> Schema:
    if kind.unit in WORD_UNITS:
        return {"type": "string", "format": WORD_UNITS[kind.unit]}
    low, high = (_json_number(value, kind.places) for value in (kind.low, kind.high))
    step = _json_number(1, kind.places)
    return {"type": "number" if kind.places else "integer", "minimum": low, "maximum": high, "multipleOf": step, "x-unit": kind.unit}


def _json_number(value: int, places: int) -> int | float | Decimal:
    """A number that says exactly this: an int, a float where its shortest text does (as all of 15 digits do), else a decimal."""
    if not places:
        return value
    exact = Decimal(decimal_text(value, places))
    return float(exact) if Decimal(repr(float(exact))) == exact else exact


def _table(table: Table) -> Schema:
    columns = [_column(column) for column in table.columns if column.computed is None]
    return {"table": table.name, "columns": columns, "rows a subject": table.rows_per_subject}


def _column(column: Column) -> Schema:
    told = _described(column.name, column.type)
    told["required"] = column.available == "required" and not column.type.optional
    told |= {"role": column.role} if column.role != "plain" else {}
    told |= {"available": column.available} if column.available == "ahead" else {}
    told |= {"refers to": column.refers_to} if column.refers_to else {}
    return told | ({"known at": column.known_at} if column.known_at else {})


def _attributes(attributes: tuple[Attribute, ...]) -> list[Schema]:
    rows = [_described(each.name, each.type) | ({"dated": True} if each.dated else {}) for each in attributes]
    dated = any(each.dated for each in attributes)
    return [*rows, {"name": "valid_from", "type": "date", "required": True}] if dated else rows


def _described(name: str, kind: Type) -> Schema:
    told: Schema = {"name": name, "type": _type_name(kind), "required": not kind.optional}
    match kind:
        case Numeric(unit=unit) if unit not in ("date", "time"):
            told |= {"from": numeric_text(kind, kind.low), "to": numeric_text(kind, kind.high), "places": kind.places}
        case Words(options=options) if options:
            told["one of"] = list(options)
    return told


def _type_name(kind: Type) -> str:
    match kind:
        case Numeric(unit=unit):
            return unit
        case Exact():
            return "exact quotient"
        case Words(options=options):
            return "choice" if options else "text"
        case Truth():
            return "flag"
        case _:
            assert_never(kind)
