"""Checks parts and the total: their values, default places, adjustments in order, and ranges."""

from __future__ import annotations

from typing import Literal, assert_never

from ..binding.scopes import RecordScope
from ..plan.expressions import Expression, Nothing, NumberRead
from ..plan.label import Label
from ..plan.quantity import Exact, Numeric, as_given, as_optional
from ..plan.record import Adjustment, Number
from ..source import Span
from ..syntax.declarations import PartBlock
from . import expressions
from .adjustments import adjustment_of
from .declared import at_places, end_of
from .knowledge import Context, Knowledge, Rounding
from .labels import label_of
from .operators import POINTS
from .quantities import as_number, spelled
from .reads import layer_of
from .rounding import rounded, unrounded
from .sums import sum_of
from .unify import numeric_of, report_mixed


def check_part(path: str, block: PartBlock, known: Knowledge) -> Number | None:
    """The number that a part or the total makes; None where it is wrong (reported). Sets its type and layer."""
    context = Context(known, RecordScope(path), known.full_facts)
    made = _leaf(path, block, context) if not block.parts else sum_of(path, block, context)
    value = known.mark(as_number(made), known.marks.span_of(made)) if made is not None else None
    adjustments, ends = _adjustments(path, block, value, context), _ends(block, value, known)
    if value is None or adjustments is None or ends is None:
        return None
    kind = value.type
    assert isinstance(kind, Numeric)
    final = _final_type(kind, adjustments, ends, block.name.span, known)
    if final is None:
        return None
    children = tuple(_child(path, child) for child in block.parts)
    layer = max(layer_of((value, adjustments), known), known.layers.get("stage", 0))
    remember(path, final, value, layer, known)
    number_kind: Literal["total", "part"] = "total" if path == "total" else "part"
    number = Number(
        path, block.name.text, number_kind, block.word, label_of(block.label), known.numbers[path], value, adjustments, *ends, layer,
        bool(known.stage_names), children,
    )  # fmt: skip
    return known.mark(number, block.span)


def remember(path: str, kind: Numeric, value: Expression, layer: int, known: Knowledge) -> None:
    """Adds a number's type: outside a full stage it may be none because it was not made."""
    staged = bool(known.stage_names) and known.full_stages != frozenset(known.stage_names)
    known.within_full[path] = kind.optional
    known.numbers[path] = as_optional(kind) if staged else kind
    known.made(f"number {path}", value)
    known.layers[f"number {path}"] = layer


def _child(path: str, child: PartBlock) -> str:
    return child.name.text if path == "total" else f"{path}.{child.name.text}"


def _leaf(path: str, block: PartBlock, context: Context) -> Expression | None:
    known = context.known
    if block.value is None:
        known.report("part-without-value", block.name.span, name=block.name.text)
        return None
    value = expressions.elaborate(block.value, context)
    if value is None or not numeric_of(value, block.value.span, context):
        return None
    assert isinstance(value.type, Numeric | Exact)
    if value.type.unit not in POINTS:
        report_mixed(context, block.value.span, value.type.unit, block.name.span, "points", "=")
        return None
    if isinstance(value.type, Exact) and block.exact:
        known.report("exact-part", block.value.span, name=block.name.text)
        return None
    if block.exact:
        return value
    rounding = rounding_for(path, block, value, context)
    return rounded(value, rounding, known, block.value.span) if rounding else None


def rounding_for(path: str, block: PartBlock, value: Expression, context: Context) -> Rounding | None:
    """The rounding that a part says, or its default: the score's places (and mode, for the total)."""
    known = context.known
    if block.step is not None:
        return expressions.rounding_of(block.mode, block.step, value, context)
    if known.scale is not None:
        return Rounding(known.scale.places, 1, known.scale.mode if path == "total" else "half away")
    if known.symbols.header.score is not None:
        return None
    kind = value.type
    if isinstance(kind, Numeric) and unrounded(value) is None and not block.parts:
        return Rounding(kind.places)
    known.report("part-without-places", block.name.span, name=block.name.text)
    return None


def _adjustments(path: str, block: PartBlock, value: Expression | None, context: Context) -> tuple[Adjustment, ...] | None:
    found: list[Adjustment] = []
    for line in block.adjustments:
        made = adjustment_of(path, line, value, block, context)
        if made is not None:
            found.append(context.known.mark(made, line.span))
    return tuple(found) if len(found) == len(block.adjustments) else None


