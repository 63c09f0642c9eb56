"""Makes numbers of fractions: a value is rounded once, where it is made, so rounding goes into the branches of cases, bands and limits."""

from __future__ import annotations

from itertools import pairwise
from math import gcd
from typing import assert_never

from ..arithmetic import divide
from ..node import evolve
from ..plan.expressions import Arithmetic, Bands, Case, Cases, Constant, Curve, Divided, Expression, Extreme, Lookup, LookupRow, Nothing
from ..plan.quantity import Exact, Numeric, Type, Unit
from ..source import Span
from .knowledge import Knowledge, Rounding
from .quantities import aligned, constant
from .quotients import FreeCurve, Quotient


def fraction(step: int, places_from: int, places_to: int) -> tuple[int, int]:
    """(scale, unit) in lowest terms such that a value v at `places_from` is `v * scale / unit` steps at `places_to`."""
    scale, unit = 10**places_to, 10**places_from * step
    common = gcd(scale, unit)
    return scale // common, unit // common


def rounded(value: Expression | None, rounding: Rounding, known: Knowledge, span: Span) -> Expression | None:
    """The value rounded to the step; None where an intermediate leaves 64 bits (reported)."""
    if value is None:
        return None
    made = _rounded(value, rounding, known, span)
    return known.mark(made, known.marks.span_of(value)) if made else None


def _rounded(value: Expression, rounding: Rounding, known: Knowledge, span: Span) -> Expression | None:
    match value:
        case Nothing():
            return Nothing(Numeric(_unit(value.type), rounding.places, 0, 0, True))
        case Cases() | Bands() | Extreme() | Lookup():
            return _into_branches(value, rounding, known, span)
        case Quotient():
            return _divided(value, rounding, known, span)
        case FreeCurve():
            return _curved(value, rounding, known, span)
        case _:
            return _stepped(value, rounding, known, span)


def _unit(kind: Type) -> Unit:
    return kind.unit if isinstance(kind, Numeric | Exact) else "number"


def _into_branches(value: Cases | Bands | Extreme | Lookup, rounding: Rounding, known: Knowledge, span: Span) -> Expression | None:
    broken = False

    def inner(branch: Expression | None) -> Expression:
        nonlocal broken
        made = rounded(branch, rounding, known, span)
        broken = broken or (made is None and branch is not None)
        return made  # type: ignore[return-value]

    made: Expression
    match value:
        case Cases():
            rows = tuple(known.mark(Case(row.condition, inner(row.value)), known.marks.span_of(row)) for row in value.rows)
            made = evolve(value, rows=rows, otherwise=inner(value.otherwise))
        case Bands():
            bands = tuple(known.mark(evolve(row, value=inner(row.value)), known.marks.span_of(row)) for row in value.rows)
            made = evolve(value, rows=bands, missing=inner(value.missing), otherwise=inner(value.otherwise))
        case Extreme():
            made = evolve(value, left=inner(value.left), right=inner(value.right))
        case Lookup():
            made = evolve(value, rows=tuple(LookupRow(row.match, inner(row.value)) for row in value.rows), missing=inner(value.missing))
        case _:
            assert_never(value)
    return None if broken else evolve(made, type=_chosen_type(made))


def _chosen_type(value: Expression) -> Numeric:
    """The type of an expression that chooses from others; the lesser of two values is no more than either can be."""
    joined = joined_type(branches_of(value))
    kinds = [branch.type for branch in branches_of(value) if isinstance(branch.type, Numeric) and not isinstance(branch, Nothing)]
    match value:
        case Extreme() if not kinds:
            return joined
        case Extreme(kind="least"):
            return evolve(joined, high=min(kind.high for kind in kinds))
        case Extreme():
            return evolve(joined, low=max(kind.low for kind in kinds))
        case _:
            return joined


def branches_of(value: Cases | Bands | Extreme | Lookup | Expression) -> list[Expression]:
    """The values that an expression chooses from."""
    match value:
        case Cases():
            return [*(row.value for row in value.rows), value.otherwise]
        case Bands():
            return [*(row.value for row in value.rows), *(branch for branch in (value.missing, value.otherwise) if branch is not None)]
        case Extreme():
            return [value.left, value.right]
        case Lookup():
            return [*(row.value for row in value.rows), *((value.missing,) if value.missing is not None else ())]
        case _:
            return [value]


