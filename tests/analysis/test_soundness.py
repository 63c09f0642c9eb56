"""The analysis is certain: every value lies in its interval, and what is said never to happen never happens."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pingfen.analysis.evaluation import can_be
from pingfen.analysis.possible import Choices, Numbers, Possible
from pingfen.analysis.rows import Branch
from pingfen.analysis.scorecard import survey, tier_of
from pingfen.analysis.traversal import Choice, choices_in
from pingfen.plan.expressions import Bands
from pingfen.plan.record import Gate, RecordPlan, Tier
from pingfen.reference import evaluate
from pingfen.reference.expressions import holds
from pingfen.reference.scorecard import RecordScene
from tests.generated.plans import RECORDS, record_plans
from tests.tries import tries

LAWS = settings(max_examples=tries(150), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])


def allows(possible: Possible, value: object) -> bool:
    match possible, value:
        case _, None:
            return possible.missing
        case Numbers(), int():
            return possible.given and possible.low <= value <= possible.high
        case Choices(), str():
            return possible.options is None or value in possible.options
        case _:
            return False


@LAWS
@given(record_plans(), st.lists(RECORDS, min_size=1, max_size=8))
def test_every_value_lies_in_its_interval(plan: RecordPlan, records: list[dict[str, Any]]) -> None:
    outlook = survey(plan)
    for record in records:
        found = evaluate(plan, record)
        for path, value in found.numbers.items():
            assert allows(outlook.anywhere.known["number", path], value), path
        for tier in plan.outcomes:
            if isinstance(tier, Tier):
                assert allows(tier_of(tier, outlook.anywhere), found.outcomes[tier.name])
        reached = {row.name for row, situation in outlook.stages if situation is not None}
        assert found.stage is None or found.stage in reached


@LAWS
@given(record_plans(), st.lists(RECORDS, min_size=1, max_size=8))
def test_every_step_of_a_number_lies_in_its_interval(plan: RecordPlan, records: list[dict[str, Any]]) -> None:
    """Before and after each adjustment, before it where its condition holds, and before the number's own range."""
    outlook = survey(plan)
    free = {number.path: value for number, value in outlook.unheld}
    for record in records:
        scene = RecordScene(plan, record)
        stage = scene.stage_row()
        for number in plan.numbers if stage is None or stage.full else ():
            steps = [step for step in outlook.steps if step.number is number]
            made = scene.making(number.path)
            values = (made.value, *made.adjusted)
            if values[0] is None:
                continue
            assert allows(free[number.path], values[-1]), number.path
            for step, before, after in zip(steps, values, values[1:], strict=False):
                condition = step.adjustment.condition
                assert allows(step.before, before)
                assert allows(step.after, after)
                assert (condition is not None and not holds(condition, scene)) or allows(step.there, before)


def places(choice: Choice, branches: list[Branch]) -> list[tuple[tuple[int, object], Branch]]:
    """Each branch with the name that the interpreter tells observers: the choice and the row's number, behind the rows `else` and then `none`."""
    rows = len(choice.rows)
    skips = isinstance(choice, Bands) and choice.otherwise is None
    return [((id(choice), index + (index >= rows and skips)), branch) for index, branch in enumerate(branches)]


@LAWS
@given(record_plans(), st.lists(RECORDS, min_size=1, max_size=8))
def test_a_row_that_is_never_reached_is_never_taken(plan: RecordPlan, records: list[dict[str, Any]]) -> None:
    outlook = survey(plan)
    known = [(number.value, outlook.making if number.needs_full_stage else outlook.anywhere) for number in plan.numbers]
    seen = [
        (place, branch)
        for expression, situation in known
        for choice, branches in choices_in(expression, situation)
        for place, branch in places(choice, branches)
    ]
    unreached = {place for place, _ in seen} - {place for place, branch in seen if branch.situation is not None}
    for record in records:
        taken: list[tuple[int, object]] = []
        evaluate(plan, record, lambda choice, row, taken=taken: taken.append((id(choice), row)))  # type: ignore[misc]
        assert not unreached & set(taken)


@LAWS
@given(record_plans(), st.lists(RECORDS, min_size=1, max_size=8))
def test_a_gate_that_is_never_open_is_never_opened(plan: RecordPlan, records: list[dict[str, Any]]) -> None:
    outlook = survey(plan)
    for gate in plan.outcomes:
        if isinstance(gate, Gate) and not gate.without:
            for outcome in (evaluate(plan, record).unlinked[gate.name] for record in records):
                assert can_be(gate.condition, outcome == "open", outlook.anywhere)
