"""What an expression can be in a situation, and what is known where a condition holds or fails."""

from __future__ import annotations

from typing import assert_never

from ..node import evolve
from ..plan.expressions import (
    AllOf,
    AnyOf,
    AnyRow,
    Arithmetic,
    AsOfRead,
    AtLeast,
    Bands,
    BestOf,
    Cases,
    ColumnRead,
    Compare,
    Comparison,
    Constant,
    Curve,
    Divided,
    Expression,
    Extreme,
    FieldRead,
    IsGiven,
    Lookup,
    MonthOf,
    MovedTo,
    Not,
    Nothing,
    NumberRead,
    OutcomeRead,
    StageRead,
    Sum,
    TimeOfDay,
)
from ..plan.quantity import INT64_HIGH, INT64_LOW
from .comparison import NEGATED, SWAPPED, beside
from .interval import combine, curved, divided, extreme
from .possible import ABSENT, UNKNOWN, Choices, Numbers, Possible, Truths, compare, given_only, join, missing_only, of_type, within
from .rows import Branch, lookup_branches, remaining_after, row_interval
from .situation import Situation, restrict
from .sums import best, summed, table_of


def evaluate(expression: Expression, situation: Situation) -> Possible:
    """What the expression can be."""
    return situation.remember("value", expression, lambda: _evaluated(expression, situation))


def _evaluated(expression: Expression, situation: Situation) -> Possible:
    match expression:
        case Constant():
            return _written(expression)
        case Nothing():
            return missing_only(evolve(of_type(expression.type), missing=True)) or ABSENT
        case FieldRead() | NumberRead() | StageRead() | OutcomeRead() | AsOfRead() | ColumnRead():
            return situation.value_of(expression)
        case Compare() | AllOf() | AnyOf() | Not() | IsGiven() | AtLeast() | AnyRow():
            return truths_of(expression, situation)
        case Cases() | Bands() | Lookup():
            return _chosen(expression, situation)
        case Arithmetic() | Divided() | Extreme() | Curve():
            return within(_computed(expression, situation), expression.type)
        case Sum() | BestOf():
            return within(_gathered(expression, situation), expression.type)
        case MovedTo() | MonthOf() | TimeOfDay():
            return of_type(expression.type)
        case _:
            assert_never(expression)


def numbers_of(expression: Expression, situation: Situation) -> Numbers:
    """What a numeric expression can be."""
    value = evaluate(expression, situation)
    return value if isinstance(value, Numbers) else ABSENT


def _written(constant: Constant) -> Possible:
    match constant.value:
        case bool() as value:
            return Truths(true=value, false=not value)
        case int() as value:
            return Numbers(value, value)
        case str() as value:
            return Choices(frozenset([value]))
        case _:
            assert_never(constant.value)


def _computed(expression: Arithmetic | Divided | Extreme | Curve, situation: Situation) -> Numbers:
    match expression:
        case Arithmetic(left=left, right=right):
            return combine(expression, numbers_of(left, situation), numbers_of(right, situation))
        case Divided(numerator=numerator, denominator=denominator):
            return divided(expression, numbers_of(numerator, situation), numbers_of(denominator, situation))
        case Extreme(left=left, right=right):
            return extreme(expression, numbers_of(left, situation), numbers_of(right, situation))
        case Curve(subject=subject):
            return curved(expression, numbers_of(subject, situation))
        case _:
            assert_never(expression)


def _gathered(expression: Sum | BestOf, situation: Situation) -> Numbers:
    values = [_line(line.path, situation) for line in expression.lines]
    if isinstance(expression, BestOf):
        return best(expression, values)
    if table_of(expression) is None:
        return summed(expression, values, [numbers_of(line.weight, situation) for line in expression.lines])
    columns = zip(*(branches_of(line.weight, situation) for line in expression.lines if isinstance(line.weight, Lookup)), strict=True)
    reached = ([numbers_of(branch.value, situation) for branch in row] for row in columns if all(branch.situation for branch in row))
    possible = join(summed(expression, values, weights) for weights in reached)
    return possible if isinstance(possible, Numbers) else ABSENT


def _line(path: str, situation: Situation) -> Numbers:
    value = situation.known.get(("number", path))
    return value if isinstance(value, Numbers) else Numbers(INT64_LOW, INT64_HIGH, True, True)


def _chosen(expression: Cases | Bands | Lookup, situation: Situation) -> Possible:
    values = (evaluate(branch.value, branch.situation) for branch in branches_of(expression, situation) if branch.situation)
    return join(values) or of_type(expression.type)


def branches_of(expression: Cases | Bands | Lookup, situation: Situation) -> list[Branch]:
    """The branches in order, each with the situation in which it is taken; None where it never is."""
    match expression:
        case Cases():
            return _case_branches(expression, situation)
        case Bands():
            return _band_branches(expression, situation)
        case Lookup(keys=keys):
            return lookup_branches(expression, [evaluate(key, situation) for key in keys], situation)
        case _:
            assert_never(expression)


def _case_branches(cases: Cases, situation: Situation) -> list[Branch]:
    branches: list[Branch] = []
    rest: Situation | None = situation
    for row in cases.rows:
        branches.append(Branch(row, row.value, assume(row.condition, True, rest) if rest else None))
        rest = assume(row.condition, False, rest) if rest else None
    return [*branches, Branch(cases.otherwise, cases.otherwise, rest)]


