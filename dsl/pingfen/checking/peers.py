"""Checks peer values: what is compared, with whom, to which places, and that no sum over all subjects leaves 64 bits."""

from __future__ import annotations

from typing import Literal, assert_never

from ..arithmetic import divide
from ..node import frozen
from ..plan.expressions import Constant, Expression, FieldRead
from ..plan.quantity import Numeric, Truth, Type, Unit
from ..plan.record import Peer, PeerMean, PeerMedian, PeerMultiple, PeerRank, PeerTop
from ..syntax import expressions as syntax
from ..syntax.declarations import InputLine, MetricLine, PeerLine
from . import expressions
from .across import RECORD, combines
from .conditions import condition
from .improvable import note_improvable
from .knowledge import Context, Knowledge, Pool, Rounding
from .quantities import literal_unit, literal_value, spelled
from .reads import layer_of
from .rounding import fraction
from .tables import ROWS, SUBJECTS, limit_of


@frozen
class Compared:
    """What is compared, with whom: the first fields of every peer value."""

    name: str
    of: Expression
    category: str
    among: Expression | None
    minimum: int


def check_peer(line: PeerLine, known: Knowledge) -> Peer | None:
    """A value over all subjects of a category; None where it is wrong (reported)."""
    context = Context(known, RECORD)
    of = line.compared.of
    value = expressions.elaborate(of, context)
    among = condition(line.among, context) if line.among is not None else None
    minimum = known.count(line.minimum, _subjects(known))
    if minimum is None or value is None or (among is None and line.among is not None) or not combines(of, value, line.category, context):
        return None
    if not all(combines(of, value, name, context) for name in line.otherwise if name is not None) or not _clauses_fit(line, known):
        return None
    peer = _peer(line, Compared(line.name.text, value, line.category.text, among, minimum), context)
    if peer is None:
        return None
    known.fields[peer.name] = peer.type
    note_improvable(line, peer.type, known)
    known.layers[f"field {peer.name}"] = layer_of((value, among), known) + 1
    return known.mark(peer, line.span)


def _subjects(known: Knowledge) -> int:
    return limit_of(known.symbols.header.limits, "subjects", SUBJECTS, known)


def _clauses_fit(line: PeerLine, known: Knowledge) -> bool:
    """Whether a direction and a rounding stand only where they mean something, and nobody is asked twice."""
    form = line.compared.form
    if line.better and form not in ("rank", "top"):
        known.report("clause-not-used", line.compared.span, clause=f"better {line.better}", reason="a mean")
        return False
    if line.step is not None and form == "top":
        known.report("clause-not-used", line.step.span, clause="to", reason="a flag")
        return False
    seen = {line.category.text}
    for index, name in enumerate(line.otherwise):
        if (name is None and index < len(line.otherwise) - 1) or (name is not None and name.text in seen):
            known.report("clause-not-used", name.span if name is not None else line.category.span, clause="else", reason="the same peers")
            return False
        seen.add(name.text if name is not None else "")
    return True


def _peer(line: PeerLine, compared: Compared, context: Context) -> Peer | None:
    match line.compared.form:
        case "mean" | "pooled":
            return _mean(line, compared, context)
        case "median":
            return _median(line, compared, context)
        case "rank":
            return _rank(line, compared, context)
        case "top":
            return _top(line, compared, context)
        case "multiple":
            return _multiple(line, compared, context)
        case _:
            assert_never(line.compared.form)


def _mean(line: PeerLine, compared: Compared, context: Context) -> PeerMean | None:
    known, pooled = context.known, line.compared.form == "pooled"
    kind, pool, rounding = _numeric(compared), _pool_of(line, compared.of, known), _rounding(line, compared.of, context)
    if rounding is None or pool is None:
        return None
    scale, unit = fraction(rounding.step, pool.places, rounding.places)
    many = limit_of(known.symbols.header.limits, "rows", ROWS, known) if pooled else _subjects(known)
    if not _fits(many * max(pool.numerator * scale, pool.denominator * unit), line, known):
        return None
    whole = Numeric(kind.unit, pool.places, 0, many * pool.numerator) if pool.is_cut else kind
    return PeerMean(*_first(compared), pooled, scale, unit, rounding.mode, rounding.step, _result(whole, rounding), _otherwise(line))


def _median(line: PeerLine, compared: Compared, context: Context) -> PeerMedian | None:
    kind, rounding = _numeric(compared), _rounding(line, compared.of, context)
    if rounding is None:
        return None
    scale, unit = fraction(rounding.step, kind.places, rounding.places)
    if not _fits(2 * max(_largest(kind) * scale, unit), line, context.known):
        return None
    return PeerMedian(*_first(compared), scale, unit, rounding.mode, rounding.step, _result(kind, rounding), _otherwise(line))


