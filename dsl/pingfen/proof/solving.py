"""What structure leaves open, asked of z3 over whole numbers: a record, or two, that break a claim; with a limit on time."""

from __future__ import annotations

from typing import Any

import z3
from attrs import frozen

from ..node import evolve
from ..plan.expressions import Curve, Expression, NumberRead, OutcomeRead, Sum
from ..plan.label import Label
from ..plan.record import Adjustment, RecordPlan
from ..plan.ruleset import Claim
from ..reference import Value
from .encoding import RecordEncoding, encode_record
from .expressions import holds, numerators
from .fields import declared_ranges, fixed_field, fresh_field, fresh_fields, vocabulary_of
from .overflow import Wide
from .sums import partial_sums
from .terms import Term, UnencodableError, both, either, negation
from .verdict import TOO_LONG, unencodable

Record = dict[str, Value]


@frozen(repr=False)
class Answer:
    """`proved`, or records that break the claim, or the reason why neither is known."""

    proved: bool = False
    records: tuple[Record, ...] = ()
    reason: Label | None = None


def solver_version() -> str:
    """z3's version, which proofs name."""
    return str(z3.get_version_string())


def solve_claim(plan: RecordPlan, claim: Claim, fixed: Record, seconds: float) -> Answer:
    """Whether any records of the plan break the claim; `fixed` are fields at one value."""
    try:
        return _solve_claim(plan, claim, fixed, seconds)
    except UnencodableError as problem:
        return Answer(reason=unencodable(str(problem)))


def solve_fault(plan: RecordPlan, seconds: float) -> Answer:
    """Whether any record meets a missing value where the plan promises none."""
    try:
        record = encode_record(plan)
        return _asked([record], [*declared_ranges(plan, record.fields, record.vocabulary), record.fault()], seconds)
    except UnencodableError as problem:
        return Answer(reason=unencodable(str(problem)))


def solve_outside(plan: RecordPlan, wide: Wide, seconds: float) -> Answer:
    """Whether what is wide can leave its bounds on any record."""
    try:
        record = encode_record(plan, None, None, wide.expression)
        outside = [z3.And(negation(term.missing), negation(term.fault), z3.Or(term.value < wide.low, term.value > wide.high)) for term in _meant(wide, record)]
        return _asked([record], [*declared_ranges(plan, record.fields, record.vocabulary), either(outside)], seconds)
    except UnencodableError as problem:
        return Answer(reason=unencodable(str(problem)))


def _meant(wide: Wide, record: RecordEncoding) -> list[Term]:
    """The terms of what is wide."""
    match wide.way, wide.expression:
        case Adjustment() as adjustment, _:
            return [record.adjusted(adjustment)]
        case "numerator", Curve(subject=subject) as curve:
            return numerators(curve, record.term(subject))
        case "numerator", Sum(lines=lines) as form:
            return partial_sums(form, [record.number(line.path) for line in lines], [record.term(line.weight) for line in lines])
        case "value", expression:
            return [record.term(expression)]
        case _:
            raise UnencodableError(type(wide.expression).__name__)


def solve_first(plan: RecordPlan, name: str, best: int, seconds: float) -> Answer:
    """Whether the score can be lower with one field at a value than without it, all others being the same."""
    try:
        fields, words = fresh_fields(plan), vocabulary_of(plan)
        field = next(each for each in plan.fields if each.name == name)
        records = [RecordEncoding(plan, {**fields, name: fixed_field(field, value, words)}, words) for value in (None, best)]
        scores = [record.number("score") for record in records]
        conditions = [*declared_ranges(plan, records[1].fields, words), *(negation(score.missing) for score in scores), scores[1].value < scores[0].value]
        return _asked(records, conditions, seconds)
    except UnencodableError as problem:
        return Answer(reason=unencodable(str(problem)))


def _solve_claim(plan: RecordPlan, claim: Claim, fixed: Record, seconds: float) -> Answer:
    first = encode_record(plan, None, None, *([claim.assuming] if claim.assuming is not None else []))
    conditions = _meeting(first, claim, fixed)
    target = _target(first, claim.target)
    if claim.form == "within":
        assert isinstance(claim.low, int)
        assert isinstance(claim.high, int)
        broken = z3.And(negation(target.missing), z3.Or(target.value < claim.low, target.value > claim.high))
        return _asked([first], [*conditions, broken], seconds)
    field = next(each for each in plan.fields if each.name == claim.field)
    given = evolve(field, type=evolve(field.type, optional=False))
    first = RecordEncoding(plan, {**first.fields, field.name: fresh_field(given)}, first.vocabulary)
    second = RecordEncoding(plan, {**first.fields, field.name: fresh_field(given, " after")}, first.vocabulary)
    targets = [_target(record, claim.target) for record in (first, second)]
    ranks = [record.rank(claim.target.type, target) for record, target in zip((first, second), targets, strict=True)]
    turned = ranks[1] < ranks[0] if claim.form == "rises" else ranks[1] > ranks[0]
    grows = first.fields[field.name].value < second.fields[field.name].value
    wanted = [*_meeting(first, claim, fixed), *_meeting(second, claim, fixed), grows, *(negation(target.missing) for target in targets), turned]
    return _asked([first, second], wanted, seconds)


def _target(record: RecordEncoding, target: Expression) -> Term:
    match target:
        case NumberRead(path=path):
            return record.number(path)
        case OutcomeRead(name=name):
            return record.closed_outcome(name)
        case _:
            raise UnencodableError("target")


def _meeting(record: RecordEncoding, claim: Claim, fixed: Record) -> list[Any]:
    """What every record of the claim meets: declared ranges, what the claim assumes, and the choice of `for every`."""
    conditions = declared_ranges(record.plan, record.fields, record.vocabulary)
    if claim.assuming is not None:
        assumed = holds(claim.assuming, record)
        conditions += [assumed.value, negation(assumed.fault)]
    for field in record.plan.fields:
        if field.name in fixed:
            term = record.fields[field.name]
            conditions += [negation(term.missing), term.value == fixed_field(field, fixed[field.name], record.vocabulary).value]
    return conditions


def _asked(records: list[RecordEncoding], conditions: list[Any], seconds: float) -> Answer:
    solver = z3.Solver()
    solver.set("timeout", max(int(seconds * 1000), 1))
    solver.set("random_seed", 1)
    solver.add(both(conditions))
    answer = solver.check()
    if answer == z3.unsat:
        return Answer(proved=True)
    if answer == z3.sat:
        model = solver.model()
        return Answer(records=tuple(record.record_of(model) for record in records))
    return Answer(reason=TOO_LONG)
