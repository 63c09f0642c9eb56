"""Elaborates conditions: two-valued logic in which each part knows what the parts to its left have shown."""

from __future__ import annotations

from typing import assert_never

from ..binding.scopes import RowScope
from ..node import evolve
from ..plan.expressions import AllOf, AnyOf, AnyRow, AtLeast, Compare, Constant, Expression, FieldRead, IsGiven, Not
from ..plan.quantity import Numeric, Truth
from ..syntax import expressions as syntax
from . import expressions
from .guards import where_false, where_true
from .knowledge import Context
from .quotients import FreeCurve, Quotient
from .rounding import unrounded
from .unify import given, kind_name

TRUTH = Truth()
Logic = syntax.Logic | syntax.Inverted | syntax.GivenTest | syntax.AtLeastOf | syntax.AnyRows


def condition(node: syntax.Expression, context: Context) -> Expression | None:
    """An expression that is a condition: a flag, a comparison or logic."""
    made = expressions.elaborate(node, context)
    if made is None:
        return None
    if not isinstance(made.type, Truth):
        context.report("not-a-condition", node.span, text=context.known.text(node.span), kind=kind_name(made.type))
        return None
    return made if given(made, node.span, context) else None


def logic(node: Logic, context: Context) -> Expression | None:
    """Logic, tests for missing values and rows that refer to this one."""
    match node:
        case syntax.Logic():
            return _logic(node, context)
        case syntax.Inverted():
            inner = condition(node.operand, context)
            return None if inner is None else Not(inner, TRUTH)
        case syntax.GivenTest():
            return _given_test(node, context)
        case syntax.AtLeastOf():
            return _at_least(node, context)
        case syntax.AnyRows():
            return _any_rows(node, context)
        case _:
            assert_never(node)


def _logic(node: syntax.Logic, context: Context) -> Expression | None:
    stages = context.known.stage_names
    found: list[Expression] = []
    broken = False
    for operand in node.operands:
        made = condition(operand, context)
        if made is None:
            broken = True
            continue
        found.append(made)
        context = context.knowing(where_true(made, stages) if node.operator == "and" else where_false(made, stages))
    if broken:
        return None
    return AllOf(tuple(found), TRUTH) if node.operator == "and" else AnyOf(tuple(found), TRUTH)


def _given_test(node: syntax.GivenTest, context: Context) -> Expression | None:
    value = expressions.elaborate(node.subject, context)
    if value is None:
        return None
    fraction = unrounded(value)
    if fraction is not None and not isinstance(value, Quotient | FreeCurve):
        context.report("quotient-without-places", node.subject.span, text=context.known.text(node.subject.span))
        return None
    test = is_given(value)
    return Not(test, TRUTH) if node.missing else test


def is_given(value: Expression) -> Expression:
    """True where the value is not none; a quotient is none where its divisor is 0."""
    made: object = value
    match made:
        case Quotient(numerator=FieldRead()):
            return IsGiven(made.numerator, TRUTH)
        case Quotient():
            kind = made.denominator.type
            assert isinstance(kind, Numeric)
            parts: list[Expression] = [IsGiven(part, TRUTH) for part in (made.numerator, made.denominator) if part.type.optional]
            if kind.low <= 0:
                parts.append(Compare("<>", made.denominator, Constant(0, Numeric(kind.unit, kind.places, 0, 0)), TRUTH))
            return AllOf(tuple(parts), TRUTH) if len(parts) != 1 else parts[0]
        case FreeCurve():
            return IsGiven(made.subject, TRUTH)
        case _:
            return IsGiven(value, TRUTH)


def _at_least(node: syntax.AtLeastOf, context: Context) -> Expression | None:
    count = context.known.count(node.count, len(node.conditions))
    if count is None:
        return None
    found = [_counted(part, context) if node.missing_not_counted else condition(part, context) for part in node.conditions]
    return AtLeast(count, tuple(part for part in found if part is not None), TRUTH) if all(part is not None for part in found) else None


def _counted(node: syntax.Expression, context: Context) -> Expression | None:
    """A condition that is false where a value that it reads is none; of a quotient, where its divisor is 0."""
    tolerated: list[Expression] = []
    made = condition(node, evolve(context, tolerated=tolerated))
    if made is None or not tolerated:
        return made
    quotients = tuple(is_given(value) for value in dict.fromkeys(tolerated) if isinstance(value, Quotient))
    return context.known.mark(AllOf((*quotients, made), TRUTH), node.span) if quotients else made


def _any_rows(node: syntax.AnyRows, context: Context) -> Expression | None:
    symbols = context.known.symbols
    if not isinstance(context.scope, RowScope):
        context.report("rows-outside-events", node.span)
        return None
    if context.scope.is_column:
        context.report("rows-in-column", node.span)
        return None
    for name in node.populations:
        table = symbols.table_of(name.text)
        if table is None:
            return None
        references = [row for row in symbols.columns[table].values() if row.refers_to and row.refers_to.text == context.scope.table]
        if len(references) != 1:
            context.report("no-single-reference", name.span, name=name.text, table=context.scope.table, count=len(references))
            return None
    return AnyRow(tuple(name.text for name in node.populations), TRUTH)
