"""Checks values across subjects: peer means and group values, each in a layer after what it is made of."""

from __future__ import annotations

from ..arithmetic import divide
from ..binding.scopes import RecordScope
from ..plan.expressions import Expression, FieldRead
from ..plan.quantity import Exact, Numeric, Words
from ..plan.record import GroupExtreme, PeerMean
from ..syntax import expressions as syntax
from ..syntax.declarations import GroupLine, PeerLine
from . import expressions
from .conditions import condition
from .knowledge import Context, Knowledge, Pool, Rounding
from .reads import layer_of
from .rounding import fraction
from .tables import ROWS, SUBJECTS, limit_of
from .unify import numeric_of

RECORD = RecordScope()


def check_peer(line: PeerLine, known: Knowledge) -> PeerMean | None:
    """A mean over all subjects of a category; None where it is wrong (reported)."""
    context = Context(known, RECORD)
    value = expressions.elaborate(line.of, context)
    among = condition(line.among, context) if line.among is not None else None
    minimum = known.count(line.minimum, limit_of(known.symbols.header.limits, "subjects", SUBJECTS, known))
    if minimum is None:
        return None
    if value is None or (among is None and line.among is not None) or not _fits(line.of, value, line.category, context):
        return None
    return _peer(line, value, among, minimum, context)


def _fits(of: syntax.Expression, value: Expression, key: syntax.Name, context: Context) -> bool:
    """Whether a value can be put together over all subjects with the same key; reported where not."""
    if not numeric_of(value, of.span, context):
        return False
    if isinstance(value.type, Exact):
        context.report("exact-across", of.span, text=context.known.text(of.span))
        return False
    kind = context.known.fields.get(key.text)
    if kind is not None and not isinstance(kind, Words):
        context.report("key-not-text", key.span, name=key.text)
        return False
    return True


def _pool_of(line: PeerLine, value: Expression, known: Knowledge) -> Pool | None:
    """What is added up: for a pooled mean numerators and denominators, else one published value a subject."""
    kind = value.type
    if not line.pooled:
        return Pool(kind.places, max(abs(kind.low), abs(kind.high)), 1) if isinstance(kind, Numeric) else None
    pool = known.pools.get(value.name) if isinstance(value, FieldRead) else None
    if pool is None:
        known.report("pooled-without-rows", line.of.span, text=known.text(line.of.span))
    return pool


def _peer(line: PeerLine, value: Expression, among: Expression | None, minimum: int, context: Context) -> PeerMean | None:
    known = context.known
    kind = value.type
    pool = _pool_of(line, value, known)
    assert isinstance(kind, Numeric)
    rounding = expressions.rounding_of(line.mode, line.step, value, context) if line.step is not None else Rounding(kind.places)
    if rounding is None or pool is None:
        return None
    scale, unit = fraction(rounding.step, pool.places, rounding.places)
    limits = known.symbols.header.limits
    many = limit_of(limits, "rows", ROWS, known) if line.pooled else limit_of(limits, "subjects", SUBJECTS, known)
    if not known.fits(Numeric("number", 0, 0, many * max(pool.numerator * scale, pool.denominator * unit)), line.span):
        return None
    result = _result(kind, rounding)
    layer = layer_of((value, among), known) + 1
    known.fields[line.name.text] = result
    known.layers[f"field {line.name.text}"] = layer
    made = PeerMean(line.name.text, value, line.category.text, among, minimum, line.pooled, scale, unit, rounding.mode, rounding.step, result)
    return known.mark(made, line.span)


def _result(kind: Numeric, rounding: Rounding) -> Numeric:
    """The type of the mean: within the range of what it is of, rounded."""
    step, unit = fraction(rounding.step, kind.places, rounding.places)
    low, high = (divide(end * step, unit, rounding.mode) * rounding.step for end in (kind.low, kind.high))
    return Numeric(kind.unit, rounding.places, low, high, True)


def check_group(line: GroupLine, known: Knowledge) -> GroupExtreme | None:
    """The lowest or highest value among subjects of one owner; None where it is wrong (reported)."""
    context = Context(known, RECORD)
    value = expressions.elaborate(line.of, context)
    if value is None or not _fits(line.of, value, line.by, context):
        return None
    known.fields[line.name.text] = value.type
    known.layers[f"field {line.name.text}"] = layer_of(value, known) + 1
    return known.mark(GroupExtreme(line.name.text, line.kind, value, line.by.text, value.type), line.span)