def _rank(line: PeerLine, compared: Compared, context: Context) -> PeerRank | None:
    rounding = _rounding_of_quotient(line, "share", context)
    if rounding is None:
        return None
    scale, unit = fraction(rounding.step, 0, rounding.places)
    if not _fits(_subjects(context.known) * max(scale, unit), line, context.known):
        return None
    kind = Numeric("share", rounding.places, 0, divide(scale, unit, rounding.mode) * rounding.step, True)
    return PeerRank(*_first(compared), _direction(line, context.known), scale, unit, rounding.mode, rounding.step, kind, _otherwise(line))


def _top(line: PeerLine, compared: Compared, context: Context) -> PeerTop | None:
    known, node = context.known, line.compared.share
    assert node is not None
    literal = known.literal(node)
    value, places = literal_value(literal)
    if literal_unit(literal) != "share" or not 0 < value < 10**places:
        known.report("value-out-of-range", node.span, text=known.text(node.span), range="0% .. 100%")
        return None
    if not _fits((_subjects(known) + 1) * 10**places, line, known):
        return None
    return PeerTop(*_first(compared), _direction(line, known), value, 10**places, Truth(True), _otherwise(line))


def _multiple(line: PeerLine, compared: Compared, context: Context) -> PeerMultiple | None:
    known, kind, rounding = context.known, _numeric(compared), _rounding_of_quotient(line, "number", context)
    if rounding is None:
        return None
    if kind.low < 0:
        known.report("multiple-of-negative", line.compared.of.span, text=known.text(line.compared.of.span), low=spelled(kind, kind.low))
        return None
    scale, unit = fraction(rounding.step, 0, rounding.places)
    many = _subjects(known)
    if not _fits(max(many * kind.high * scale, many * kind.high * unit), line, known):
        return None
    made = Numeric("number", rounding.places, 0, divide(many * scale, unit, rounding.mode) * rounding.step, True)
    return PeerMultiple(*_first(compared), scale, unit, rounding.mode, rounding.step, made, _otherwise(line))


def _first(compared: Compared) -> tuple[str, Expression, str, Expression | None, int]:
    return compared.name, compared.of, compared.category, compared.among, compared.minimum


def _otherwise(line: PeerLine) -> tuple[str, ...]:
    return tuple("" if name is None else name.text for name in line.otherwise)


def _numeric(compared: Compared) -> Numeric:
    kind = compared.of.type
    assert isinstance(kind, Numeric)
    return kind


def _fits(most: int, line: PeerLine, known: Knowledge) -> bool:
    return known.fits(Numeric("number", 0, 0, most), line.span)


def _largest(kind: Numeric) -> int:
    return max(abs(kind.low), abs(kind.high))


def _pool_of(line: PeerLine, value: Expression, known: Knowledge) -> Pool | None:
    """What is added up: for a pooled mean numerators and denominators, else one published value a subject."""
    kind = value.type
    if line.compared.form != "pooled":
        return Pool(kind.places, _largest(kind), 1) if isinstance(kind, Numeric) else None
    pool = known.pools.get(value.name) if isinstance(value, FieldRead) else None
    if pool is None:
        known.report("pooled-without-rows", line.compared.of.span, text=known.text(line.compared.of.span))
    return pool


def _rounding(line: PeerLine, value: Expression, context: Context) -> Rounding | None:
    """The rounding that is written, or to the places of what is compared."""
    kind = value.type
    assert isinstance(kind, Numeric)
    return expressions.rounding_of(line.mode, line.step, value, context) if line.step is not None else Rounding(kind.places)


def _rounding_of_quotient(line: PeerLine, unit: Unit, context: Context) -> Rounding | None:
    """The rounding of a quotient, which has no last digit of its own."""
    if line.step is None:
        context.report("peer-without-places", line.compared.span, name=line.name.text, step="0.01%" if unit == "share" else "0.01")
        return None
    return expressions.rounding_of(line.mode, line.step, Constant(0, Numeric(unit, 0, 0, 0)), context)


def _direction(line: PeerLine, known: Knowledge) -> Literal["higher", "lower"]:
    """What is better: as written here, else as the field that is compared declares, else higher."""
    of = line.compared.of
    field = known.symbols.fields.get(of.names[0].text) if isinstance(of, syntax.Reference) and len(of.names) == 1 else None
    declared = field.better if isinstance(field, MetricLine | InputLine) else ""
    return line.better or declared or "higher"


def _result(kind: Numeric, rounding: Rounding) -> Type:
    """The type of a mean or median: within a range, rounded; of counts it is a plain number."""
    step, unit = fraction(rounding.step, kind.places, rounding.places)
    low, high = (divide(end * step, unit, rounding.mode) * rounding.step for end in (kind.low, kind.high))
    return Numeric("number" if kind.unit == "count" else kind.unit, rounding.places, low, high, True)
