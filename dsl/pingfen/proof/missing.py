"""Is a missing value ever met where the plan promises that none is? Shown by what is known behind each guard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..analysis.evaluation import assume, branches_of, evaluate, numbers_of
from ..analysis.rows import remaining_after
from ..analysis.scorecard import Outlook
from ..analysis.situation import Situation
from ..analysis.traversal import children_of
from ..node import evolve
from ..plan.expressions import AllOf, AnyOf, AtLeast, Bands, Cases, Compare, Expression, Lookup
from ..plan.record import Adjustment, Gate, Outcome, RecordPlan


def unhandled(record: RecordPlan, outlook: Outlook) -> Iterator[Expression]:
    """Expressions that may meet a missing value that nobody handles, as far as structure tells; none is proof that there is none."""
    for row, _ in outlook.stages:
        yield from _all([row.condition, row.value], outlook.ground)
    for number in record.numbers:
        situation = outlook.making if number.needs_full_stage else outlook.anywhere
        yield from met_in(number.value, situation)
        for adjustment in number.adjustments:
            yield from _adjusted(adjustment, situation)
    for outcome in record.outcomes:
        yield from _decided(outcome, outlook.anywhere)
    yield from _all([rule.condition for rule in record.linked], outlook.anywhere)
    yield from _all([rule.condition for rule in record.hidden], outlook.anywhere)


def _all(expressions: Iterable[Expression | None], situation: Situation) -> Iterator[Expression]:
    for expression in expressions:
        if expression is not None:
            yield from met_in(expression, situation)


def _adjusted(adjustment: Adjustment, situation: Situation) -> Iterator[Expression]:
    condition = adjustment.condition
    if condition is not None:
        yield from met_in(condition, situation)
    inside = situation if condition is None else assume(condition, True, situation)
    for amount in (adjustment.amount, adjustment.per):
        if amount is not None and inside is not None:
            yield from met_in(amount, inside)
            if evaluate(amount, inside).missing:
                yield amount


def _decided(outcome: Outcome, situation: Situation) -> Iterator[Expression]:
    if isinstance(outcome, Gate):
        rest: Situation | None = situation
        for value, _ in outcome.without:
            if rest is not None:
                yield from met_in(value, rest)
                rest = assume_given(value, rest)
        if rest is not None:
            yield from met_in(outcome.condition, rest)
    else:
        yield from met_in(outcome.value, situation)
        yield from _all([force.condition for force in outcome.forces], situation)


def assume_given(value: Expression, situation: Situation) -> Situation | None:
    """What is known where a value is given; None where it never is."""
    from ..analysis.possible import given_only
    from ..analysis.situation import restrict

    known = given_only(evaluate(value, situation))
    return None if known is None else restrict(value, known, situation)


def met_in(expression: Expression, situation: Situation) -> Iterator[Expression]:
    """The expressions below one, or itself, that may meet a missing value that nobody handles, in that situation."""
    match expression:
        case Compare(left=left, right=right):
            yield from _all([left, right], situation)
            if evaluate(left, situation).missing or evaluate(right, situation).missing:
                yield expression
        case AllOf(conditions=conditions) | AnyOf(conditions=conditions):
            yield from _chained(conditions, isinstance(expression, AllOf), situation)
        case AtLeast():
            return
        case Cases():
            rest: Situation | None = situation
            for row in expression.rows:
                if rest is not None:
                    yield from _decided_by(row.condition, rest)
                    rest = assume(row.condition, False, rest)
            yield from _branches(expression, situation)
        case Bands():
            yield from _banded(expression, situation)
        case Lookup(keys=keys, missing=missing):
            yield from _all(keys, situation)
            if missing is None and any(evaluate(key, situation).missing for key in keys):
                yield expression
            yield from _branches(expression, situation)
        case _:
            yield from _all(children_of(expression), situation)


def _chained(conditions: Iterable[Expression], goes_on: bool, situation: Situation) -> Iterator[Expression]:
    rest: Situation | None = situation
    for condition in conditions:
        if rest is not None:
            yield from _decided_by(condition, rest)
            rest = assume(condition, goes_on, rest)


def _decided_by(condition: Expression, situation: Situation) -> Iterator[Expression]:
    """What a condition may meet that must be true or false."""
    yield from met_in(condition, situation)
    if evaluate(condition, situation).missing:
        yield condition


def _branches(expression: Cases | Bands | Lookup, situation: Situation) -> Iterator[Expression]:
    for branch in branches_of(expression, situation):
        if branch.situation is not None:
            yield from met_in(branch.value, branch.situation)


def _banded(bands: Bands, situation: Situation) -> Iterator[Expression]:
    yield from met_in(bands.subject, situation)
    subject = numbers_of(bands.subject, situation)
    if bands.missing is None and subject.missing:
        yield bands
    rest = evolve(subject, missing=False) if subject.given else None
    for row in bands.rows:
        ends = [None if limit is None else numbers_of(limit, situation) for limit in (row.low, row.high)]
        if any(end is not None and end.missing for end in ends):
            yield bands
        rest = remaining_after(row, ends[0], ends[1], rest)
    if rest is not None and bands.otherwise is None:
        yield bands
    yield from _branches(bands, situation)
