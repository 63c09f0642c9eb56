"""Elaborates cases, and brings the branches of any value together in one unit and at one scale."""

from __future__ import annotations

from ..plan.expressions import Case, Cases, Expression, Nothing
from ..plan.quantity import Exact, Truth, Type, Words
from ..syntax import expressions as syntax
from . import expressions
from .conditions import condition
from .guards import where_false, where_true
from .knowledge import Context
from .rounding import joined_type, unrounded
from .unify import Placed, kind_name, numeric_of, report_mixed, unified


def branches(values: list[Placed], context: Context) -> tuple[list[Expression], Type] | None:
    """The branches of one value in one unit and at one scale, and the type that holds them all; None where they do not meet (reported)."""
    firm: list[Placed] = [(value, span) for value, span in values if not isinstance(value, Nothing)]
    if firm and isinstance(firm[0][0].type, Words | Truth):
        return _word_branches(values, firm, context)
    numbers = [numeric_of(value, span, context) for value, span in values]
    if not all(numbers):
        return None
    brought = unified(values, context, "else")
    if brought is None:
        return None
    if any(unrounded(value) for value in brought):
        unit = next(value.type.unit for value in brought if isinstance(value.type, Exact))
        optional = any(value.type.optional for value in brought)
        return brought, Exact(unit, 0, 0, 0, 0, optional)
    return brought, joined_type(brought)


def _word_branches(values: list[Placed], firm: list[Placed], context: Context) -> tuple[list[Expression], Type] | None:
    first, first_span = firm[0]
    for value, span in firm[1:]:
        if type(value.type) is not type(first.type):
            report_mixed(context, first_span, kind_name(first.type), span, kind_name(value.type), "else")
            return None
    optional = len(firm) < len(values) or any(value.type.optional for value, _ in firm)
    if isinstance(first.type, Truth):
        kind: Type = Truth(optional)
    else:
        texts = dict.fromkeys(option for value, _ in firm if isinstance(value.type, Words) for option in value.type.options)
        is_choice = all(isinstance(value.type, Words) and value.type.options for value, _ in firm)
        kind = Words(tuple(texts) if is_choice else (), optional)
    return [Nothing(kind) if isinstance(value, Nothing) else value for value, _ in values], kind


def cases(node: syntax.CaseBlock, context: Context) -> Expression | None:
    """The value of the first case that holds; each case knows that those before it do not. None where it is wrong (reported)."""
    known = context.known
    conditions: list[Expression] = []
    values: list[Placed] = []
    broken = False
    for row in node.rows:
        test = condition(row.condition, context) if row.condition is not None else None
        inside = context.knowing(where_true(test, known.stage_names)) if test is not None else context
        value = expressions.elaborate(row.value, inside)
        broken = broken or value is None or (test is None and row.condition is not None)
        if value is not None:
            values.append((value, row.value.span))
        if test is not None:
            conditions.append(test)
            context = context.knowing(where_false(test, known.stage_names))
    if not node.rows or node.rows[-1].condition is not None or any(row.condition is None for row in node.rows[:-1]):
        known.report("cases-without-else", node.span)
        return None
    made = None if broken else branches(values, context)
    if made is None:
        return None
    found, kind = made
    rows = tuple(known.mark(Case(*pair), row.span) for pair, row in zip(zip(conditions, found, strict=False), node.rows, strict=False))
    return Cases(rows, found[-1], kind) if rows else found[-1]
