"""Laws of the encoding: z3's meaning of every operator equals the interpreter's."""

from __future__ import annotations

import pytest
import z3
from hypothesis import given, strategies

from pingfen.arithmetic import divide
from pingfen.pipeline import compile_source
from pingfen.plan.expressions import Mode
from pingfen.plan.ruleset import Plan
from pingfen.proof.encoding import RecordEncoding, encode_record
from pingfen.proof.fields import declared_range, fixed_fields, vocabulary_of
from pingfen.proof.terms import Term, Vocabulary, quotient
from pingfen.proof.terms import divide as divide_term
from pingfen.source import Source

from ..paths import Record, by_reference
from ..strategies import records, rulesets

MODES: tuple[Mode, ...] = ("half away", "up", "down", "half even")


@strategies.composite
def plans(draw: strategies.DrawFn) -> Plan:
    """The plan of a generated ruleset."""
    plan = compile_source(Source("generated.pf", draw(rulesets()))).plan
    assert plan is not None
    return plan


def fixed(plan: Plan, record: Record) -> RecordEncoding:
    """The encoding of one record, all of whose fields are written values."""
    words = {value for value in record.values() if isinstance(value, str)}
    vocabulary = Vocabulary([*vocabulary_of(plan.record).words, *words])
    return encode_record(plan.record, fixed_fields(plan.record, record, vocabulary), vocabulary)


def answer(encoding: RecordEncoding, term: Term, word: bool) -> object:
    """The value that a term without variables has."""
    if z3.is_true(z3.simplify(term.missing)):
        return None
    value = z3.simplify(term.value)
    if z3.is_bool(value):
        return z3.is_true(value)
    return encoding.vocabulary.word(value.as_long()) if word else value.as_long()


@pytest.mark.parametrize("mode", MODES)
@given(strategies.integers(-(10**6), 10**6), strategies.integers(1, 2000))
def test_divisions_round_as_the_interpreters_do(mode: Mode, numerator: int, denominator: int) -> None:
    """z3's quotient is the interpreter's, in every mode, also where the numerator's sign is known."""
    wanted = divide(numerator, denominator, mode)
    terms = [divide_term(z3.IntVal(numerator), z3.IntVal(denominator), mode, least) for least in (None, *([0] if numerator >= 0 else []))]
    assert [z3.simplify(term).as_long() for term in terms] == [wanted] * len(terms)


@pytest.mark.parametrize(("listed", "proved"), [([50, 100], True), ([50], False), ([100], False)])
def test_a_quotient_by_an_unlisted_denominator_is_any_number(listed: list[int], proved: bool) -> None:
    """What is shown of a quotient is shown only where every denominator that its term can be is listed."""
    small = z3.Bool("small")
    denominator = z3.Sum(z3.If(small, z3.IntVal(20), z3.IntVal(60)), z3.If(small, z3.IntVal(30), z3.IntVal(40)))
    solver = z3.Solver()
    result = quotient(z3.IntVal(600), denominator, listed, "down")
    solver.add(z3.Or(result < 6, result > 12))
    assert (solver.check() == z3.unsat) is proved


@given(strategies.data())
def test_terms_of_a_record_are_its_scorecard(data: strategies.DataObject) -> None:
    """On any record of any ruleset, z3's stage, numbers and outcomes are the interpreter's, and no fault is met."""
    plan = data.draw(plans())
    for _ in range(3):
        record = data.draw(records(plan))
        encoding, answers = fixed(plan, record), by_reference(plan, record)
        assert z3.is_false(z3.simplify(encoding.fault()))
        if plan.record.stages:
            assert answer(encoding, encoding.stage(), True) == answers["stage"]
        for number in plan.record.numbers:
            term = encoding.number(number.path)
            if term.denominator is None:
                assert answer(encoding, term, isinstance(answers[number.path], str)) == answers[number.path], number.path
        for outcome in plan.record.outcomes:
            assert answer(encoding, encoding.closed_outcome(outcome.name), True) == answers[outcome.name], outcome.name


@given(strategies.data())
def test_records_lie_in_the_declared_range(data: strategies.DataObject) -> None:
    """What the encoding says of declared ranges holds for every record that fits the plan."""
    plan = data.draw(plans())
    encoding = fixed(plan, data.draw(records(plan)))
    for field in plan.record.fields:
        term = encoding.fields[field.name]
        if z3.is_false(z3.simplify(term.missing)):
            assert all(z3.is_true(z3.simplify(condition)) for condition in declared_range(field.type, term, encoding.vocabulary)), field.name
