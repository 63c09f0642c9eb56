"""Explanations show the reviewed trees, and the lines of every node add up exactly to its number, whatever the record."""

from __future__ import annotations

import io
import json
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingfen.arithmetic import decimal_of
from pingfen.explanation import Node, document_of, explain
from pingfen.explanation.rendering import print_explanation
from pingfen.plan.quantity import Numeric
from pingfen.reference import Value, evaluate

from ..markdown import Case, cases_in
from ..reference.promoter import CLEAN, PLAN, RECORD

CASES = cases_in(Path(__file__).parent / "cases")

RECORDS = st.fixed_dictionaries(
    {
        "store_experience": st.none() | st.integers(0, 500),
        "good_reviews": st.none() | st.integers(0, 10_000),
        "quality_returns": st.none() | st.integers(0, 10_000),
        "breach_count": st.integers(0, 3) | st.integers(899, 902),
        "severe_count": st.integers(0, 6),
        "report_count": st.integers(0, 4) | st.integers(499, 502),
        "fine_product": st.booleans(),
    }
)


def printed(record: dict[str, Value], language: str) -> str:
    stream = io.StringIO()
    print_explanation(explain(PLAN, record), language, stream)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def nodes(node: Node) -> list[Node]:
    return [node, *(inner for child in node.children for inner in nodes(child))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_tree_is_the_reviewed_one(case: Case, language: str) -> None:
    expected = case.text_of(language)
    assert not expected or printed(CLEAN | json.loads(case.text_of("json")), language) == expected.rstrip("\n")


def test_the_callers_decimal_context_changes_no_step() -> None:
    with localcontext() as context:
        context.prec = 1
        narrow = [str(step.effect) for step in explain(PLAN, CLEAN).steps]
    assert narrow == [str(step.effect) for step in explain(PLAN, CLEAN).steps]


@given(RECORDS)
def test_the_lines_of_every_node_add_up_exactly_to_its_number(record: dict[str, Value]) -> None:
    evaluation = evaluate(RECORD, record)
    for root in explain(PLAN, record, evaluation).numbers:
        for node in nodes(root):
            value = evaluation.numbers[node.path]
            if isinstance(value, int) and not node.hidden:
                assert isinstance(node.type, Numeric)
                total = sum((decimal_of(line.amount, node.places) for line in node.lines), Decimal(0))
                assert total == decimal_of(value, node.type.places), node.path
            else:
                assert node.lines == ()


@given(RECORDS)
def test_the_steps_add_up_exactly_to_the_score(record: dict[str, Value]) -> None:
    evaluation = evaluate(RECORD, record)
    steps = explain(PLAN, record, evaluation).steps
    score = evaluation.numbers["score"]
    if isinstance(score, int) and "score" not in evaluation.hidden:
        assert sum((step.effect for step in steps), Decimal(0)) == decimal_of(score, 2)
    else:
        assert steps == ()


@given(RECORDS)
def test_what_is_hidden_appears_nowhere(record: dict[str, Value]) -> None:
    evaluation = evaluate(RECORD, record | {"report_count": 501, "breach_count": 0})
    explanation = explain(PLAN, record | {"report_count": 501, "breach_count": 0}, evaluation)
    hidden = {node.path: node for root in explanation.numbers for node in nodes(root) if node.hidden}
    assert hidden.keys() == {"score", "total", "shown"}
    assert all(node.value is None and not node.lines for node in hidden.values())
    conditions = [decision.condition.text.en for decision in explanation.decisions if decision.condition is not None]
    assert all(text.startswith("score ≥") for text in conditions)


@given(RECORDS)
def test_the_json_form_says_what_the_tree_says(record: dict[str, Value]) -> None:
    explanation = explain(PLAN, record)
    document = json.loads(json.dumps(document_of(explanation)))
    assert [step["effect"] for step in document["steps"]] == [f"{step.effect:f}" for step in explanation.steps]
    assert {row["name"]: row["outcome"] for row in document["outcomes"]} == dict(evaluate(RECORD, record).outcomes)
    assert set(document) == {"format", "record", "stage", "numbers", "outcomes", "steps", "reasons", "top"}
