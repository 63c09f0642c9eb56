"""Laws of meaning: every path from a checked ruleset to a number gives the same number, in its range, and none fails."""

from __future__ import annotations

import pytest
from hypothesis import assume, event, given, strategies

from pingfen.arithmetic import decimal_of
from pingfen.explanation import explain
from pingfen.pipeline import compile_source
from pingfen.plan.encoding import decode, encode
from pingfen.plan.quantity import Numeric
from pingfen.plan.ruleset import Plan
from pingfen.source import Source

from ..paths import EVENT_PATHS, RECORD_PATHS, by_reference, events_by_reference
from ..strategies import records, rulesets, tables

OTHERS = sorted(RECORD_PATHS.keys() - {"reference"})
OTHER_EVENTS = sorted(EVENT_PATHS.keys() - {"reference"})


@strategies.composite
def plans(draw: strategies.DrawFn) -> Plan:
    """The plan of a generated ruleset."""
    text = draw(rulesets())
    compilation = compile_source(Source("generated.pf", text))
    assert compilation.plan is not None, "\n".join([text, *(f"{found.code} {found.arguments}" for found in compilation.diagnostics)])
    return compilation.plan


@pytest.mark.parametrize("path", OTHERS)
@given(strategies.data())
def test_every_path_gives_the_same_scorecard(path: str, data: strategies.DataObject) -> None:
    """Interpreter and generated Python give the same stage, numbers and outcomes for every record."""
    plan = data.draw(plans())
    for _ in range(3):
        record = data.draw(records(plan))
        assert RECORD_PATHS[path](plan, record) == by_reference(plan, record)


@pytest.mark.parametrize("path", OTHER_EVENTS)
@given(strategies.data())
def test_every_path_gives_the_same_scores_of_events(path: str, data: strategies.DataObject) -> None:
    """Interpreter and warehouse give the same record, numbers and outcomes for every subject of every table."""
    plan = data.draw(plans())
    given_tables, as_of = data.draw(tables(plan))
    assert EVENT_PATHS[path](plan, given_tables, as_of) == events_by_reference(plan, given_tables, as_of)


@given(strategies.data())
def test_every_value_lies_in_its_interval(data: strategies.DataObject) -> None:
    """Every number lies in the interval of its type, and is missing only where its type says so."""
    plan = data.draw(plans())
    answers = by_reference(plan, data.draw(records(plan)))
    for number in plan.record.numbers:
        assert isinstance(number.type, Numeric)
        value = answers[number.path]
        if value is None:
            assert number.type.optional, number.path
        else:
            assert number.type.low <= value <= number.type.high, (number.path, value, number.type)


@given(strategies.data())
def test_the_score_lies_in_its_range_and_on_its_step(data: strategies.DataObject) -> None:
    """The score is missing, or within the score's range and on its step."""
    plan = data.draw(plans())
    scale = plan.record.scale
    assume(scale is not None)
    assert scale is not None
    score = by_reference(plan, data.draw(records(plan)))["score"]
    event("missing" if score is None else "given")
    assert score is None or (scale.low <= score <= scale.high and score % scale.step == 0)


@given(strategies.data())
def test_every_field_of_scored_events_lies_in_its_interval(data: strategies.DataObject) -> None:
    """What the first half makes of clean events lies in the intervals that the second half was checked for."""
    plan = data.draw(plans())
    given_tables, as_of = data.draw(tables(plan))
    for answers in events_by_reference(plan, given_tables, as_of).values():
        for field in (each for each in plan.record.fields if each.kind != "as of"):
            value = answers[field.name]
            assert value is not None or field.type.optional, field.name
            if isinstance(field.type, Numeric) and value is not None:
                assert field.type.low <= value <= field.type.high, (field.name, value, field.type)


@given(plans())
def test_a_plan_is_the_same_after_being_written_and_read(plan: Plan) -> None:
    """The plan's JSON form and back is the same plan."""
    assert decode(encode(plan), Plan) == plan


@given(rulesets())
def test_the_same_text_gives_the_same_plan(text: str) -> None:
    """Compiling twice gives equal plans and equal JSON."""
    first, second = (compile_source(Source("generated.pf", text)).plan for _ in range(2))
    assert encode(first) == encode(second)


@given(strategies.data())
def test_explained_lines_add_up(data: strategies.DataObject) -> None:
    """At every node of an explanation the lines add up exactly to the number, and the steps to the score."""
    plan = data.draw(plans())
    explanation = explain(plan, data.draw(records(plan)))
    waiting = list(explanation.numbers)
    while waiting:
        node = waiting.pop()
        waiting += node.children
        if node.lines and isinstance(node.value, int) and isinstance(node.type, Numeric):
            assert sum(line.amount for line in node.lines) == node.value * 10 ** (node.places - node.type.places), node.path
    if explanation.steps and explanation.score is not None and isinstance(explanation.score.value, int):
        assert isinstance(explanation.score.type, Numeric)
        assert sum(step.effect for step in explanation.steps) == decimal_of(explanation.score.value, explanation.score.type.places)
