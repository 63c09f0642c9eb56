"""Types that a ruleset declares: units with their ranges and places, texts, choices and flags."""

from __future__ import annotations

from typing import assert_never

from ..binding.scopes import ParameterScope
from ..calendar.conversion import midnight
from ..calendar.dates import DAY_SECONDS
from ..diagnostics.diagnostic import Label
from ..plan.expressions import Constant
from ..plan.quantity import Numeric, Truth, Type, Unit, Words
from ..source import Span
from ..syntax import expressions as syntax
from ..syntax.declarations import FlagType, TypeText, UnitType, WordType
from . import expressions
from .dates import day_of_literal, days_of_years
from .knowledge import Context, Knowledge
from .operators import PLAIN
from .quantities import MOST_PLACES, fits, literal_unit, literal_value, range_text
from .unify import report_mixed

CONSTANTS = ParameterScope()
Written = tuple[int, int]


def declared_type(kind: TypeText, optional: bool, known: Knowledge) -> Type | None:
    """The type as declared; None where it is wrong or its range is not written and cannot be known (reported)."""
    match kind:
        case FlagType():
            return Truth(optional)
        case WordType():
            _check_options(kind, known)
            return Words(tuple(dict.fromkeys(option.text for option in kind.options)), optional)
        case UnitType():
            return _unit_type(kind, optional, known)
        case _:
            assert_never(kind)


def _check_options(kind: WordType, known: Knowledge) -> None:
    seen: dict[str, Span] = {}
    for option in kind.options:
        if option.text in seen:
            known.report("duplicate-name", option.span, labels=(Label(seen[option.text], "first"),), name=option.text)
        seen.setdefault(option.text, option.span)


def _unit_type(kind: UnitType, optional: bool, known: Knowledge) -> Numeric | None:
    ends = _ends(kind, known) if kind.low is not None and kind.high is not None else _default_ends(kind, known)
    if ends is None:
        return None
    (low, low_places), (high, high_places) = ends
    places = max(low_places, high_places)
    if kind.step is not None:
        step, step_places = literal_value(known.literal(kind.step))
        places = max(step_places, places) if kind.unit in ("duration", "share") else step_places
        if step <= 0 or not _on_step(kind, ends, (step, step_places), known):
            return None
    low, high = low * 10 ** max(0, places - low_places), high * 10 ** max(0, places - high_places)
    low, high = low // 10 ** max(0, low_places - places), high // 10 ** max(0, high_places - places)
    return _checked(kind, Numeric(kind.unit, places, low, high, optional), known)


def _checked(kind: UnitType, found: Numeric, known: Knowledge) -> Numeric | None:
    if found.low > found.high:
        known.report(
            "empty-range", kind.span, low=known.text(kind.low.span if kind.low else kind.span), high=known.text(kind.high.span if kind.high else kind.span)
        )
        return None
    if found.places > MOST_PLACES or not fits(found.low, found.high):
        known.report("overflow", kind.span, expression=known.text(kind.span), range=range_text(found))
        return None
    if kind.unit == "count" and found.places:
        known.report("count-with-places", kind.span, text=known.text(kind.span))
        return None
    if kind.unit == "share" and (found.low < 0 or found.high > 10**found.places):
        known.report("share-beyond-whole", kind.span, range=range_text(found))
        return None
    return found


def _on_step(kind: UnitType, ends: tuple[Written, Written], step: Written, known: Knowledge) -> bool:
    assert kind.step is not None
    for node, (value, places) in zip((kind.low, kind.high), ends, strict=True):
        common = max(places, step[1])
        if node is not None and value * 10 ** (common - places) % (step[0] * 10 ** (common - step[1])):
            known.report("end-off-step", node.span, labels=(Label(kind.step.span, "step"),), end=known.text(node.span), step=known.text(kind.step.span))
            return False
    return True


def _ends(kind: UnitType, known: Knowledge) -> tuple[Written, Written] | None:
    assert kind.low is not None
    assert kind.high is not None
    low, high = end_of(kind.low, kind.unit, known), end_of(kind.high, kind.unit, known, is_high=True)
    return None if low is None or high is None else (low, high)


def _default_ends(kind: UnitType, known: Knowledge) -> tuple[Written, Written] | None:
    first, last = days_of_years(known)
    match kind.unit:
        case "time":
            return (midnight(first, known.zone), 0), (midnight(last + 1, known.zone) - 1, 0)
        case "date":
            return (first, 0), (last, 0)
        case "duration":
            return (0, 0), ((last + 1 - first) * DAY_SECONDS, 0)
        case "share":
            return (0, 2), (100, 2)
        case "score" if known.scale is not None:
            return (known.scale.low, known.scale.places), (known.scale.high, known.scale.places)
        case _:
            known.report("range-not-written", kind.span, unit=kind.unit)
            return None


def end_of(node: syntax.Expression, unit: Unit, known: Knowledge, is_high: bool = False) -> Written | None:
    """An end of a range with the places as written, zeros included; None where it has another unit or is not written (reported)."""
    match node:
        case syntax.NumberLiteral():
            written = known.literal(node)
            if not _is_end(literal_unit(written), written, unit):
                report_mixed(Context(known, CONSTANTS), node.span, written.unit or literal_unit(written), node.span, unit, "..")
                return None
            return literal_value(written, keep_zeros=True)
        case syntax.Negated(operand=syntax.NumberLiteral()):
            inner = end_of(node.operand, unit, known, is_high)
            return None if inner is None else (-inner[0], inner[1])
        case syntax.DateLiteral() if unit in ("date", "time"):
            return _day_end(node, unit, known, is_high)
        case _:
            return _made_end(node, unit, known)


def _is_end(written_unit: Unit, literal: syntax.NumberLiteral, unit: Unit) -> bool:
    return literal.unit != "month" and (written_unit == unit or (written_unit == "number" and (unit in PLAIN or literal_value(literal)[0] == 0)))


def _day_end(node: syntax.DateLiteral, unit: Unit, known: Knowledge, is_high: bool) -> Written | None:
    day = day_of_literal(node, known)
    if day is None:
        return None
    if unit == "date":
        return day, 0
    return (midnight(day + 1, known.zone) - 1 if is_high else midnight(day, known.zone)), 0


def _made_end(node: syntax.Expression, unit: Unit, known: Knowledge) -> Written | None:
    made = expressions.elaborate(node, Context(known, CONSTANTS))
    if made is None:
        return None
    if not isinstance(made, Constant) or not isinstance(made.type, Numeric):
        known.report("not-written", node.span, text=known.text(node.span))
        return None
    if made.type.unit != unit and not (made.type.unit == "number" and unit in PLAIN):
        report_mixed(Context(known, CONSTANTS), node.span, made.type.unit, node.span, unit, "..")
        return None
    return int(made.value), made.type.places


def at_places(end: Written, places: int) -> int | None:
    """The end at a scale; None where it has more places than that."""
    value, own = end
    if own <= places:
        return int(value * 10 ** (places - own))
    whole, rest = divmod(value, 10 ** (own - places))
    return None if rest else whole
