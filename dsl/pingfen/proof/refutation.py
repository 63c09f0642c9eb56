"""The events that refute a statement, as JSON that a run can be given: cells as people write them, with the attributes and inputs of the subjects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..calendar import date_text
from ..diagnostics.language import Language
from ..plan.quantity import Numeric, Type
from ..plan.ruleset import Plan
from ..plan.values import value_text
from ..reference import Value
from ..sampling.tables import cell_text
from .replay import Replayed, Rows, rows_before

Cells = dict[str, str | None]


def refuting_events(plan: Plan, metric: str, found: Replayed, language: Language) -> dict[str, Any]:
    """The one more row (or the one that stands `instead of` another), all rows before, the metric's values and the scores before and after."""
    types = {table.name: {column.name: column.type for column in table.columns} for table in plan.events.tables}
    told: dict[str, Any] = {"event": {"table": found.table, "row": _cells(plan, found.row, types[found.table])}}
    if found.instead is not None:
        told["instead of"] = _cells(plan, found.instead, types[found.table])
    told["rows before"] = {name: [_cells(plan, row, types[name]) for row in rows] for name, rows in rows_before(found).items()}
    told |= {name: rows for name, rows in _subjects(plan, found).items() if rows}
    told["subject"], told["as of"] = str(found.subject), date_text(found.as_of)
    kind = next(each.type for each in plan.events.metrics if each.name == metric)
    if metric in found.before:
        told["values"] = [None if value is None else value_text(kind, value, language) for value in (found.before[metric], found.after[metric])]
    told["scores"] = [None if score is None else value_text(_score_type(plan), score, language) for score in found.scores]
    return told


def _subjects(plan: Plan, found: Replayed) -> dict[str, list[Cells]]:
    """The attributes and the plain inputs of the subjects, where the ruleset has any."""
    key = plan.record.subject.key
    attributes: dict[str, Type] = {each.name: each.type for each in plan.record.subject.attributes}
    inputs: dict[str, Type] = {field.name: field.type for field in plan.record.fields if field.kind == "input"}
    rows: Rows = [row for each in (found.data.subjects or {}).values() for row in each] if attributes else []
    given: Sequence[Mapping[str, Value]] = [{key: subject, **row} for subject, row in found.data.inputs.items()] if inputs else []
    dated = {"valid_from": Numeric("date", 0, 0, 10**6)}
    return {"subjects": [_cells(plan, row, attributes | dated) for row in rows], "inputs": [_cells(plan, row, inputs) for row in given]}


def _cells(plan: Plan, row: Mapping[str, Value], types: Mapping[str, Type]) -> Cells:
    return {name: None if value is None else cell_text(types.get(name), _written(value), plan.events.zone) for name, value in row.items()}


def _written(value: Value) -> int | str | bool | None:
    return f"{value[0]} of {value[1]}" if isinstance(value, tuple) else value


def _score_type(plan: Plan) -> Type:
    return next(number.type for number in plan.record.numbers if number.kind == "score")
