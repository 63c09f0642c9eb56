"""Elaborates `+ - * /`, `until` and the minus sign: exact, with the unit that the operator table says."""

from __future__ import annotations

from typing import assert_never, cast

from ..node import evolve
from ..plan.expressions import AllOf, Arithmetic, Case, Cases, Compare, Constant, Expression, IsGiven, Nothing
from ..plan.quantity import Exact, Numeric, Truth, Unit
from ..source import Span
from ..syntax import expressions as syntax
from . import expressions
from .knowledge import Context
from .operators import adapts, result_unit
from .quantities import MOST_PLACES, aligned, constant
from .quotients import Quotient
from .rounding import times
from .unify import is_bare, numeric_of, report_mixed


def negated(node: syntax.Negated, context: Context) -> Expression | None:
    """`-x`."""
    value = expressions.elaborate(node.operand, context)
    if value is None or not numeric_of(value, node.operand.span, context) or not _is_rounded(value, node.operand.span, context):
        return None
    kind = value.type
    assert isinstance(kind, Numeric)
    return product(constant(-1, "number"), value, kind.unit)


def binary(node: syntax.Binary, context: Context) -> Expression | None:
    """`a + b`, `a - b`, `a * b`, `a / b`, `a until b`."""
    left, right = expressions.elaborate(node.left, context), expressions.elaborate(node.right, context)
    if left is None or right is None:
        return None
    if not numeric_of(left, node.left.span, context) or not numeric_of(right, node.right.span, context):
        return None
    if isinstance(left, Nothing) or isinstance(right, Nothing):
        context.report("none-as-value", node.span, text=context.known.text(node.span))
        return None
    unit = _unit(node, left, right, context)
    return _made(node, left, right, unit, context) if unit else None


def _unit(node: syntax.Binary, left: Expression, right: Expression, context: Context) -> Unit | None:
    assert isinstance(left.type, Numeric | Exact)
    assert isinstance(right.type, Numeric | Exact)
    first, second = left.type.unit, right.type.unit
    if node.operator in "+-":
        bare_left, bare_right = is_bare(left), is_bare(right)
        if isinstance(left, Constant) and bare_left and not bare_right and adapts(second, int(left.value)):
            first = second
        if isinstance(right, Constant) and bare_right and not bare_left and adapts(first, int(right.value)):
            second = first
    unit = result_unit(node.operator, first, second)
    if unit is None:
        report_mixed(context, node.left.span, first, node.right.span, second, node.operator)
    return unit


def _made(node: syntax.Binary, left: Expression, right: Expression, unit: Unit, context: Context) -> Expression | None:
    match node.operator:
        case "+" | "-":
            return _sum(node, left, right, unit, context)
        case "*":
            return _product_of(node, left, right, unit, context)
        case "/":
            return _quotient(node, left, right, unit, context)
        case "until":
            return _until(left, right)
        case _:
            assert_never(node.operator)


def _sum(node: syntax.Binary, left: Expression, right: Expression, unit: Unit, context: Context) -> Expression | None:
    one, other = cast(object, left), cast(object, right)
    if isinstance(one, Quotient) and isinstance(right.type, Numeric):
        return _sum_of_fraction(node, one, right, True, unit, context)
    if isinstance(other, Quotient) and isinstance(left.type, Numeric):
        return _sum_of_fraction(node, other, left, False, unit, context)
    if not _is_rounded(left, node.left.span, context) or not _is_rounded(right, node.right.span, context):
        return None
    first, second = left.type, right.type
    assert isinstance(first, Numeric)
    assert isinstance(second, Numeric)
    places = max(first.places, second.places)
    a, b = aligned(left, places), aligned(right, places)
    if context.known.fitting(a, node.left.span) is None or context.known.fitting(b, node.right.span) is None:
        return None
    days = first.unit == second.unit == "date"
    made = difference(a, b, unit) if node.operator == "-" else addition(a, b, unit)
    return product(made, constant(86400, "number"), "duration") if days else made


def _sum_of_fraction(node: syntax.Binary, fraction: Quotient, value: Expression, is_first: bool, unit: Unit, context: Context) -> Expression | None:
    """`n / d + v` as `(n + v * d) / d`: one fraction, to be rounded once."""
    known = context.known
    assert isinstance(value.type, Numeric)
    places = max(fraction.type.places, value.type.places)
    whole = product(aligned(value, places), with_places(fraction.denominator, 0), unit)
    top = times(with_places(fraction.numerator, places), 10 ** (places - fraction.type.places), known, node.span)
    if top is None or known.fitting(whole, node.span) is None:
        return None
    pair = (top, whole) if is_first else (whole, top)
    summed = difference(*pair, unit) if node.operator == "-" else addition(*pair, unit)
    if known.fitting(summed, node.span) is None:
        return None
    assert isinstance(summed.type, Numeric)
    kind = Exact(unit, places, summed.type.low, summed.type.high, fraction.type.most, fraction.type.optional or value.type.optional)
    return cast(Expression, Quotient(summed, fraction.denominator, kind, fraction.ratio, fraction.exact))


def with_places(value: Expression, places: int) -> Expression:
    """The same integer called by other places: numerator and denominator of a fraction carry theirs in the fraction's type."""
    kind = value.type
    assert isinstance(kind, Numeric)
    return evolve(value, type=Numeric(kind.unit, places, kind.low, kind.high, kind.optional))


