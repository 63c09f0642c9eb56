"""An explanation as JSON: the same keys in every version, numbers as texts with all their places, words in both languages."""

from __future__ import annotations

from typing import Any

from ..plan.label import Label
from ..plan.quantity import Exact, Numeric, Type
from ..plan.values import Value, decimal_text
from .ranking import Reason
from .tree import Condition, Decision, Explanation, Given, Node, Stage

FORMAT = 1


def document_of(explanation: Explanation) -> dict[str, Any]:
    """The explanation as a JSON object: `format`, `record`, `stage`, `numbers`, `outcomes`, `steps`, `reasons` and `top`."""
    return {
        "format": FORMAT,
        "record": [_given(field) for field in explanation.record],
        "stage": None if explanation.stage is None else _stage(explanation.stage),
        "numbers": [_node(node) for node in explanation.numbers],
        "outcomes": [_decision(decision) for decision in explanation.decisions],
        "steps": [
            {"kind": step.kind, "number": step.path, "label": _text(step.label), "how": _text(step.how), "effect": f"{step.effect:f}"}
            for step in explanation.steps
        ],
        "reasons": [reason_document(reason) for reason in explanation.reasons],
        "top": None if explanation.top is None else f"{explanation.top:f}",
    }


def reason_document(reason: Reason) -> dict[str, Any]:
    """A reason as JSON."""
    return {"code": reason.code, "kind": reason.kind, "number": reason.path, "label": _text(reason.label), "points": f"{reason.points:f}"}


def plain_value(kind: Type, value: Value) -> Any:
    """A value for JSON: numbers as decimal texts at their places, counts among them; an exact quotient as numerator and denominator."""
    match kind, value:
        case _, None:
            return None
        case Numeric(places=places), int():
            return decimal_text(value, places)
        case Exact(), (int() as numerator, int() as denominator):
            return {"numerator": str(numerator), "denominator": str(denominator)}
        case _:
            return value


def _given(field: Given) -> dict[str, Any]:
    return {"name": field.name, "kind": field.kind, "label": _text(field.label), "value": plain_value(field.type, field.value)}


def _stage(stage: Stage) -> dict[str, Any]:
    return {"name": stage.name, "label": _text(stage.label), "condition": None if stage.condition is None else _condition(stage.condition)}


def _node(node: Node) -> dict[str, Any]:
    return {
        "path": node.path,
        "kind": node.kind,
        "word": node.word,
        "label": _text(node.label),
        "value": plain_value(node.type, node.value),
        "hidden": node.hidden,
        "lines": [
            {"kind": line.kind, "number": line.path, "label": _text(line.label), "how": _text(line.how), "amount": decimal_text(line.amount, node.places)}
            for line in node.lines
        ],
        "reasons": [_text(reason) for reason in node.reasons],
        "children": [_node(child) for child in node.children],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "name": decision.name,
        "kind": decision.kind,
        "label": _text(decision.label),
        "outcome": decision.outcome,
        "unlinked": decision.unlinked,
        "reasons": [_text(reason) for reason in decision.reasons],
        "condition": None if decision.condition is None else _condition(decision.condition),
    }


def _condition(condition: Condition) -> dict[str, Any]:
    return {"text": _text(condition.text), "holds": condition.holds, "parts": [_condition(part) for part in condition.parts]}


def _text(label: Label) -> dict[str, str]:
    return {"en": label.text("en", ""), "zh": label.text("zh", "")}
