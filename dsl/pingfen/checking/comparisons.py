"""Elaborates comparisons: of numbers at one scale, of exact quotients by cross-multiplication, of choices, texts, flags, days and clock times."""

from __future__ import annotations

from typing import assert_never, cast

from ..binding.scopes import near
from ..plan.expressions import AllOf, AnyOf, Compare, Comparison, Constant, Expression, Not, TimeOfDay
from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from ..source import Span
from ..syntax import expressions as syntax
from ..syntax.keywords import spellings
from . import expressions
from .arithmetic import product
from .dates import day_of_literal, start_of
from .knowledge import Context
from .quotients import Quotient
from .rounding import times, unrounded
from .unify import Placed, given, kind_name, meeting_unit, report_mixed, unified

TRUTH = Truth()
YES, NO, NONE = spellings("yes"), spellings("no"), spellings("none")
Text = syntax.Name | syntax.TextLiteral


def comparison(node: syntax.Comparison | syntax.Is | syntax.InList | syntax.InRange, context: Context) -> Expression | None:
    """A comparison of any kind."""
    match node:
        case syntax.Comparison():
            return _comparison(node, context)
        case syntax.Is():
            return _is(node.subject, (node.value,), node.negated, context)
        case syntax.InList():
            return _in_list(node, context)
        case syntax.InRange():
            return _in_range(node, context)
        case _:
            assert_never(node)


def _comparison(node: syntax.Comparison, context: Context) -> Expression | None:
    for side in (node.left, node.right):
        if isinstance(side, syntax.NoneLiteral):
            context.report("none-as-value", node.span, text=context.known.text(node.span))
            return None
    left = expressions.elaborate(node.left, context)
    if left is None:
        return None
    if isinstance(node.right, syntax.DateLiteral) and isinstance(left.type, Numeric) and left.type.unit == "time":
        return _against_day(node.operator, left, node.left.span, node.right, context)
    right = expressions.elaborate(node.right, context)
    if right is None:
        return None
    return compare(node.operator, (left, node.left.span), (right, node.right.span), context)


def compare(operator: Comparison, left: Placed, right: Placed, context: Context) -> Expression | None:
    """`left operator right`; both must be given where it is evaluated."""
    if isinstance(left[0].type, Numeric | Exact) and isinstance(right[0].type, Numeric | Exact):
        return _compare_numbers(operator, left, right, context)
    one, other = kind_name(left[0].type), kind_name(right[0].type)
    texts = isinstance(left[0].type, Words) and isinstance(right[0].type, Words)
    flags = isinstance(left[0].type, Truth) and isinstance(right[0].type, Truth)
    if not texts and not (flags and operator in ("=", "<>")):
        report_mixed(context, left[1], one, right[1], other, operator)
        return None
    if not _given_both(left, right, context) or not _may_be_equal(left, right, context) or not _has_order(operator, left, right, context):
        return None
    return Compare(operator, left[0], right[0], TRUTH)


def _has_order(operator: Comparison, left: Placed, right: Placed, context: Context) -> bool:
    """Whether `<` and its like stand between texts: choices have no order, and their names in the order of bytes are not what a reader would expect."""
    for value, span in (left, right):
        if operator not in ("=", "<>") and isinstance(value.type, Words) and value.type.options and not isinstance(value, Constant):
            options = ", ".join(value.type.options)
            context.report("choice-without-order", span, text=context.known.text(span), operator=operator, options=options)
            return False
    return True


def _may_be_equal(left: Placed, right: Placed, context: Context) -> bool:
    """Whether a written text is one of the choices that it is compared with."""
    for (text, span), (other, _) in ((left, right), (right, left)):
        if isinstance(text, Constant) and isinstance(text.value, str) and isinstance(other.type, Words) and other.type.options:
            return _is_option(syntax.TextLiteral(text.value, span), other.type, context)
    return True


def _given_both(left: Placed, right: Placed, context: Context) -> bool:
    first, second = given(*left, context), given(*right, context)
    return first and second


def _compare_numbers(operator: Comparison, left: Placed, right: Placed, context: Context) -> Expression | None:
    for value, span in (left, right):
        fraction = unrounded(value)
        if fraction is not None and not (fraction is cast(object, value) and isinstance(fraction, Quotient) and fraction.exact):
            context.report("quotient-without-places", span, text=context.known.text(span))
            return None
    if not _given_both(left, right, context):
        return None
    if isinstance(left[0].type, Exact) or isinstance(right[0].type, Exact):
        return _crosswise(operator, left, right, context)
    pair = unified([left, right], context, operator)
    return None if pair is None else Compare(operator, pair[0], pair[1], TRUTH)


