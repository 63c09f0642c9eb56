"""Brings values together: one unit and one scale for the sides of a comparison, the limits of a band, the branches of one value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from ..binding.scopes import MetricScope, RowScope
from ..diagnostics.diagnostic import Label
from ..node import evolve
from ..plan.expressions import Bands, Cases, Constant, Expression, Nothing
from ..plan.quantity import Exact, Numeric, Truth, Type, Unit, Words
from ..source import Span
from .knowledge import Context
from .operators import adapts, common_unit
from .quantities import aligned, with_unit
from .rounding import unrounded

Placed = tuple[Expression, Span]


def kind_name(kind: Type) -> str:
    """What people call values of a type."""
    match kind:
        case Numeric() | Exact():
            return kind.unit
        case Words():
            return "choice" if kind.options else "text"
        case Truth():
            return "flag"
        case _:
            assert_never(kind)


def report_mixed(context: Context, left: Span, left_unit: str, right: Span, right_unit: str, operator: str) -> None:
    """Reports two units that do not meet; both ends are shown."""
    known = context.known
    span = Span(min(left.start, right.start), max(left.end, right.end))
    labels = (Label(left, "left"), Label(right, "right")) if left != right else ()
    context.report(
        "mixed-units", span, labels=labels, left=left_unit, right=right_unit, operator=operator,
        left_text=known.text(left), right_text=known.text(right), remedy=_remedy(left_unit, right_unit),
    )  # fmt: skip


def _remedy(left: str, right: str) -> str:
    pair = {left, right}
    if "share" in pair and pair & {"score", "points"}:
        return "`points(x)` makes points of a share"
    if pair == {"share", "number"}:
        return "a share is written with `%`"
    if "duration" in pair and pair & {"number", "count"}:
        return "a duration is written with its unit, such as `90 days`"
    if pair == {"time", "time of day"}:
        return "a time of day is asked as a span, such as `t in 18:00 .. 06:00`"
    return ""


def is_bare(value: Expression) -> bool:
    """Whether a value is a written number without a unit, which takes the unit of what it meets."""
    return isinstance(value, Constant) and isinstance(value.type, Numeric) and value.type.unit == "number"


def numeric_of(value: Expression, span: Span, context: Context) -> bool:
    """Whether the value is a number of any unit; else the mistake is reported."""
    if isinstance(value.type, Numeric | Exact) or isinstance(value, Nothing):
        return True
    context.report("not-a-number", span, text=context.known.text(span), kind=kind_name(value.type))
    return False


def given(value: Expression, span: Span, context: Context) -> bool:
    """Whether a comparison may read the value: it is never none here, or it stands in `missing not counted`."""
    if not value.type.optional:
        return True
    if context.tolerated is not None:
        context.tolerated.append(value)
        return True
    report_possible_none(context.known.text(span), span, context)
    return False


def report_possible_none(text: str, span: Span, context: Context) -> None:
    """Reports a value that may be missing; `closed without` is a remedy only where gates can stand behind it."""
    in_rows = isinstance(context.scope, RowScope | MetricScope)
    context.report("possible-none", span, text=text, named="" if in_rows else text)


def meeting_unit(values: Sequence[Placed], context: Context, operator: str) -> Unit | None:
    """The unit in which values meet; None (reported, both ends shown) where they do not. Written plain numbers adapt."""
    firm = [(value, span) for value, span in values if not is_bare(value) and not isinstance(value, Nothing)]
    if not firm:
        return "number"
    first, first_span = firm[0]
    unit = _unit_of(first)
    for value, span in firm[1:]:
        met = _ratio_meets_share(first, value) or common_unit(unit, _unit_of(value))
        if met is None:
            report_mixed(context, first_span, unit, span, _unit_of(value), operator)
            return None
        unit = met
    for bare, span in values:
        if isinstance(bare, Constant) and is_bare(bare) and not adapts(unit, int(bare.value)):
            report_mixed(context, first_span, unit, span, "number", operator)
            return None
    return unit


def _ratio_meets_share(left: Expression, right: Expression) -> Unit | None:
    units = {_unit_of(left), _unit_of(right)}
    return "share" if units == {"share", "number"} and (getattr(left, "ratio", False) or getattr(right, "ratio", False)) else None


def _unit_of(value: Expression) -> Unit:
    assert isinstance(value.type, Numeric | Exact)
    return value.type.unit


def unified(values: Sequence[Placed], context: Context, operator: str) -> list[Expression] | None:
    """The values in one unit and, where none is an unrounded fraction, at one scale; None where that is a mistake (reported)."""
    unit = meeting_unit(values, context, operator)
    if unit is None:
        return None
    numeric = [value.type.places for value, _ in values if isinstance(value.type, Numeric) and not isinstance(value, Nothing)]
    pending = any(unrounded(value) for value, _ in values)
    places = max(numeric, default=0)
    found: list[Expression] = []
    for value, span in values:
        made = _brought(value, unit, None if pending else places)
        if context.known.fitting(made, span) is None:
            return None
        found.append(made)
    return found


def _brought(value: Expression, unit: Unit, places: int | None) -> Expression:
    kind = value.type
    if isinstance(value, Nothing):
        return Nothing(Numeric(unit, places or 0, 0, 0, True))
    if isinstance(kind, Exact):
        return evolve(value, type=evolve(kind, unit=unit))
    called = with_unit(value, unit)
    return called if places is None else aligned_inside(called, places)


def aligned_inside(value: Expression, places: int) -> Expression:
    """The value at a finer scale; the factor goes into the branches of cases and bands, where it folds into constants."""
    match value:
        case Cases() | Bands() if any(isinstance(branch, Constant) for branch in _values(value)):
            return _mapped(value, places)
        case Nothing():
            return Nothing(Numeric(_unit_of(value), places, 0, 0, True))
        case _:
            return aligned(value, places)


def _values(value: Cases | Bands) -> list[Expression | None]:
    if isinstance(value, Cases):
        return [*(row.value for row in value.rows), value.otherwise]
    return [*(row.value for row in value.rows), value.missing, value.otherwise]


def _mapped(value: Cases | Bands, places: int) -> Expression:
    kind = value.type
    assert isinstance(kind, Numeric)
    factor = 10 ** (places - kind.places)
    wider = Numeric(kind.unit, places, kind.low * factor, kind.high * factor, kind.optional)
    rows = tuple(evolve(row, value=aligned_inside(row.value, places)) for row in value.rows)
    otherwise = None if value.otherwise is None else aligned_inside(value.otherwise, places)
    if isinstance(value, Cases):
        return evolve(value, rows=rows, otherwise=otherwise, type=wider)
    missing = None if value.missing is None else aligned_inside(value.missing, places)
    return evolve(value, rows=rows, missing=missing, otherwise=otherwise, type=wider)
