"""Checks adjustments: amounts with the places of their number, counts that multiply, limits on the score's step."""

from __future__ import annotations

from ..plan.expressions import Constant, Expression
from ..plan.quantity import Numeric
from ..plan.record import Adjustment
from ..source import Span
from ..syntax.declarations import AdjustmentLine, PartBlock
from . import expressions
from .conditions import condition
from .guards import where_true
from .knowledge import Context
from .labels import label_of
from .quantities import aligned, spelled, step_of, written_values
from .unify import given, meeting_unit, numeric_of


def adjustment_of(path: str, line: AdjustmentLine, value: Expression | None, block: PartBlock, context: Context) -> Adjustment | None:
    """One adjustment of a number; None where it is wrong (reported)."""
    test = condition(line.condition, context) if line.condition is not None else None
    if test is not None:
        context = context.knowing(where_true(test, context.known.stage_names))
    amount = expressions.elaborate(line.amount, context)
    per = _per(line, context)
    if value is None or amount is None or (test is None and line.condition is not None) or (per is None and line.per is not None):
        return None
    kind = value.type
    assert isinstance(kind, Numeric)
    brought = _at_number(line.amount.span, amount, kind, block, context, below=line.kind == "cap below")
    if brought is None:
        return None
    if line.kind in ("deduct", "bonus") and isinstance(brought.type, Numeric) and brought.type.low < 0:
        context.report("negative-amount", line.amount.span, text=context.known.text(line.amount.span))
        return None
    if line.kind in ("protect", "cap", "cap below") and path == "total" and not _on_step(brought, line.amount.span, context):
        return None
    if line.kind == "cap below":
        below = _below(path, brought, kind, block, line.amount.span, context)
        return None if below is None else Adjustment("cap", below, None, None, test, label_of(line.label))
    most = _most(line, kind, block, context)
    if line.most is not None and most is None:
        return None
    return _fitting(Adjustment(line.kind, brought, per, most, test, label_of(line.label)), line.span, context)


def _fitting(line: Adjustment, span: Span, context: Context) -> Adjustment | None:
    amount, per = line.amount.type, line.per.type if line.per is not None else None
    assert isinstance(amount, Numeric)
    widest = amount.high * (per.high if isinstance(per, Numeric) else 1)
    return line if context.known.fits(Numeric(amount.unit, amount.places, -widest, widest), span) else None


def _per(line: AdjustmentLine, context: Context) -> Expression | None:
    if line.per is None:
        return None
    per = expressions.elaborate(line.per, context)
    if per is None or not numeric_of(per, line.per.span, context) or not given(per, line.per.span, context):
        return None
    kind = per.type
    if not isinstance(kind, Numeric) or kind.unit not in ("count", "number") or kind.places or kind.low < 0:
        unit = kind.unit if isinstance(kind, Numeric) else "number"
        context.report("per-not-a-count", line.per.span, text=context.known.text(line.per.span), unit=unit)
        return None
    return per


def _at_number(span: Span, amount: Expression, kind: Numeric, block: PartBlock, context: Context, below: bool = False) -> Expression | None:
    """The amount at the number's scale; for `cap below` it may be finer."""
    if not numeric_of(amount, span, context) or not given(amount, span, context):
        return None
    sample = Constant(kind.low, sample_type(kind))
    if meeting_unit([(sample, block.name.span), (amount, span)], context, "adjustment") is None:
        return None
    own = amount.type
    if not isinstance(own, Numeric):
        context.report("quotient-without-places", span, text=context.known.text(span))
        return None
    if own.places > kind.places:
        if below:
            return amount
        context.report("amount-too-fine", span, text=context.known.text(span), places=kind.places)
        return None
    return context.known.fitting(aligned(amount, kind.places), span)


def sample_type(kind: Numeric) -> Numeric:
    """The type of a number that adjustments meet: plain numbers count as points."""
    return Numeric("score" if kind.unit in ("number", "count", "points") else kind.unit, kind.places, kind.low, kind.low)


def _on_step(amount: Expression, span: Span, context: Context) -> bool:
    scale = context.known.scale
    kind = amount.type
    if scale is None or not isinstance(kind, Numeric):
        return True
    size = scale.step * 10 ** max(0, kind.places - scale.places)
    if any(value * 10 ** max(0, scale.places - kind.places) % size for value in written_values(amount) if value is not None):
        step = Numeric("score", scale.places, scale.step, scale.step)
        context.report("limit-off-step", span, text=context.known.text(span), step=spelled(step, scale.step))
        return False
    return True


def _below(path: str, amount: Expression, kind: Numeric, block: PartBlock, span: Span, context: Context) -> Expression | None:
    """The largest representable value below the limit: of the part's places or step, or of the score's step."""
    own = amount.type
    if not isinstance(amount, Constant) or not isinstance(own, Numeric):
        context.report("not-written", span, text=context.known.text(span))
        return None
    step, places = _grain(path, kind, block, context)
    common = max(own.places, places)
    limit, size = int(amount.value) * 10 ** (common - own.places), step * 10 ** (common - places)
    found = (-(-limit // size) - 1) * size
    value = found * 10 ** max(0, kind.places - common) // 10 ** max(0, common - kind.places)
    return Constant(value, Numeric("score", kind.places, value, value))


def _grain(path: str, kind: Numeric, block: PartBlock, context: Context) -> tuple[int, int]:
    scale = context.known.scale
    if path == "total" and scale is not None:
        return scale.step, scale.places
    return step_of(context.known.literal(block.step)) if block.step is not None else (1, kind.places)


def _most(line: AdjustmentLine, kind: Numeric, block: PartBlock, context: Context) -> int | None:
    if line.most is None:
        return None
    made = expressions.elaborate(line.most, context)
    brought = _at_number(line.most.span, made, kind, block, context) if made is not None else None
    if brought is None:
        return None
    if not isinstance(brought, Constant) or int(brought.value) < 0:
        context.report("not-written", line.most.span, text=context.known.text(line.most.span))
        return None
    return int(brought.value)