def addition(left: Expression, right: Expression, unit: Unit) -> Expression:
    """`left + right` of one scale; constants are folded."""
    a, b = left.type, right.type
    assert isinstance(a, Numeric)
    assert isinstance(b, Numeric)
    kind = Numeric(unit, a.places, a.low + b.low, a.high + b.high, a.optional or b.optional)
    return Constant(kind.low, kind) if isinstance(left, Constant) and isinstance(right, Constant) else Arithmetic("+", left, right, kind)


def difference(left: Expression, right: Expression, unit: Unit) -> Expression:
    """`left - right` of one scale; constants are folded."""
    a, b = left.type, right.type
    assert isinstance(a, Numeric)
    assert isinstance(b, Numeric)
    kind = Numeric(unit, a.places, a.low - b.high, a.high - b.low, a.optional or b.optional)
    return Constant(kind.low, kind) if isinstance(left, Constant) and isinstance(right, Constant) else Arithmetic("-", left, right, kind)


def product(left: Expression, right: Expression, unit: Unit) -> Expression:
    """`left * right`; places add, constants are folded."""
    a, b = left.type, right.type
    assert isinstance(a, Numeric)
    assert isinstance(b, Numeric)
    ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    kind = Numeric(unit, a.places + b.places, min(ends), max(ends), a.optional or b.optional)
    return Constant(kind.low, kind) if isinstance(left, Constant) and isinstance(right, Constant) else Arithmetic("*", left, right, kind)


def _product_of(node: syntax.Binary, left: Expression, right: Expression, unit: Unit, context: Context) -> Expression | None:
    one, other = cast(object, left), cast(object, right)
    if isinstance(one, Quotient) and isinstance(right.type, Numeric):
        return _requotient(node.span, product(one.numerator, right, unit), one.denominator, unit, context)
    if isinstance(other, Quotient) and isinstance(left.type, Numeric):
        return _requotient(node.span, product(left, other.numerator, unit), other.denominator, unit, context)
    if not _is_rounded(left, node.left.span, context) or not _is_rounded(right, node.right.span, context):
        return None
    made = product(left, right, unit)
    return made if _few_places(made, node.span, context) else None


def _few_places(made: Expression, span: Span, context: Context) -> bool:
    assert isinstance(made.type, Numeric)
    if made.type.places > MOST_PLACES:
        context.report("places-beyond-limit", span, places=made.type.places, most=MOST_PLACES, expression=context.known.text(span))
        return False
    return True


def _quotient(node: syntax.Binary, left: Expression, right: Expression, unit: Unit, context: Context) -> Expression | None:
    if not _is_rounded(right, node.right.span, context):
        return None
    one = cast(object, left)
    if isinstance(one, Quotient):
        return _requotient(node.span, one.numerator, product(one.denominator, right, "number"), unit, context)
    if not _is_rounded(left, node.left.span, context):
        return None
    assert isinstance(left.type, Numeric)
    assert isinstance(right.type, Numeric)
    if right.type.low == right.type.high == 0:
        context.report("division-by-zero", node.right.span)
        return None
    return _requotient(node.span, left, right, unit, context, left.type.unit == right.type.unit)


def _requotient(span: Span, numerator: Expression, denominator: Expression, unit: Unit, context: Context, ratio: bool = False) -> Expression | None:
    """A quotient whose places are not negative and whose divisor is not: a divisor of changing sign turns both signs."""
    known = context.known
    top, bottom = _positive(numerator, denominator)
    assert isinstance(top.type, Numeric)
    assert isinstance(bottom.type, Numeric)
    wanted = max(top.type.places, bottom.type.places)
    shifted = times(top, 10 ** (wanted - top.type.places), known, span)
    if shifted is None or known.fitting(bottom, span) is None or known.fitting(shifted, span) is None:
        return None
    assert isinstance(shifted.type, Numeric)
    optional = shifted.type.optional or bottom.type.optional or bottom.type.low <= 0
    kind = Exact(unit, wanted - bottom.type.places, shifted.type.low, shifted.type.high, bottom.type.high, optional)
    return cast(Expression, Quotient(shifted, bottom, kind, ratio))


def _positive(numerator: Expression, denominator: Expression) -> tuple[Expression, Expression]:
    kind = denominator.type
    assert isinstance(kind, Numeric)
    assert isinstance(numerator.type, Numeric)
    if kind.low >= 0:
        return numerator, denominator
    minus = constant(-1, "number")
    if kind.high <= 0:
        return product(minus, numerator, numerator.type.unit), product(minus, denominator, kind.unit)
    below: Expression = Compare("<", denominator, Constant(0, Numeric(kind.unit, kind.places, 0, 0)), Truth())
    negative = AllOf((IsGiven(denominator, Truth()), below), Truth()) if kind.optional else below
    largest = max(abs(kind.low), abs(kind.high))
    divisor = Cases((Case(negative, product(minus, denominator, kind.unit)),), denominator, Numeric(kind.unit, kind.places, 0, largest, kind.optional))
    own = numerator.type
    most = max(abs(own.low), abs(own.high))
    turned = Cases((Case(negative, product(minus, numerator, own.unit)),), numerator, Numeric(own.unit, own.places, -most, most, own.optional))
    return turned, divisor


def _until(left: Expression, right: Expression) -> Expression:
    assert isinstance(left.type, Numeric)
    elapsed = difference(right, left, "duration")
    return product(elapsed, constant(86400, "number"), "duration") if left.type.unit == "date" else elapsed


def _is_rounded(value: Expression, span: Span, context: Context) -> bool:
    if isinstance(value.type, Numeric):
        return True
    context.report("quotient-without-places", span, text=context.known.text(span))
    return False
