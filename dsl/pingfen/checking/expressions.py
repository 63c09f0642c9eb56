"""Elaborates expressions: from what was written to typed expressions of the plan. A mistake is reported once and gives None, which readers pass on silently."""

from __future__ import annotations

from typing import assert_never, cast

from ..plan.expressions import Arithmetic, AsOfRead, Constant, Expression, Extreme, MonthOf, MovedTo, Nothing
from ..plan.quantity import Exact, Numeric, Truth, Unit, Words
from ..source import Span
from ..syntax import expressions as syntax
from . import bands, cases, comparisons, conditions, curves, references
from .arithmetic import binary, negated
from .dates import date_constant, days_of_years, instant_constant
from .knowledge import Context, Rounding
from .quantities import constant, literal_constant, literal_unit, step_of
from .quotients import Quotient
from .rounding import rounded
from .unify import numeric_of, report_mixed, unified

DATE = Numeric("date", 0, 0, 0)


def elaborate(node: syntax.Expression, context: Context) -> Expression | None:
    """The typed expression, marked with its span; fractions stay unrounded (see quotients.py)."""
    made = _elaborate(node, context)
    return context.known.fitting(made, node.span) if made is not None else None


def _elaborate(node: syntax.Expression, context: Context) -> Expression | None:
    match node:
        case syntax.NumberLiteral() | syntax.TextLiteral() | syntax.FlagLiteral() | syntax.NoneLiteral():
            return _literal(node, context)
        case syntax.DateLiteral():
            return date_constant(node, context)
        case syntax.InstantLiteral():
            return instant_constant(node, context)
        case syntax.ClockLiteral():
            return constant(node.seconds, "time of day")
        case syntax.Reference():
            return references.read(node, context)
        case syntax.Negated():
            return negated(node, context)
        case syntax.Binary():
            return binary(node, context)
        case syntax.Rounding():
            return _rounding(node, context)
        case syntax.Limited():
            return _limited(node, context)
        case syntax.Call():
            return _call(node, context)
        case syntax.Moved():
            return _moved(node, context)
        case syntax.CaseBlock():
            return cases.cases(node, context)
        case syntax.LadderBlock() | syntax.RangeBlock():
            return bands.bands(node, context)
        case syntax.CurveBlock():
            return curves.curve(node, context)
        case syntax.Comparison() | syntax.Is() | syntax.InList() | syntax.InRange():
            return comparisons.comparison(node, context)
        case syntax.Logic() | syntax.Inverted() | syntax.GivenTest() | syntax.AtLeastOf() | syntax.AnyRows():
            return conditions.logic(node, context)
        case _:
            assert_never(node)


def _literal(node: syntax.NumberLiteral | syntax.TextLiteral | syntax.FlagLiteral | syntax.NoneLiteral, context: Context) -> Expression | None:
    match node:
        case syntax.NumberLiteral():
            written = context.known.literal(node)
            if written.unit == "month":
                context.report("month-outside-window", node.span, text=context.known.text(node.span))
                return None
            return literal_constant(written)
        case syntax.TextLiteral():
            return Constant(node.text, Words((node.text,)))
        case syntax.FlagLiteral():
            return Constant(node.value, Truth())
        case syntax.NoneLiteral():
            return Nothing(Numeric("number", 0, 0, 0, True))
        case _:
            assert_never(node)


def _rounding(node: syntax.Rounding, context: Context) -> Expression | None:
    value = elaborate(node.value, context)
    if value is None:
        return None
    if node.step is None:
        return exactly(value, node.span, context)
    rounding = rounding_of(node.mode, node.step, value, context)
    return rounded(value, rounding, context.known, node.span) if rounding else None


def exactly(value: Expression, span: Span, context: Context) -> Expression | None:
    """The value with all its digits: a quotient keeps numerator and denominator, other fractions cannot."""
    made: object = value
    if isinstance(made, Quotient):
        return cast(Expression, Quotient(made.numerator, made.denominator, made.type, made.ratio, True))
    if isinstance(value.type, Exact):
        context.report("not-exact", span)
        return None
    return value


