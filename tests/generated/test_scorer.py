"""The generated function gives what the reference interpreter gives, on every plan and record."""

from __future__ import annotations

import ast
from itertools import count
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pingfen.arithmetic import divide
from pingfen.generated import UnscorableError, build_scorer
from pingfen.generated.division import divided
from pingfen.generated.tree import ARITHMETIC, COMPARISONS, name
from pingfen.generated.value import Value
from pingfen.plan.encoding import DEEPEST
from pingfen.plan.expressions import Arithmetic, Comparison, Constant, Expression, FieldRead, Mode, NumberRead
from pingfen.plan.label import Label
from pingfen.plan.quantity import Numeric
from pingfen.plan.record import Field, Number, RecordPlan, Subject
from pingfen.reference import evaluate

from ..tries import tries
from .plans import ANY, FIELDS, INTEGER, RECORDS, record_plans

LAWS = settings(max_examples=tries(150), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])


def arguments(record: dict[str, Any]) -> list[Any]:
    """The record as the generated function takes it; an exact field is two arguments, both None when missing."""
    values: list[Any] = []
    for field in FIELDS:
        value = record[field.name]
        values += [None, None] if field.name == "quotient" and value is None else list(value) if field.name == "quotient" else [value]
    return values


@LAWS
@given(record_plans(), st.lists(RECORDS, min_size=1, max_size=12))
def test_the_generated_function_equals_the_reference_interpreter(plan: RecordPlan, records: list[dict[str, Any]]) -> None:
    scorer = build_scorer(plan)
    for record in records:
        expected = evaluate(plan, record)
        stage = [expected.stage] if plan.stages else []
        assert list(scorer(*arguments(record))) == [*stage, *expected.numbers.values(), *expected.outcomes.values()]
    assert scorer.inputs == ("given", "counted", "missing", "lacking", "quotient.numerator", "quotient.denominator", "kind", "region", "flag")
    assert scorer.outputs == (*(["stage"] if plan.stages else []), *(number.path for number in plan.numbers), "first", "second", "rank")


@settings(max_examples=tries(300), deadline=None)
@given(st.integers(-(10**6), 10**6), st.integers(1, 2000), st.sampled_from(get_args(Mode)), st.sampled_from(["negative", "positive", "mixed"]), st.booleans())
def test_every_form_of_division_equals_the_one_division(n: int, d: int, mode: Mode, sign: str, constant: bool) -> None:
    n = {"negative": -abs(n), "positive": abs(n), "mixed": n}[sign]
    low, high = {"negative": (-(10**6), 0), "positive": (0, 10**6), "mixed": (-(10**6), 10**6)}[sign]
    numerator = Value(name("n"), low, high)
    denominator = Value(ast.Constant(d), d, d) if constant else Value(name("d"), 1, 2000)
    result = divided(numerator, denominator, mode, 1, map("local_{}".format, count()).__next__)
    assert result.low <= divide(n, d, mode) <= result.high
    code = compile(ast.fix_missing_locations(ast.Expression(result.tree)), "division", "eval")
    assert eval(code, {"n": n, "d": d}) == divide(n, d, mode)


def test_the_operator_tables_have_the_keys_of_the_plan() -> None:
    assert set(COMPARISONS) == set(get_args(Comparison))
    assert set(ARITHMETIC) == set(get_args(get_type_hints(Arithmetic)["operator"]))


def plan_of(value: Expression) -> RecordPlan:
    number = Number("total", "total", "total", "total", Label(), ANY, value, (), None, None, 0, False, ())
    return RecordPlan(Subject("id", Label(), (), 1), None, (Field("x", Label(), "metric", INTEGER, 0),), (), (), (number,), (), (), ())


def nested(levels: int) -> Expression:
    value: Expression = FieldRead("x", INTEGER)
    for _ in range(levels):
        value = Arithmetic("-", Constant(1, INTEGER), value, Numeric("number", 0, -(10**6), 10**6))
    return value


def test_an_expression_as_deep_as_an_artifact_may_hold_is_compiled() -> None:
    assert build_scorer(plan_of(nested(DEEPEST)))(7) == (7,)


def test_an_expression_nested_too_deeply_for_python_is_refused() -> None:
    with pytest.raises(UnscorableError, match="nested too deeply"):
        build_scorer(plan_of(nested(20_000)))


@pytest.mark.parametrize("read", [FieldRead("y", INTEGER), NumberRead("later", INTEGER), FieldRead("x", INTEGER, "numerator")])
def test_a_plan_that_reads_what_is_not_there_is_refused(read: Expression) -> None:
    with pytest.raises(UnscorableError):
        build_scorer(plan_of(read))


def test_generated_code_sees_no_builtins() -> None:
    scorer: Any = build_scorer(plan_of(FieldRead("x", INTEGER)))
    assert scorer.__globals__["__builtins__"] == {}
