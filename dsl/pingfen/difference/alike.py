"""What two versions say alike, by structure: labels beside, how events are measured, how shops are compared, and which values are allowed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..node import nodes_in
from ..plan.encoding import encode
from ..plan.expressions import NumberRead, OutcomeRead, StageRead
from ..plan.record import RecordPlan
from ..plan.ruleset import Plan
from .pairing import Pairing

NO_MEANING: dict[str, frozenset[str]] = {
    "Metric": frozenset({"better", "improvable"}),
    "Field": frozenset({"improvable"}),
    "Transitions": frozenset({"edition"}),
}
"""What of a class says nothing about a score. A rank's `better` does: what is better ranks higher."""


def normal(node: object) -> Any:
    """A node's JSON form without labels: what people read beside a name is no meaning."""
    return _bare(encode(node))


def _bare(document: Any) -> Any:
    if isinstance(document, dict):
        dropped = NO_MEANING.get(document["is"], frozenset())
        return {key: _bare(value) for key, value in document.items() if key != "label" and key not in dropped}
    return [_bare(each) for each in document] if isinstance(document, list) else document


def same_measures(old: Plan, new: Plan) -> bool:
    """Whether both read events in the same way and compare shops with each other in the same way; the order in which things are named is none."""
    return bool(_measured(old) == _measured(new))


def _measured(plan: Plan) -> Any:
    events, subject = normal(plan.events), plan.record.subject
    tables = [{**table, "columns": _by_name(table["columns"])} for table in events["tables"]]
    ordered = {"tables": _by_name(tables), "populations": _by_name(events["populations"]), "metrics": _by_name(events["metrics"])}
    dated = {attribute.name: attribute.dated for attribute in subject.attributes}
    return {**events, **ordered}, subject.key, subject.most, dated, _by_name(normal(plan.record.across))


def _by_name(documents: Iterable[Any]) -> dict[str, Any]:
    return {each["name"]: each for each in documents}


def same_values(old: Plan, new: Plan) -> bool:
    """Whether inputs and attributes are the same and may have the same values."""
    return bool(_allowed(old) == _allowed(new))


def _allowed(plan: Plan) -> Any:
    inputs = {field.name: normal(field.type) for field in plan.record.fields if field.kind == "input"}
    return inputs, {attribute.name: normal(attribute.type) for attribute in plan.record.subject.attributes}


def same_scorecards(pairing: Pairing) -> bool:
    """Whether both make the same of the same fields, as it is written."""
    old, new = (normal(plan.outcomes) for plan in pairing.sides)
    return same_numbers(pairing) and bool(old == new)


def same_numbers(pairing: Pairing) -> bool:
    """Whether both make the same numbers of the same fields, as it is written, whatever these open and close."""
    if pairing.only_old or pairing.only_new or any((each.old_factor, each.new_factor) != (1, 1) for each in pairing.shared):
        return False
    old, new = (normal((plan.stages, plan.scale, plan.numbers)) for plan in pairing.sides)
    return bool(old == new)


def unaffected_by_others(old: RecordPlan, new: RecordPlan) -> bool:
    """Whether what other shops score and are reaches a shop alike in both: by the same closings, and by numbers and outcomes that both make as they are
    written."""
    if normal(old.linked) != normal(new.linked):
        return False
    reads = [node for plan in (old, new) for node in nodes_in((plan.across, plan.linked)) if isinstance(node, NumberRead | OutcomeRead | StageRead)]
    made = [normal((plan.stages, plan.scale, plan.numbers)) for plan in (old, new)]
    decided = [normal(plan.outcomes) for plan in (old, new)]
    return (not reads or made[0] == made[1]) and (decided[0] == decided[1] or not any(isinstance(node, OutcomeRead) for node in reads))
