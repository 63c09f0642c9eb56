"""Clean values of examples: a written value as a value of a type, refused where it has another unit, too many places or lies out of range."""

from __future__ import annotations

from typing import assert_never

from ..calendar.conversion import instant_of
from ..calendar.dates import DAY_SECONDS
from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from ..plan.ruleset import Written
from ..source import Span
from ..syntax import expressions as syntax
from .dates import day_of_literal
from .declared import at_places, end_of
from .knowledge import Knowledge
from .quantities import decimal_of_digits, range_text

BROKEN = object()


def cell(node: syntax.Expression, kind: Type, known: Knowledge, expected: bool = False) -> Written | object:
    """The clean value; BROKEN where it is refused (reported). An expected value may lie out of range."""
    if isinstance(node, syntax.NoneLiteral):
        if kind.optional or expected:
            return None
        known.report("none-not-possible", node.span)
        return BROKEN
    match kind:
        case Words():
            return _word(node, kind, known)
        case Truth():
            return node.value if isinstance(node, syntax.FlagLiteral) else _other(node, "flag", known)
        case Numeric():
            return _numeric(node, kind, known, expected)
        case Exact():
            return _other(node, "quotient, written `199 of 20000`", known)
        case _:
            assert_never(kind)


def _other(node: syntax.Expression, wanted: str, known: Knowledge) -> object:
    known.report("value-of-other-kind", node.span, text=known.text(node.span), wanted=wanted)
    return BROKEN


def _word(node: syntax.Expression, kind: Words, known: Knowledge) -> Written | object:
    match node:
        case syntax.TextLiteral():
            text = node.text
        case syntax.Reference() if len(node.names) == 1 and kind.options:
            text = node.names[0].text
        case _:
            return _other(node, "choice" if kind.options else "text", known)
    if kind.options and text not in kind.options:
        known.report("unknown-option", node.span, name=text, options=", ".join(f"`{option}`" for option in kind.options), near="")
        return BROKEN
    return text


def _numeric(node: syntax.Expression, kind: Numeric, known: Knowledge, expected: bool) -> Written | object:
    if kind.unit == "time":
        return _instant(node, kind, known)
    if kind.unit == "date":
        if not isinstance(node, syntax.DateLiteral):
            return _other(node, "date", known)
        day = day_of_literal(node, known)
        return BROKEN if day is None else _in_range(day, node.span, kind, known, expected)
    if not isinstance(node, syntax.NumberLiteral) and not (isinstance(node, syntax.Negated) and isinstance(node.operand, syntax.NumberLiteral)):
        return _other(node, kind.unit, known)
    end = end_of(node, kind.unit, known)
    if end is None:
        return BROKEN
    value = at_places(end, kind.places)
    if value is None:
        known.report("value-too-fine", node.span, text=known.text(node.span), places=_written_places(kind))
        return BROKEN
    return _in_range(value, node.span, kind, known, expected)


def _written_places(kind: Numeric) -> int:
    return max(0, kind.places - 2) if kind.unit == "share" else kind.places


def _instant(node: syntax.Expression, kind: Numeric, known: Knowledge) -> Written | object:
    match node:
        case syntax.InstantLiteral():
            date, seconds = node.date, node.clock.seconds
        case syntax.DateLiteral():
            date, seconds = node, 0
        case _:
            return _other(node, "time", known)
    day = day_of_literal(date, known)
    if day is None:
        return BROKEN
    instant = instant_of(day * DAY_SECONDS + seconds, known.zone)
    if instant is None:
        known.report("no-such-time", node.span, text=known.text(node.span), zone=known.zone.zone)
        return BROKEN
    return _in_range(instant, node.span, kind, known, False)


def _in_range(value: int, span: Span, kind: Numeric, known: Knowledge, expected: bool) -> Written | object:
    if expected or kind.low <= value <= kind.high:
        return value
    known.report("value-out-of-range", span, text=known.text(span), range=range_text(kind))
    return BROKEN


def exact_cell(node: syntax.Expression, denominator: syntax.NumberLiteral | None, kind: Exact, known: Knowledge) -> Written | object:
    """An exact quotient, `199 of 20000`: numerator at the type's places, denominator whole."""
    if isinstance(node, syntax.NoneLiteral):
        return None
    if denominator is None or not isinstance(node, syntax.NumberLiteral) or node.unit:
        return _other(node, "quotient, written `199 of 20000`", known)
    top = at_places(decimal_of_digits(node.digits), kind.places)
    bottom, places = decimal_of_digits(denominator.digits)
    if top is None or places or denominator.unit:
        known.report("value-too-fine", node.span, text=known.text(node.span), places=kind.places)
        return BROKEN
    if bottom == 0 or bottom > kind.most or not kind.low <= top <= kind.high:
        known.report("value-out-of-range", node.span, text=known.text(node.span), range=f"{kind.low} .. {kind.high} of 1 .. {kind.most}")
        return BROKEN
    return top, bottom