def _crosswise(operator: Comparison, left: Placed, right: Placed, context: Context) -> Expression | None:
    """n1 / d1 against n2 / d2 as n1 * d2 against n2 * d1: exact, for divisors are positive."""
    if meeting_unit([left, right], context, operator) is None:
        return None
    span = Span(min(left[1].start, right[1].start), max(left[1].end, right[1].end))
    (top, bottom, places), (other_top, other_bottom, other_places) = _fraction(left[0]), _fraction(right[0])
    common = max(places, other_places)
    first = times(_multiplied(top, other_bottom), 10 ** (common - places), context.known, span)
    second = times(_multiplied(other_top, bottom), 10 ** (common - other_places), context.known, span)
    if first is None or second is None or context.known.fitting(first, span) is None or context.known.fitting(second, span) is None:
        return None
    return Compare(operator, first, second, TRUTH)


def _fraction(value: Expression) -> tuple[Expression, Expression | None, int]:
    made: object = value
    if isinstance(made, Quotient):
        return made.numerator, made.denominator, made.type.places
    assert isinstance(value.type, Numeric)
    return value, None, value.type.places


def _multiplied(value: Expression, factor: Expression | None) -> Expression:
    if factor is None:
        return value
    return product(value, factor, "number")


def _against_day(operator: Comparison, left: Expression, span: Span, literal: syntax.DateLiteral, context: Context) -> Expression | None:
    """A time against a whole day: `<` is before it begins, `<=` before the next begins."""
    day = day_of_literal(literal, context.known)
    if day is None or not given(left, span, context):
        return None
    start, end = start_of(day, context.known), start_of(day + 1, context.known)
    inside = AllOf((Compare(">=", left, start, TRUTH), Compare("<", left, end, TRUTH)), TRUTH)
    match operator:
        case "<" | ">=":
            return Compare(operator, left, start, TRUTH)
        case "<=":
            return Compare("<", left, end, TRUTH)
        case ">":
            return Compare(">=", left, end, TRUTH)
        case "=":
            return inside
        case "<>":
            return Not(inside, TRUTH)
        case _:
            assert_never(operator)


def _is(subject_node: syntax.Expression, values: tuple[Text, ...], negated: bool, context: Context) -> Expression | None:
    subject = expressions.elaborate(subject_node, context)
    if subject is None:
        return None
    kind, text = subject.type, context.known.text(subject_node.span)
    if not isinstance(kind, Words):
        context.report("not-a-choice", subject_node.span, text=text, kind=kind_name(kind), flag=_as_condition(text, values, negated, kind))
        return None
    if _asks_for_none(values, kind):
        context.report("none-as-value", values[0].span, text=f"{text} is {'not ' if negated else ''}none", asked=f"{text} {'given' if negated else 'missing'}")
        return None
    options = [_is_option(value, kind, context) for value in values]
    if not all(options) or not given(subject, subject_node.span, context):
        return None
    tests = tuple(Compare("<>" if negated else "=", subject, Constant(value.text, Words((value.text,))), TRUTH) for value in values)
    if len(tests) == 1:
        return tests[0]
    return AllOf(tests, TRUTH) if negated else AnyOf(tests, TRUTH)


def _as_condition(text: str, values: tuple[Text, ...], negated: bool, kind: Type) -> str:
    """A flag that is asked like a choice (`joined is yes`), as the condition that it is; "" for anything else."""
    word = values[0].text if len(values) == 1 else ""
    if not isinstance(kind, Truth) or word not in (*YES, *NO):
        return ""
    return text if (word in YES) != negated else f"not {text}"


def _asks_for_none(values: tuple[Text, ...], kind: Words) -> bool:
    """Whether `is none` is written, which no choice is called."""
    return len(values) == 1 and isinstance(values[0], syntax.Name) and values[0].text in NONE and values[0].text not in kind.options


def _is_option(value: Text, kind: Words, context: Context) -> bool:
    if not kind.options and isinstance(value, syntax.Name):
        context.report("text-without-quotes", value.span, name=value.text)
        return False
    if not kind.options or value.text in kind.options:
        return True
    alike = near(value.text, kind.options)
    options = ", ".join(f"`{option}`" for option in kind.options)
    context.report("unknown-option", value.span, name=value.text, options=options, near=" or ".join(f"`{name}`" for name in alike))
    return False