def joined_type(branches: list[Expression]) -> Numeric:
    """The numeric type that holds all branches of one scale."""
    kinds = [branch.type for branch in branches if not isinstance(branch, Nothing)]
    numeric = [kind for kind in kinds if isinstance(kind, Numeric)]
    possible = len(kinds) < len(branches) or any(kind.optional for kind in numeric)
    if not numeric:
        nothing = branches[0].type
        return Numeric(_unit(nothing), nothing.places if isinstance(nothing, Numeric) else 0, 0, 0, True)
    return Numeric(numeric[0].unit, numeric[0].places, min(kind.low for kind in numeric), max(kind.high for kind in numeric), possible)


def _divided(value: Quotient, rounding: Rounding, known: Knowledge, span: Span) -> Expression | None:
    scale, unit = fraction(rounding.step, value.type.places, rounding.places)
    numerator, denominator = times(value.numerator, scale, known, span), times(value.denominator, unit, known, span)
    if numerator is None or denominator is None:
        return None
    top, bottom = numerator.type, denominator.type
    assert isinstance(top, Numeric)
    assert isinstance(bottom, Numeric)
    name: Unit = "share" if value.ratio and rounding.unit == "share" else value.type.unit
    ends = [divide(end, divisor, rounding.mode) * rounding.step for end in (top.low, top.high) for divisor in (max(1, bottom.low), max(1, bottom.high))]
    kind = Numeric(name, rounding.places, min(ends), max(ends), value.type.optional)
    return Divided(numerator, denominator, rounding.mode, rounding.step, kind) if known.fits(kind, span) else None


def times(value: Expression, factor: int, known: Knowledge, span: Span) -> Expression | None:
    """The value times a factor that only rounding needs; None where that leaves 64 bits (reported)."""
    kind = value.type
    assert isinstance(kind, Numeric)
    wider = Numeric(kind.unit, kind.places, kind.low * factor, kind.high * factor, kind.optional)
    if factor == 1 or not known.fits(wider, span):
        return value if factor == 1 else None
    if isinstance(value, Constant):
        return Constant(wider.low, wider)
    return Arithmetic("*", value, constant(factor, "number"), wider)


def _curved(value: FreeCurve, rounding: Rounding, known: Knowledge, span: Span) -> Expression | None:
    scale, unit = fraction(rounding.step, value.type.places, rounding.places)
    points = tuple((x, y * scale) for x, y in value.points)
    low, high = (divide(end, unit, rounding.mode) * rounding.step for end in (min(y for _, y in points), max(y for _, y in points)))
    reach = max(((abs(y0) + abs(y1)) * (x1 - x0) for (x0, y0), (x1, y1) in pairwise(points)), default=0)
    kind = Numeric(value.type.unit, rounding.places, low, high, value.type.optional)
    widest = max(reach, unit * max((x1 - x0 for (x0, _), (x1, _) in pairwise(points)), default=1))
    if not known.fits(Numeric("number", 0, -widest, widest), span):
        return None
    return Curve(value.subject, points, unit, rounding.mode, rounding.step, kind)


def _stepped(value: Expression, rounding: Rounding, known: Knowledge, span: Span) -> Expression | None:
    kind = value.type
    assert isinstance(kind, Numeric)
    scale, unit = fraction(rounding.step, kind.places, rounding.places)
    if isinstance(value, Constant):
        result = divide(int(value.value) * scale, unit, rounding.mode) * rounding.step
        return Constant(result, Numeric(kind.unit, rounding.places, result, result))
    if unit == 1:
        wider = aligned(value, rounding.places)
        assert isinstance(wider.type, Numeric)
        return wider if known.fits(wider.type, span) else None
    numerator = times(value, scale, known, span)
    if numerator is None:
        return None
    assert isinstance(numerator.type, Numeric)
    low, high = (divide(end, unit, rounding.mode) * rounding.step for end in (numerator.type.low, numerator.type.high))
    result_kind = Numeric(kind.unit, rounding.places, low, high, kind.optional)
    return Divided(numerator, constant(unit, "number"), rounding.mode, rounding.step, result_kind) if known.fits(result_kind, span) else None


def unrounded(value: Expression) -> Quotient | FreeCurve | None:
    """The first fraction in a value that nothing rounds yet."""
    match value:
        case Quotient() | FreeCurve():
            return value
        case Cases() | Bands() | Extreme():
            return next((found for found in map(unrounded, branches_of(value)) if found), None) if isinstance(value.type, Exact) else None
        case _:
            return None