def _band_branches(bands: Bands, situation: Situation) -> list[Branch]:
    subject = numbers_of(bands.subject, situation)
    branches: list[Branch] = []
    rest: Numbers | None = evolve(subject, missing=False) if subject.given else None
    for row in bands.rows:
        low = numbers_of(row.low, situation) if row.low else None
        high = numbers_of(row.high, situation) if row.high else None
        inside = row_interval(row, low, high, rest)
        branches.append(Branch(row, row.value, restrict(bands.subject, inside, situation) if inside else None))
        rest = remaining_after(row, low, high, rest)
    if bands.otherwise is not None:
        branches.append(Branch(bands.otherwise, bands.otherwise, restrict(bands.subject, rest, situation) if rest else None))
    if bands.missing is not None:
        branches.append(Branch(bands.missing, bands.missing, restrict(bands.subject, ABSENT, situation) if subject.missing else None))
    return branches


def truths_of(condition: Expression, situation: Situation) -> Truths:
    """Whether a condition can hold and can fail."""
    return situation.remember("truth", condition, lambda: _truths(condition, situation))


def _truths(condition: Expression, situation: Situation) -> Truths:
    match condition:
        case Compare(operator=operator, left=left, right=right):
            if isinstance(left, Constant) and isinstance(right, Constant):
                return UNKNOWN
            return compare(operator, evaluate(left, situation), evaluate(right, situation))
        case AllOf(conditions=conditions):
            return _chained(conditions, True, situation)
        case AnyOf(conditions=conditions):
            return _chained(conditions, False, situation)
        case Not(condition=inner):
            truths = truths_of(inner, situation)
            return Truths(truths.false, truths.true)
        case IsGiven(value=value):
            possible = evaluate(value, situation)
            return Truths(possible.given, possible.missing)
        case AtLeast(count=count, conditions=conditions):
            return _counted(count, conditions, situation)
        case _:
            known = UNKNOWN if isinstance(condition, (AnyRow, Constant)) else evaluate(condition, situation)
            return known if isinstance(known, Truths) and known.given else UNKNOWN


def _chained(conditions: tuple[Expression, ...], goes_on: bool, situation: Situation) -> Truths:
    """`and` goes on while conditions hold, `or` while they fail; each is seen where the ones before let it be reached."""
    rest: Situation | None = situation
    can_stop = False
    for condition in conditions:
        if rest is not None:
            truths = truths_of(condition, rest)
            can_stop = can_stop or (truths.false if goes_on else truths.true)
            rest = assume(condition, goes_on, rest)
    return Truths(rest is not None, can_stop) if goes_on else Truths(can_stop, rest is not None)


def _counted(count: int, conditions: tuple[Expression, ...], situation: Situation) -> Truths:
    each = [truths_of(condition, situation) for condition in conditions]
    possible = sum(truths.true for truths in each)
    return Truths(possible >= count, count > 0)


def assume(condition: Expression, holds: bool, situation: Situation) -> Situation | None:
    """What is known where the condition holds (or fails); None where it cannot."""
    return situation.remember(f"where {holds}", condition, lambda: _assumed(condition, holds, situation))


def can_be(condition: Expression, holds: bool, situation: Situation) -> bool:
    """Whether the condition can hold (or fail)."""
    truths = truths_of(condition, situation)
    return truths.true if holds else truths.false


def _assumed(condition: Expression, holds: bool, situation: Situation) -> Situation | None:
    if not can_be(condition, holds, situation):
        return None
    match condition:
        case Compare(operator=operator, left=left, right=right):
            return _assume_comparison(operator if holds else NEGATED[operator], left, right, situation)
        case AllOf(conditions=conditions):
            return _assume_all(conditions, True, situation) if holds else _assume_one(conditions, False, situation)
        case AnyOf(conditions=conditions):
            return _assume_one(conditions, True, situation) if holds else _assume_all(conditions, False, situation)
        case Not(condition=inner):
            return assume(inner, not holds, situation)
        case IsGiven(value=value):
            possible = evaluate(value, situation)
            known = given_only(possible) if holds else missing_only(possible)
            return None if known is None else restrict(value, known, situation)
        case FieldRead() | ColumnRead():
            return restrict(condition, Truths(true=holds, false=not holds), situation)
        case _:
            return situation


def _assume_all(conditions: tuple[Expression, ...], holds: bool, situation: Situation) -> Situation | None:
    rest: Situation | None = situation
    for condition in conditions:
        rest = None if rest is None else assume(condition, holds, rest)
    return rest


def _assume_one(conditions: tuple[Expression, ...], holds: bool, situation: Situation) -> Situation | None:
    """One of the conditions decides; where only one can, that one is known."""
    able = [condition for condition in conditions if can_be(condition, holds, situation)]
    return assume(able[0], holds, situation) if len(able) == 1 else situation


def _assume_comparison(operator: Comparison, left: Expression, right: Expression, situation: Situation) -> Situation | None:
    mine, theirs = evaluate(left, situation), evaluate(right, situation)
    narrowed = restrict(left, beside(operator, theirs, mine), situation)
    return None if narrowed is None else restrict(right, beside(SWAPPED[operator], mine, theirs), narrowed)
