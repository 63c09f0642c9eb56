"""A sample as CSV texts: clean values as people write them, times as local times of the ruleset's zone."""

from __future__ import annotations

import csv
import io

from ..calendar import date_text, instant_text, local_of
from ..plan.events import Transitions
from ..plan.quantity import Numeric, Type
from ..plan.ruleset import Plan
from ..plan.values import decimal_text
from .population import Sample
from .rows import Row
from .values import Value


def csv_texts(plan: Plan, sample: Sample) -> dict[str, str]:
    """File name to content: one file a table, and `subjects.csv` and `inputs.csv` where they have columns beyond the key."""
    types = {table.name: {column.name: column.type for column in table.columns} for table in plan.events.tables}
    texts = {f"{name}.csv": _csv(rows, types[name], _header(plan, name), plan) for name, rows in sample.tables.items()}
    attributes = {each.name: each.type for each in plan.record.subject.attributes} | {"valid_from": Numeric("date", 0, 0, 10**6)}
    texts["subjects.csv"] = _csv(sample.subjects, attributes, list(sample.subjects[0]) if sample.subjects else [plan.record.subject.key], plan)
    if sample.inputs:
        texts["inputs.csv"] = _csv(sample.inputs, {field.name: field.type for field in plan.record.fields}, list(sample.inputs[0]), plan)
    return texts


def _header(plan: Plan, name: str) -> list[str]:
    table = next(each for each in plan.events.tables if each.name == name)
    return [column.name for column in table.columns if column.computed is None]


def _csv(rows: list[Row], types: dict[str, Type], header: list[str], plan: Plan) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([cell_text(types.get(name), row[name], plan.events.zone) for name in header] for row in rows)
    return stream.getvalue()


def cell_text(kind: Type | None, value: Value, zone: Transitions) -> str:
    """A clean value as people write it: a time as the local time of the zone, "" for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) or not isinstance(kind, Numeric):
        return str(value)
    if kind.unit == "time":
        return instant_text(local_of(value, zone))
    return date_text(value) if kind.unit == "date" else decimal_text(value, kind.places)
