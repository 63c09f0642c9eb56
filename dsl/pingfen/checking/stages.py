"""Checks stages: a first-match list whose values lie inside the score's range and on its step."""

from __future__ import annotations

from ..binding.scopes import RecordScope
from ..plan.expressions import Constant, Expression, Nothing
from ..plan.quantity import Numeric
from ..plan.record import Scale, StageRow
from ..source import Span
from ..syntax.declarations import StageLine, StagesBlock
from . import expressions
from .conditions import condition
from .guards import NOTHING_KNOWN, Facts, where_false, where_true
from .knowledge import Context, Knowledge, Rounding
from .labels import label_of
from .quantities import spelled
from .reads import layer_of
from .rounding import branches_of, rounded, unrounded
from .unify import meeting_unit, numeric_of


def check_stages(block: StagesBlock, known: Knowledge) -> tuple[StageRow, ...] | None:
    """The stages; None where one is wrong (reported). Sets what is known of stages that make parts."""
    _check_last(block, known)
    known.full_stages = frozenset(line.name.text for line in block.stages if line.result == "full")
    context = Context(known, RecordScope())
    rows: list[StageRow | None] = []
    full: Facts | None = None
    for line in block.stages:
        test = condition(line.condition, context) if line.condition is not None else None
        inside = context.knowing(where_true(test, ())) if test is not None else context
        if line.result == "full":
            full = inside.facts if full is None else full.or_else(inside.facts)
        rows.append(_stage(line, test, inside))
        if test is not None:
            context = context.knowing(where_false(test, ()))
    given = full.given if full is not None else NOTHING_KNOWN.given
    known.full_facts = Facts(given, known.full_stages)
    found = tuple(known.mark(row, line.span) for row, line in zip(rows, block.stages, strict=True) if row is not None)
    known.layers["stage"] = layer_of(tuple(row.condition for row in found), known)
    return found if len(found) == len(rows) else None


def _check_last(block: StagesBlock, known: Knowledge) -> None:
    if not block.stages or block.stages[-1].condition is not None:
        known.report("stages-without-else", block.span)
    for line in block.stages[:-1]:
        if line.condition is None:
            known.report("stages-without-else", line.span)
    if block.stages and known.symbols.total is None and any(line.result == "full" for line in block.stages) and known.scale is not None:
        known.report("score-without-total", block.span)


def _stage(line: StageLine, test: Expression | None, context: Context) -> StageRow | None:
    if test is None and line.condition is not None:
        return None
    label = label_of(line.label)
    if line.result == "full":
        return StageRow(line.name.text, label, test, True, None)
    if line.result == "no score":
        return StageRow(line.name.text, label, test, False, Nothing(_score_type(context.known)))
    value = _stage_value(line, context)
    return None if value is None else StageRow(line.name.text, label, test, False, value)


def _score_type(known: Knowledge) -> Numeric:
    scale = known.scale
    return Numeric("score", scale.places, scale.low, scale.high, True) if scale else Numeric("score", 0, 0, 0, True)


def _stage_value(line: StageLine, context: Context) -> Expression | None:
    known = context.known
    assert not isinstance(line.result, str)
    span = line.result.span
    if known.scale is None:
        known.report("stage-value-without-score", span, name=line.name.text)
        return None
    value = expressions.elaborate(line.result, context)
    if value is None or not numeric_of(value, span, context):
        return None
    if unrounded(value) is not None:
        known.report("quotient-without-places", span, text=known.text(span))
        return None
    sample = Constant(0, Numeric("score", 0, 0, 0))
    if meeting_unit([(sample, line.name.span), (value, span)], context, "score") is None or not _on_scale(value, span, known.scale, known):
        return None
    return rounded(value, Rounding(known.scale.places, known.scale.step, known.scale.mode), known, span)


def _branches(value: Expression) -> list[Expression]:
    """The values that are chosen from, however deep."""
    found = branches_of(value)
    return [value] if found == [value] else [inner for branch in found for inner in _branches(branch)]


def _on_scale(value: Expression, span: Span, scale: Scale, known: Knowledge) -> bool:
    """Whether the range of a stage's value lies inside the score's, and each written number on its step."""
    kind = value.type
    assert isinstance(kind, Numeric)
    wide = 10 ** max(0, kind.places - scale.places)
    low, high = kind.low * 10 ** max(0, scale.places - kind.places), kind.high * 10 ** max(0, scale.places - kind.places)
    written = [branch for branch in _branches(value) if isinstance(branch, Constant)]
    off = any(int(branch.value) * 10 ** max(0, scale.places - kind.places) % (scale.step * wide) for branch in written)
    if off:
        step = Numeric("score", scale.places, scale.step, scale.step)
        known.report("limit-off-step", span, text=known.text(span), step=spelled(step, scale.step))
        return False
    if low < scale.low * wide or high > scale.high * wide:
        score = Numeric("score", scale.places, scale.low, scale.high)
        known.report("stage-value-outside-score", span, text=known.text(span), low=spelled(score, scale.low), high=spelled(score, scale.high))
        return False
    return True
