"""One row of a result as the record and the answers that the interpreter knows: scaled integers, texts, flags, pairs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from attrs import evolve

from ..arithmetic import EXACT
from ..calendar import day_of
from ..plan.quantity import Exact, Numeric, Type
from ..plan.record import RecordPlan, Tier
from ..reference import Evaluation, Observer, Value, evaluate
from ..reference.scene import nobody

Row = Mapping[str, Any]


def record_of(plan: RecordPlan, row: Row) -> dict[str, Value]:
    """The fields of a result's row, with its as-of date."""
    record: dict[str, Value] = {}
    for field in plan.fields:
        called = f"{field.kind}.{field.name}"
        if field.kind == "as of":
            record[field.name] = day_of(date.fromisoformat(row["as_of"]))
        elif isinstance(field.type, Exact):
            numerator, denominator = row[f"{called}.numerator"], row[f"{called}.denominator"]
            record[field.name] = None if denominator is None else (_scaled(numerator, field.type.places), denominator)
        else:
            record[field.name] = clean_value(field.type, row[called])
    return record


def evaluation_of(plan: RecordPlan, row: Row, observer: Observer = nobody) -> Evaluation:
    """The interpreter's evaluation of a result's row, its outcomes as closed by linked entities over all subjects."""
    evaluation = evaluate(plan, record_of(plan, row), observer)
    outcomes = {outcome.name: row[f"{'tier' if isinstance(outcome, Tier) else outcome.kind}.{outcome.name}"] for outcome in plan.outcomes}
    return evolve(evaluation, outcomes=outcomes)


def row_of(plan: RecordPlan, record: Mapping[str, Value], evaluation: Evaluation) -> dict[str, Value]:
    """What a result's row says of a record and its evaluation, by the result's column names, as clean values."""
    row: dict[str, Value] = {"stage": evaluation.stage} if plan.stages else {}
    for number in plan.numbers:
        called = number.path if number.kind in ("score", "total") else f"{number.kind}.{number.path}"
        row[called] = None if number.path in evaluation.hidden else evaluation.numbers[number.path]
    for outcome in plan.outcomes:
        row[f"{'tier' if isinstance(outcome, Tier) else outcome.kind}.{outcome.name}"] = evaluation.outcomes[outcome.name]
    for field in plan.fields:
        row |= _field_columns(f"{field.kind}.{field.name}", field.type, record[field.name]) if field.kind != "as of" else {}
    return row


def types_of(plan: RecordPlan) -> dict[str, Type]:
    """The type of every number and field column of a result."""
    kinds: dict[str, Type] = {}
    for number in plan.numbers:
        kinds[number.path if number.kind in ("score", "total") else f"{number.kind}.{number.path}"] = number.type
    for field in plan.fields:
        called = f"{field.kind}.{field.name}"
        kinds |= (
            {f"{called}.numerator": field.type, f"{called}.denominator": Numeric("count", 0, 0, 0)} if isinstance(field.type, Exact) else {called: field.type}
        )
    return kinds


def clean_value(kind: Type | None, value: Any) -> Value:
    """A result's cell as a clean value."""
    match value:
        case datetime():
            return int(value.timestamp())
        case date():
            return day_of(value)
        case Decimal():
            return _scaled(value, getattr(kind, "places", 0))
        case _:
            return value  # type: ignore[no-any-return]


def _scaled(value: Decimal | int, places: int) -> int:
    return int(EXACT.scaleb(Decimal(value), places))


def _field_columns(called: str, kind: Type, value: Value) -> dict[str, Value]:
    if not isinstance(kind, Exact):
        return {called: value}
    numerator, denominator = value if isinstance(value, tuple) and value[1] else (None, None)
    return {f"{called}.numerator": numerator, f"{called}.denominator": denominator}
