"""Expressions of the plan as Python expressions over scaled integers.

The tree of a value is straight Python: no calls, constants folded, None asked only where the value may be missing. With `known` the caller knows that
the value is given (a comparison behind its guard), so nothing is asked at all. Where a condition that reads a missing value counts as false (AtLeast),
conditions are written so that they give None when they meet one.
"""

from __future__ import annotations

import ast
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
from .bands import banded, curved, looked_up
from .division import divided
from .scope import Scope
from .sums import best_of, summed
from .tree import FALSE, NONE, TRUE, add, all_of, any_of, bind, choose, compare, compute, constant, either, is_none, is_simple, name, negate, number_in, reader
from .value import NOTHING, Value, given, joined, nullable, span, whole


class UnscorableError(Exception):
    """The plan reads something that a record does not hold, or is nested too deeply for Python. `reason` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def value_of(expression: Expression, scope: Scope, known: bool = False) -> Value:
    """The value of an expression; `known` says that it is given wherever it is evaluated."""
    match expression:
        case Constant() | Nothing() | FieldRead() | NumberRead() | StageRead() | OutcomeRead() | AsOfRead():
            value = _read(expression, scope)
            return given(value) if known else value
        case Compare() | AllOf() | AnyOf() | Not() | IsGiven() | AtLeast():
            return Value(condition_of(expression, scope))
        case Arithmetic() | Divided() | Extreme():
            return _computed(expression, scope, known)
        case Cases():
            return _settled(*_by_cases(expression, scope, known), scope, known)
        case Bands() | Curve() | Lookup():
            return _chosen(expression, scope, known)
        case Sum() | BestOf():
            return _over_lines(expression, scope)
        case ColumnRead() | AnyRow() | MovedTo() | MonthOf() | TimeOfDay():
            raise UnscorableError("a read of what is not there")
        case _:
            assert_never(expression)


def condition_of(expression: Expression, scope: Scope) -> ast.expr:
    """A condition as a Python condition. In a tolerant scope it gives None where it met a missing value."""
    match expression:
        case Compare():
            return _compared(expression, scope)
        case AllOf(conditions=conditions):
            return all_of([condition_of(part, scope) for part in conditions])
        case AnyOf(conditions=conditions):
            return _any_of([condition_of(part, scope) for part in conditions], scope)
        case Not(condition=inner):
            return _negated(condition_of(inner, scope), scope)
        case IsGiven(value=inner):
            return negate(any_of(value_of(inner, scope).missing))
        case AtLeast():
            return _at_least(expression, scope)
        case _:
            return whole(value_of(expression, scope, not scope.tolerant))


def _read(expression: Expression, scope: Scope) -> Value:
    match expression:
        case Constant(value=value):
            interval = (value, value) if type(value) is int else (0, 0)
            return Value(constant(value), *interval)
        case FieldRead(name=identifier, part=part):
            return _field(scope.fields.get(identifier, ()), part)
        case NumberRead(path=path):
            return _required(scope.numbers.get(path))
        case StageRead():
            return Value(scope.stage)
        case OutcomeRead(name=identifier):
            return _required(scope.outcomes.get(identifier))
        case AsOfRead():
            return _required(scope.as_of)
        case _:
            return NOTHING


def _required(value: Value | None) -> Value:
    if value is None:
        raise UnscorableError("a read of what is not there")
    return value


def _field(values: tuple[Value, ...], part: str) -> Value:
    if len(values) == 2 and part == "":
        numerator, denominator = values
        return Value(ast.Tuple([numerator.tree, denominator.tree], ast.Load()), missing=numerator.missing)
    if len(values) != (1 if part == "" else 2):
        raise UnscorableError("a read of what is not there")
    numerator = values[0]
    return values[1] if part == "denominator" else numerator


def _settled(tree: ast.expr, low: int, high: int, optional: bool, scope: Scope, known: bool) -> Value:
    return nullable(tree, scope.fresh(), low, high) if optional and not known else Value(tree, low, high)


def _computed(expression: Arithmetic | Divided | Extreme, scope: Scope, known: bool) -> Value:
    match expression:
        case Arithmetic(operator=operator, left=first, right=second):
            left, right = value_of(first, scope, known), value_of(second, scope, known)
            ends = [number_in(compute(operator, constant(a), constant(b))) or 0 for a in (left.low, left.high) for b in (right.low, right.high)]
            return Value(compute(operator, left.tree, right.tree), min(ends), max(ends), joined(left, right))
        case Divided():
            return _divided(expression, scope, known)
        case Extreme(kind=kind, left=first, right=second):
            return _extreme(kind, value_of(first, scope, known), value_of(second, scope, known), scope)
        case _:
            assert_never(expression)


def _divided(expression: Divided, scope: Scope, known: bool) -> Value:
    numerator, denominator = value_of(expression.numerator, scope, known), value_of(expression.denominator, scope, known)
    missing = joined(numerator, denominator)
    if denominator.low <= 0 and not known:
        local = scope.fresh()
        missing = (*missing, compare("=", bind(local, denominator.tree), constant(0)))
        denominator = evolve(denominator, tree=name(local))
    return evolve(divided(numerator, denominator, expression.mode, expression.step, scope.fresh), missing=missing)


def _extreme(kind: str, left: Value, right: Value, scope: Scope) -> Value:
    pick = min if kind == "least" else max
    low, high = pick(left.low, right.low), pick(left.high, right.high)
    first, second = reader(left.tree, scope.fresh), reader(right.tree, scope.fresh)
    test = compare("<=" if kind == "least" else ">=", first(), second())
    return Value(either(test, first(), second()), low, high, joined(left, right))


def _compared(expression: Compare, scope: Scope) -> ast.expr:
    known = not scope.tolerant
    left, right = value_of(expression.left, scope, known), value_of(expression.right, scope, known)
    return whole(Value(compare(expression.operator, left.tree, right.tree), missing=joined(left, right)))


def _any_of(conditions: list[ast.expr], scope: Scope) -> ast.expr:
    if not scope.tolerant:
        return any_of(conditions)
    result: ast.expr = FALSE
    for condition in reversed(conditions):
        local = scope.fresh()
        result = either(is_none(bind(local, condition)), NONE, any_of([name(local), result]))
    return result


def _negated(condition: ast.expr, scope: Scope) -> ast.expr:
    if not scope.tolerant:
        return negate(condition)
    local = scope.fresh()
    return either(is_none(bind(local, condition)), NONE, negate(name(local)))


def _at_least(expression: AtLeast, scope: Scope) -> ast.expr:
    outer, scope.tolerant = scope.tolerant, True
    conditions = [condition_of(part, scope) for part in expression.conditions]
    scope.tolerant = outer
    return compare(">=", add([either(condition, constant(1), constant(0)) for condition in conditions]), constant(expression.count))


def _by_cases(expression: Cases, scope: Scope, known: bool) -> tuple[ast.expr, int, int, bool]:
    values = [value_of(row.value, scope, known) for row in expression.rows]
    otherwise = value_of(expression.otherwise, scope, known)
    rows: list[tuple[ast.expr, ast.expr]] = []
    for row, value in zip(expression.rows, values, strict=True):
        condition = condition_of(row.condition, scope)
        if scope.tolerant:
            local = scope.fresh()
            rows.append((is_none(bind(local, condition)), NONE))
            condition = name(local)
        rows.append((condition, whole(value)))
    optional = scope.tolerant or any(value.missing for value in (*values, otherwise))
    return choose(rows, whole(otherwise)), *span([*values, otherwise]), optional


def _chosen(expression: Bands | Curve | Lookup, scope: Scope, known: bool) -> Value:
    match expression:
        case Curve():
            subject = value_of(expression.subject, scope, known)
            return evolve(curved(expression, subject, scope.fresh), missing=subject.missing)
        case Bands():
            return _banded(expression, scope, known)
        case Lookup():
            return _looked_up(expression, scope, known)
        case _:
            assert_never(expression)


def _banded(expression: Bands, scope: Scope, known: bool) -> Value:
    subject = value_of(expression.subject, scope, expression.missing is None and not scope.tolerant)
    values = [value_of(row.value, scope, known) for row in expression.rows]
    limits = [tuple(None if end is None else value_of(end, scope, True) for end in (row.low, row.high)) for row in expression.rows]
    otherwise = [] if expression.otherwise is None else [value_of(expression.otherwise, scope, known)]
    tree = banded(expression.rows, limits, subject, [whole(value) for value in values], whole(otherwise[0]) if otherwise else None, scope.fresh)
    return _with_missing(expression.missing, subject, tree, [*values, *otherwise], scope, known)


def _looked_up(expression: Lookup, scope: Scope, known: bool) -> Value:
    keys = [_simple(value_of(key, scope, expression.missing is None and not scope.tolerant), scope) for key in expression.keys]
    values = [value_of(row.value, scope, known) for row in expression.rows]
    tree = looked_up(expression.rows, [key.tree for key in keys], [whole(value) for value in values], scope)
    return _with_missing(expression.missing, Value(TRUE, missing=joined(*keys)), tree, values, scope, known)


def _simple(value: Value, scope: Scope) -> Value:
    return value if is_simple(value.tree) else nullable(whole(value), scope.fresh(), 0, 0)


def _with_missing(missing: Expression | None, subject: Value, tree: ast.expr, values: list[Value], scope: Scope, known: bool) -> Value:
    """`tree`, or the value of `missing` where the subject is missing."""
    if not subject.missing:
        return _settled(tree, *span(values), any(value.missing for value in values), scope, known)
    fallback = NOTHING if missing is None else value_of(missing, scope, known)
    optional = any(value.missing for value in (*values, fallback))
    return _settled(either(any_of(subject.missing), whole(fallback), tree), *span([*values, fallback]), optional, scope, known)


def _over_lines(expression: Sum | BestOf, scope: Scope) -> Value:
    values = [_required(scope.numbers.get(line.path)) for line in expression.lines]
    if isinstance(expression, BestOf):
        return best_of(expression, values, scope.fresh)
    return summed(expression, values, [value_of(line.weight, scope, True) for line in expression.lines], scope.fresh)