def _ends(block: PartBlock, value: Expression | None, known: Knowledge) -> tuple[int | None, int | None] | None:
    if block.low is None or block.high is None or value is None:
        return None, None
    kind = value.type
    assert isinstance(kind, Numeric)
    low, high = end_of(block.low, kind.unit, known), end_of(block.high, kind.unit, known)
    if low is None or high is None:
        return None
    scaled = at_places(low, kind.places), at_places(high, kind.places)
    for node, end in zip((block.low, block.high), scaled, strict=True):
        if end is None:
            known.report("value-too-fine", node.span, text=known.text(node.span), places=kind.places)
    if scaled[0] is None or scaled[1] is None:
        return None
    if scaled[0] > scaled[1]:
        span = Span(block.low.span.start, block.high.span.end)
        known.report("floor-above-ceiling", span, name=block.name.text, floor=spelled(kind, scaled[0]), ceiling=spelled(kind, scaled[1]))
        return None
    return scaled


def _final_type(kind: Numeric, adjustments: tuple[Adjustment, ...], ends: tuple[int | None, int | None], span: Span, known: Knowledge) -> Numeric | None:
    """The type after each adjustment, none of which leaves 64 bits, and the number's own range."""
    low, high = kind.low, kind.high
    for line in adjustments:
        low, high = _adjusted(low, high, line)
        if not known.fits(Numeric(kind.unit, kind.places, low, high), known.marks.span_of(line) or span):
            return None
    first, last = ends
    if first is not None and last is not None:
        low, high = min(max(low, first), last), min(max(high, first), last)
    return Numeric(kind.unit, kind.places, low, high, kind.optional)


def _adjusted(low: int, high: int, line: Adjustment) -> tuple[int, int]:
    amount = line.amount.type
    assert isinstance(amount, Numeric)
    per = line.per.type if line.per is not None else None
    most = amount.high * (per.high if isinstance(per, Numeric) else 1)
    most = most if line.most is None else min(most, line.most)
    always = line.condition is None
    match line.kind:
        case "deduct":
            return low - most, high
        case "bonus":
            return low, high + most
        case "protect":
            return (max(low, amount.low) if always else low), max(high, amount.high)
        case "cap":
            return min(low, amount.low), (min(high, amount.high) if always else high)
        case _:
            assert_never(line.kind)


def total_never_made(known: Knowledge) -> Number | None:
    """The total of a ruleset that writes none, for every stage says the score itself: it is always none."""
    scale, header = known.scale, known.symbols.header.score
    if known.symbols.total is not None or scale is None or header is None or not known.stage_names:
        return None
    kind = Numeric("score", scale.places, scale.low, scale.high, True)
    known.within_full["total"] = True
    known.numbers["total"] = kind
    return known.mark(Number("total", "total", "total", "total", Label(), kind, Nothing(kind), (), None, None, 0, True, ()), header.span)


def check_score(known: Knowledge) -> Number | None:
    """The score: the total clamped to the scale, on its step; in a stage with a value, that value."""
    scale, header = known.scale, known.symbols.header.score
    read = known.numbers.get("total")
    if scale is None or header is None or not isinstance(read, Numeric):
        return None
    optional = known.within_full["total"]
    total = NumberRead("total", as_optional(read) if optional else as_given(read))
    value = rounded(total, Rounding(scale.places, scale.step, scale.mode), known, header.span)
    if value is None or not isinstance(value.type, Numeric):
        return None
    low, high = (min(max(end, scale.low), scale.high) for end in (value.type.low, value.type.high))
    kind = Numeric("score", scale.places, low, high, optional)
    known.within_full["score"] = optional
    known.numbers["score"] = _of_all_stages(kind, known)
    layer = max(known.layers.get("number total", 0), known.layers.get("stage", 0), layer_of(tuple(row.value for row in known.stage_rows), known))
    known.layers["number score"] = layer
    if not known.stage_names:
        known.makings[""].shows["number score"] = frozenset(("number total",))
    text = label_of(known.symbols.total.label) if known.symbols.total is not None else Label()
    number = Number(
        "score", "score", "score", "score", text, known.numbers["score"], value, (), scale.low, scale.high, layer, bool(known.stage_names), ("total",)
    )
    return known.mark(number, header.span)


def _of_all_stages(kind: Numeric, known: Knowledge) -> Numeric:
    """The type of a score that is of one kind where the stage is full, and elsewhere what the stage says."""
    values = [row.value for row in known.stage_rows if not row.full and row.value is not None]
    kinds = [value.type for value in values if isinstance(value.type, Numeric) and not isinstance(value, Nothing)]
    kinds += [kind] if known.full_stages or not known.stage_names else []
    optional = any(each.optional for each in kinds) or any(value.type.optional for value in values)
    ends = kinds or [kind]
    return Numeric("score", kind.places, min(each.low for each in ends), max(each.high for each in ends), optional)
