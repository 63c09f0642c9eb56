"""Checks what a merchant can do about a value: steps, their cost, and the range in which it moves."""

from __future__ import annotations

from ..plan.improvable import Improvable
from ..plan.quantity import Numeric, Truth, Type
from ..source import Span
from ..syntax.declarations import ImprovableClause, InputLine, MetricLine, PeerLine
from .declared import at_places, end_of
from .knowledge import Knowledge
from .quantities import literal_value
from .tables import ROWS


def note_improvable(line: MetricLine | InputLine | PeerLine, kind: Type, known: Knowledge) -> Improvable | None:
    """What can be done about a field, which the record will tell."""
    found = _improvable(line.improvable, kind, known)
    if found is not None:
        known.improvable[line.name.text] = found
    return found


def _improvable(clause: ImprovableClause | None, kind: Type, known: Knowledge) -> Improvable | None:
    """What can be done, scaled at the value's places; None where nothing is written or it is wrong (reported)."""
    if clause is None:
        return None
    if not isinstance(kind, Numeric):
        known.report("clause-not-used", clause.span, clause="improvable", reason="a flag" if isinstance(kind, Truth) else "text")
        return None
    found = [end_of(node, kind.unit, known) for node in (clause.step, clause.low, clause.high)]
    scaled = [None if end is None else at_places(end, kind.places) for end in found]
    for node, end, value in zip((clause.step, clause.low, clause.high), found, scaled, strict=True):
        if end is not None and value is None:
            _report_places(node.span, kind, known)
    cost, places = literal_value(known.literal(clause.cost))
    step, low, high = scaled
    if step is None or low is None or high is None:
        return None
    if step <= 0 or low > high:
        ends = known.text(clause.low.span), known.text(clause.high.span)
        known.report("step-not-positive" if step <= 0 else "empty-range", clause.span, text=known.text(clause.step.span), low=ends[0], high=ends[1])
        return None
    if places or not 0 <= cost <= ROWS:
        known.report("count-out-of-range", clause.cost.span, text=known.text(clause.cost.span), most=ROWS)
        return None
    return Improvable(clause.direction, step, cost, low, high)


def _report_places(span: Span, kind: Numeric, known: Knowledge) -> None:
    known.report("value-too-fine", span, text=known.text(span), places=kind.places)
