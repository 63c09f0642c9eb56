"""The path through DuckDB: clean tables as Arrow tables behind the border, and the result's columns back as clean values."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa

from pingfen.plan.quantity import Exact, Numeric, Truth, Type, Words
from pingfen.plan.ruleset import Plan

from .clean import Clean
from .paths import Answers, Tables, by_name

EPOCH = date(1970, 1, 1)


def events_by_duckdb(plan: Plan, tables: Tables, as_of: int) -> dict[str, Answers]:
    """DuckDB on Arrow tables, every row check on."""
    from pingfen.warehouse.request import Request
    from pingfen.warehouse.run import score

    key = plan.record.subject.key
    kinds = {table.name: {column.name: column.type for column in table.columns if column.computed is None} for table in plan.events.tables}
    events = {name: arrow_table(columns, list(tables.events.get(name, ()))) for name, columns in kinds.items()}
    attributes: dict[str, Type] = {key: Words(), **{attribute.name: attribute.type for attribute in plan.record.subject.attributes}}
    if any(attribute.dated for attribute in plan.record.subject.attributes):
        attributes["valid_from"] = Numeric("date", 0, 0, 0)
    subjects = None if tables.subjects is None else arrow_table(attributes, tables.subjects)
    read: dict[str, Type] = {key: Words(), **{field.name: field.type for field in plan.record.fields if field.kind == "input"}}
    inputs = arrow_table(read, tables.inputs) if tables.inputs else None
    result = score(plan, "0" * 64, Request(events, EPOCH + timedelta(days=as_of), subjects=subjects, inputs=inputs, threads=1))
    return {str(row[key]): _answers(plan, row) for row in result.table.to_pylist()}


def arrow_table(kinds: dict[str, Type], rows: list[dict[str, Clean]]) -> pa.Table:
    """Clean rows as an Arrow table with exact types."""
    return pa.table({name: pa.array([_cell(kind, row.get(name)) for row in rows], _arrow_type(kind)) for name, kind in kinds.items()})


def _arrow_type(kind: Type) -> pa.DataType:
    match kind:
        case Numeric(unit="time"):
            return pa.timestamp("s", "UTC")
        case Numeric(unit="date"):
            return pa.date32()
        case Numeric(places=0):
            return pa.int64()
        case Numeric(places=places):
            return pa.decimal128(30, places)
        case Truth():
            return pa.bool_()
        case _:
            return pa.string()


def _cell(kind: Type, value: Clean) -> Any:
    if value is None or not isinstance(kind, Numeric):
        return value
    assert isinstance(value, int)
    if kind.unit == "date":
        return EPOCH + timedelta(days=value)
    return value if kind.unit == "time" or not kind.places else Decimal(value).scaleb(-kind.places)


def _answers(plan: Plan, row: dict[str, Any]) -> Answers:
    """The row's values by the names of fields, numbers and outcomes, scaled."""
    answers: Answers = {"stage": row.get("stage")}
    kinds = {name: kind for name, kind in by_name(plan).items() if name not in {field.name for field in plan.record.fields if field.kind == "as of"}}
    for column, value in row.items():
        prefix, _, rest = column.partition(".")
        name = rest if prefix in ("part", "display", "gate", "sanction", "tier", "metric", "input", "attribute", "peer", "group") else column
        if name in kinds:
            answers[name] = _clean(kinds[name], value)
        elif name.endswith(".numerator"):
            name = name.removesuffix(".numerator")
            kind = kinds[name]
            assert isinstance(kind, Exact)
            below = row[column.removesuffix("numerator") + "denominator"]
            answers[name] = None if value is None or below is None else (int(Decimal(value).scaleb(kind.places)), below)
    return answers


def _clean(kind: Type, value: Any) -> Clean:
    match value:
        case datetime():
            return int(value.timestamp())
        case date():
            return (value - EPOCH).days
        case Decimal():
            assert isinstance(kind, Numeric)
            return int(value.scaleb(kind.places))
        case _:
            return value  # type: ignore[no-any-return]
