"""The term of an expression: z3's word for each rule of `reference/expressions.py`, in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Protocol, assert_never

import z3

from ..plan.expressions import (
    AllOf,
    AnyOf,
    AnyRow,
    Arithmetic,
    AsOfRead,
    AtLeast,
    Band,
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
from ..plan.quantity import Numeric, Truth, Type
from .sums import best_of, total_of
from .terms import NEVER, Term, UnencodableError, Vocabulary, both, choose, divide, either, first_of, negation, times, where, with_fault

Condition = Compare | AllOf | AnyOf | Not | IsGiven | AtLeast


class Terms(Protocol):
    """What an expression reads, as terms."""

    vocabulary: Vocabulary

    def field(self, name: str, part: str) -> Term: ...
    def number(self, path: str) -> Term: ...
    def stage(self) -> Term: ...
    def outcome(self, name: str) -> Term: ...
    def as_of(self) -> Term: ...


def term_of(expression: Expression, terms: Terms) -> Term:
    """The term of an expression. Raises UnencodableError for what reads event tables or a clock, which no record does."""
    match expression:
        case Constant() | Nothing() | FieldRead() | NumberRead() | StageRead() | OutcomeRead() | AsOfRead():
            return _read(expression, terms)
        case Compare() | AllOf() | AnyOf() | Not() | IsGiven() | AtLeast():
            return _truth(expression, terms)
        case Arithmetic() | Divided() | Extreme():
            return _computed(expression, terms)
        case Cases() | Bands() | Curve() | Lookup():
            return _chosen(expression, terms)
        case Sum():
            return total_of(expression, [terms.number(line.path) for line in expression.lines], [term_of(line.weight, terms) for line in expression.lines])
        case BestOf():
            return best_of(expression, [terms.number(line.path) for line in expression.lines])
        case ColumnRead() | AnyRow() | MovedTo() | MonthOf() | TimeOfDay():
            raise UnencodableError(type(expression).__name__)
        case _:
            assert_never(expression)


def holds(condition: Expression, terms: Terms) -> Term:
    """The truth of a condition; one that is missing is a fault."""
    term = term_of(condition, terms)
    return Term(term.value, NEVER, either([term.fault, term.missing]))


def number_of(expression: Expression, terms: Terms) -> Term:
    """The term of a number that is never missing; a missing one is a fault."""
    return holds(expression, terms)


def nothing(kind: Type) -> Term:
    """A missing value of a type."""
    return Term(NEVER if isinstance(kind, Truth) else z3.IntVal(0), z3.BoolVal(True))


def _read(expression: Expression, terms: Terms) -> Term:
    match expression:
        case Constant(value=bool() as value):
            return Term(z3.BoolVal(value))
        case Constant(value=str() as value):
            return Term(z3.IntVal(terms.vocabulary.code(value)))
        case Constant(value=value):
            return Term(z3.IntVal(value))
        case Nothing(type=kind):
            return nothing(kind)
        case FieldRead(name=name, part=part):
            return terms.field(name, part)
        case NumberRead(path=path):
            return terms.number(path)
        case StageRead():
            return terms.stage()
        case OutcomeRead(name=name):
            return terms.outcome(name)
        case _:
            return terms.as_of()


def _truth(condition: Condition, terms: Terms) -> Term:
    match condition:
        case Compare(operator=operator, left=left, right=right):
            one, other = term_of(left, terms), term_of(right, terms)
            return Term(_compared(operator, one.value, other.value), NEVER, either([one.fault, other.fault, one.missing, other.missing]))
        case AllOf(conditions=conditions):
            return _chained([holds(part, terms) for part in conditions], goes_on=True)
        case AnyOf(conditions=conditions):
            return _chained([holds(part, terms) for part in conditions], goes_on=False)
        case Not(condition=inner):
            term = holds(inner, terms)
            return Term(negation(term.value), NEVER, term.fault)
        case IsGiven(value=inner):
            term = term_of(inner, terms)
            return Term(negation(term.missing), NEVER, term.fault)
        case AtLeast(count=count, conditions=conditions):
            each = [holds(part, terms) for part in conditions]
            return Term(z3.Sum(*[z3.If(both([term.value, negation(term.fault)]), z3.IntVal(1), z3.IntVal(0)) for term in each]) >= count)
        case _:
            assert_never(condition)


def _chained(each: Sequence[Term], *, goes_on: bool) -> Term:
    """`and` goes on while conditions hold, `or` while they do not; what is never reached is no fault."""
    fault, reached = NEVER, z3.BoolVal(True)
    for term in each:
        fault = either([fault, both([reached, term.fault])])
        reached = both([reached, term.value if goes_on else negation(term.value)])
    return Term(reached if goes_on else negation(reached), NEVER, fault)


def _compared(operator: Comparison, left: Any, right: Any) -> Any:
    match operator:
        case "=":
            return left == right
        case "<>":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right
        case _:
            assert_never(operator)


def _computed(expression: Arithmetic | Divided | Extreme, terms: Terms) -> Term:
    first, second = (expression.numerator, expression.denominator) if isinstance(expression, Divided) else (expression.left, expression.right)
    left, right = term_of(first, terms), term_of(second, terms)
    missing, fault = either([left.missing, right.missing]), either([left.fault, right.fault])
    match expression:
        case Arithmetic(operator="+"):
            return Term(left.value + right.value, missing, fault)
        case Arithmetic(operator="-"):
            return Term(left.value - right.value, missing, fault)
        case Arithmetic():
            return Term(times(left.value, right.value), missing, fault)
        case Divided(numerator=top, mode=mode, step=step):
            least = top.type.low if isinstance(top.type, Numeric) else None
            return Term(divide(left.value, right.value, mode, least) * step, either([missing, _is_zero(right.value)]), fault)
        case Extreme(kind="least"):
            return Term(where(left.value <= right.value, left.value, right.value), missing, fault)
        case Extreme():
            return Term(where(left.value >= right.value, left.value, right.value), missing, fault)
        case _:
            assert_never(expression)


def _is_zero(value: Any) -> Any:
    return z3.BoolVal(value.as_long() == 0) if z3.is_int_value(value) else value == 0


def _chosen(expression: Cases | Bands | Curve | Lookup, terms: Terms) -> Term:
    match expression:
        case Cases(rows=rows, otherwise=otherwise):
            result = term_of(otherwise, terms)
            for row in reversed(rows):
                condition = holds(row.condition, terms)
                result = with_fault(choose(condition.value, term_of(row.value, terms), result), condition.fault)
            return result
        case Bands():
            return _banded(expression, terms)
        case Curve():
            subject = term_of(expression.subject, terms)
            return Term(_curved(expression, subject.value), subject.missing, subject.fault)
        case Lookup():
            return _looked_up(expression, terms)
        case _:
            assert_never(expression)


def _required(expression: Expression | None, kind: Type, terms: Terms) -> Term:
    """A value, or a fault where there is none to give."""
    return Term(nothing(kind).value, NEVER, z3.BoolVal(True)) if expression is None else term_of(expression, terms)


def _banded(bands: Bands, terms: Terms) -> Term:
    subject = term_of(bands.subject, terms)
    result = _required(bands.otherwise, bands.type, terms)
    for row in reversed(bands.rows):
        lies = inside(subject, row, terms)
        result = with_fault(choose(lies.value, term_of(row.value, terms), result), lies.fault)
    return with_fault(choose(subject.missing, _required(bands.missing, bands.type, terms), result), subject.fault)


def inside(subject: Term, row: Band, terms: Terms) -> Term:
    """Whether a given subject lies in a row."""
    conditions, faults = [], []
    for limit, closed, strict, loose in ((row.low, row.low_closed, ">", ">="), (row.high, row.high_closed, "<", "<=")):
        if limit is not None:
            end = number_of(limit, terms)
            operator: Any = loose if closed else strict
            conditions.append(_compared(operator, subject.value, end.value))
            faults.append(end.fault)
    return Term(both(conditions), NEVER, either(faults))


def _curved(curve: Curve, x: Any) -> Any:
    points = curve.points
    result = divide(z3.IntVal(points[-1][1]), z3.IntVal(curve.unit), curve.mode)
    for (x0, y0), (x1, y1) in reversed([*pairwise(points)]):
        slope = divide(y0 * (x1 - x0) + (y1 - y0) * (x - x0), z3.IntVal((x1 - x0) * curve.unit), curve.mode, 0 if min(y0, y1) >= 0 else None)
        result = where(x <= x1, slope, result)
    return where(x <= points[0][0], divide(z3.IntVal(points[0][1]), z3.IntVal(curve.unit), curve.mode), result) * curve.step


def numerators(curve: Curve, subject: Term) -> list[Term]:
    """What each stretch of a curve divides, and the products that it adds; missing where the subject is not on the stretch."""
    found = []
    for (x0, y0), (x1, y1) in pairwise(curve.points):
        elsewhere = either([subject.missing, subject.value < x0, subject.value > x1])
        products = z3.IntVal(y0 * (x1 - x0)), (y1 - y0) * (subject.value - x0)
        found += [Term(value, elsewhere, subject.fault) for value in (*products, products[0] + products[1])]
    return found


def _looked_up(lookup: Lookup, terms: Terms) -> Term:
    keys = [term_of(key, terms) for key in lookup.keys]
    rows = []
    for row in lookup.rows:
        matches = [key.value == terms.vocabulary.code(word) for word, key in zip(row.match, keys, strict=True) if word is not None]
        rows.append((both(matches), term_of(row.value, terms)))
    *rest, (always, last) = rows
    found = first_of(rest, last if z3.is_true(always) else choose(always, last, _required(None, lookup.type, terms)))
    missing = either(key.missing for key in keys)
    return with_fault(choose(missing, _required(lookup.missing, lookup.type, terms), found), *(key.fault for key in keys))
