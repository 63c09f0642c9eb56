"""The second half in SQL equals the interpreter, on random plans of every kind of expression."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pingfen.plan.record import RecordPlan
from pingfen.reference import evaluate

from ..clean import Clean
from ..generated.plans import RECORDS, record_plans
from ..tries import tries
from .records import evaluate_given


@settings(max_examples=tries(60), deadline=None)
@given(record_plans(), st.lists(RECORDS, min_size=1, max_size=8))
def test_sql_equals_the_interpreter(plan: RecordPlan, records: list[dict[str, Clean]]) -> None:
    """Every stage, number and outcome of every record is the same to the last digit."""
    expected = []
    for record in records:
        evaluation = evaluate(plan, record)
        expected.append({**evaluation.numbers, **evaluation.outcomes, "stage": evaluation.stage})
    assert evaluate_given(plan, records) == expected