def _in_list(node: syntax.InList, context: Context) -> Expression | None:
    texts = tuple(value for value in node.values if not isinstance(value, syntax.NumberLiteral))
    if len(texts) == len(node.values):
        return _is(node.subject, texts, node.negated, context)
    subject = expressions.elaborate(node.subject, context)
    if subject is None:
        return None
    tests: list[Expression] = []
    for literal in node.values:
        if not isinstance(literal, syntax.NumberLiteral):
            report_mixed(context, node.subject.span, kind_name(subject.type), literal.span, "text", "in")
            return None
        value = expressions.elaborate(literal, context)
        test = value and compare("<>" if node.negated else "=", (subject, node.subject.span), (value, literal.span), context)
        if test is None:
            return None
        tests.append(test)
    return AllOf(tuple(tests), TRUTH) if node.negated else AnyOf(tuple(tests), TRUTH)


def _in_range(node: syntax.InRange, context: Context) -> Expression | None:
    subject = expressions.elaborate(node.subject, context)
    if subject is None:
        return None
    if isinstance(subject.type, Numeric) and subject.type.unit == "time" and isinstance(node.low, syntax.ClockLiteral):
        inside = _by_clock(node, subject, context)
    elif isinstance(subject.type, Numeric) and subject.type.unit == "time" and isinstance(node.low, syntax.DateLiteral):
        inside = _by_days(node, subject, context)
    else:
        inside = _by_ends(node, subject, context)
    return Not(inside, TRUTH) if inside is not None and node.negated else inside


def _by_ends(node: syntax.InRange, subject: Expression, context: Context) -> Expression | None:
    low, high = expressions.elaborate(node.low, context), expressions.elaborate(node.high, context)
    if low is None or high is None:
        return None
    above = compare(">" if node.low_open else ">=", (subject, node.subject.span), (low, node.low.span), context)
    below = compare("<" if node.high_open else "<=", (subject, node.subject.span), (high, node.high.span), context)
    if above is None or below is None:
        return None
    if isinstance(above, Compare) and isinstance(below, Compare) and _is_empty(low, high, bool(node.low_open or node.high_open)):
        context.report("empty-range", node.span, low=context.known.text(node.low.span), high=context.known.text(node.high.span))
        return None
    return AllOf((above, below), TRUTH)


def _is_empty(low: Expression, high: Expression, is_open: bool) -> bool:
    if not isinstance(low, Constant) or not isinstance(high, Constant) or not isinstance(low.type, Numeric) or not isinstance(high.type, Numeric):
        return False
    first, last = low.type.low * 10**high.type.places, high.type.low * 10**low.type.places
    return first > last or (is_open and first == last)


def _by_clock(node: syntax.InRange, subject: Expression, context: Context) -> Expression | None:
    """Half-open, and past midnight where the start is later than the end."""
    if not isinstance(node.low, syntax.ClockLiteral) or not isinstance(node.high, syntax.ClockLiteral):
        report_mixed(context, node.low.span, "time of day", node.high.span, "date", "..")
        return None
    if not context.has_clock(node.span) or not given(subject, node.subject.span, context):
        return None
    start, end = node.low.seconds, node.high.seconds
    if start == end:
        context.report("empty-range", node.span, low=context.known.text(node.low.span), high=context.known.text(node.high.span))
        return None
    clock = TimeOfDay(subject, Numeric("time of day", 0, 0, 86399, subject.type.optional))
    ends = [Constant(second, Numeric("time of day", 0, second, second)) for second in (start, end)]
    after = Compare(">" if node.low_open else ">=", clock, ends[0], TRUTH)
    before = Compare("<=" if node.high_open is False else "<", clock, ends[1], TRUTH)
    return AllOf((after, before), TRUTH) if start < end else AnyOf((after, before), TRUTH)


def _by_days(node: syntax.InRange, subject: Expression, context: Context) -> Expression | None:
    if not isinstance(node.low, syntax.DateLiteral) or not isinstance(node.high, syntax.DateLiteral):
        report_mixed(context, node.low.span, "date", node.high.span, "time", "..")
        return None
    after = _against_day(">" if node.low_open else ">=", subject, node.subject.span, node.low, context)
    before = _against_day("<" if node.high_open else "<=", subject, node.subject.span, node.high, context)
    if after is None or before is None:
        return None
    first, last = day_of_literal(node.low, context.known), day_of_literal(node.high, context.known)
    if first is not None and last is not None and (first > last or (first == last and (node.low_open or node.high_open))):
        context.report("empty-range", node.span, low=context.known.text(node.low.span), high=context.known.text(node.high.span))
        return None
    return AllOf((after, before), TRUTH)