def rounding_of(mode: syntax.Mode, step: syntax.NumberLiteral, value: Expression, context: Context) -> Rounding | None:
    """The rounding that a step says for a value; None (reported) where the step has another unit or is 0."""
    known = context.known
    written = known.literal(step)
    kind = value.type
    if not isinstance(kind, Numeric | Exact):
        context.report("not-a-number", step.span, text=context.known.text(step.span))
        return None
    size, places = step_of(written)
    unit = literal_unit(written)
    wanted: Unit = kind.unit if kind.unit in ("share", "duration") else "number"
    made: object = value
    ratio = isinstance(made, Quotient) and made.ratio and unit == "share"
    if size <= 0 or written.unit == "month" or kind.unit in ("date", "time", "month", "time of day"):
        known.report("step-not-positive" if size <= 0 else "not-a-number", step.span, text=known.text(step.span))
        return None
    if unit != wanted and not ratio and not isinstance(value, Nothing):
        report_mixed(context, step.span, unit, step.span, kind.unit, "to")
        return None
    return Rounding(places, size, mode, unit)  # type: ignore[arg-type]


def _limited(node: syntax.Limited, context: Context) -> Expression | None:
    value, limit = elaborate(node.value, context), elaborate(node.limit, context)
    if value is None or limit is None or not numeric_of(value, node.value.span, context) or not numeric_of(limit, node.limit.span, context):
        return None
    pair = unified([(value, node.value.span), (limit, node.limit.span)], context, node.kind)
    if pair is None:
        return None
    left, right = pair
    kind, other = left.type, right.type
    assert isinstance(kind, Numeric | Exact)
    assert isinstance(other, Numeric | Exact)
    least = node.kind == "at most"
    low, high = (min(kind.low, other.low), min(kind.high, other.high)) if least else (max(kind.low, other.low), max(kind.high, other.high))
    optional = kind.optional or other.optional
    if isinstance(kind, Exact) or isinstance(other, Exact):
        return Extreme("least" if least else "greatest", left, right, Exact(kind.unit, 0, 0, 0, 0, optional))
    return Extreme("least" if least else "greatest", left, right, Numeric(kind.unit, kind.places, low, high, optional))


def _call(node: syntax.Call, context: Context) -> Expression | None:
    value = elaborate(node.argument, context)
    if value is None or not numeric_of(value, node.argument.span, context):
        return None
    kind = value.type
    assert isinstance(kind, Numeric | Exact)
    wanted = {"points": "share", "month": "time", "age": "date"}[node.function]
    if kind.unit != wanted:
        report_mixed(context, node.argument.span, kind.unit, node.span, cast(Unit, wanted), node.function)
        return None
    if isinstance(kind, Exact):
        return _points_of_fraction(value, kind, node.argument.span, context)
    match node.function:
        case "points":
            return _points(value, kind)
        case "month" if not context.has_clock(node.span):
            return None
        case "month":
            return MonthOf(value, Numeric("month", 0, context.known.first_year * 12 - 12, context.known.last_year * 12 + 23, kind.optional))
        case "age":
            return _age(value, kind, context)
        case _:
            assert_never(node.function)


def _points(value: Expression, kind: Numeric) -> Expression:
    result = Numeric("points", kind.places, kind.low * 100, kind.high * 100, kind.optional)
    if isinstance(value, Constant):
        return Constant(result.low, result)
    return Arithmetic("*", value, constant(100, "number"), result)


def _points_of_fraction(value: Expression, kind: Exact, span: Span, context: Context) -> Expression | None:
    made: object = value
    if not isinstance(made, Quotient):
        context.report("quotient-without-places", span, text=context.known.text(span))
        return None
    hundred = Numeric("points", kind.places, kind.low * 100, kind.high * 100, kind.optional)
    numerator = Arithmetic("*", made.numerator, constant(100, "number"), hundred)
    return cast(Expression, Quotient(numerator, made.denominator, Exact("points", kind.places, hundred.low, hundred.high, kind.most, kind.optional)))


def _age(value: Expression, kind: Numeric, context: Context) -> Expression:
    low, high = days_of_years(context.known)
    today = AsOfRead(Numeric("date", 0, low, high))
    days = Numeric("duration", 0, low - kind.high, high - kind.low, kind.optional)
    seconds = Numeric("duration", 0, days.low * 86400, days.high * 86400, kind.optional)
    return Arithmetic("*", Arithmetic("-", today, value, days), constant(86400, "number"), seconds)


def _moved(node: syntax.Moved, context: Context) -> Expression | None:
    time = elaborate(node.time, context)
    if time is None:
        return None
    kind = time.type
    if not isinstance(kind, Numeric) or kind.unit != "time":
        context.report("not-a-time", node.time.span, text=context.known.text(node.time.span))
        return None
    if not context.has_clock(node.span):
        return None
    moved = Numeric("time", 0, kind.low, kind.high + 2 * 86400, kind.optional)
    return MovedTo(time, node.target.seconds, node.start.seconds, node.end.seconds, moved)
