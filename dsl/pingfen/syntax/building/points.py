"""Builds stages, parts with their adjustments, displays and tiers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal

from ...diagnostics.diagnostic import Problems
from ...source import Span
from ..declarations import (
    AdjustmentLine,
    Cite,
    DisplayLine,
    ForceLine,
    HideLine,
    LabelText,
    MissingClause,
    NeedsClause,
    PartBlock,
    StageLine,
    StagesBlock,
    TierBlock,
)
from ..expressions import CaseBlock, CaseRow, Expression, Name
from .clauses import NO_ROUNDING, Clause, cites_of, clause_of, gather, label_of, marked, several, word


def stage_when(problems: Problems, span: Span, name: Name, label: LabelText | None, condition: Expression, result: Any) -> StageLine:
    """`growth when c { score 60 }`."""
    return StageLine(name, label_of(label), condition, result, span)


def stage_else(problems: Problems, span: Span, name: Name, label: LabelText | None, result: Any) -> StageLine:
    """`regular else full`."""
    return StageLine(name, label_of(label), None, result, span)


def stage_cases(problems: Problems, span: Span, *rows: CaseRow) -> CaseBlock:
    """`{ score 60 when c, else 70 }`."""
    return CaseBlock(rows, False, span)


def stages_block(problems: Problems, span: Span, *rest: StageLine | Cite) -> StagesBlock:
    """`stages { ... }`."""
    return StagesBlock(tuple(item for item in rest if isinstance(item, StageLine)), cites_of(rest), span)


def missing_drop(problems: Problems, span: Span, needs: NeedsClause | None) -> Clause:
    """`missing drop needs half the parts`."""
    return Clause("missing", MissingClause("drop", None, needs, span), span)


def missing_no_score(problems: Problems, span: Span) -> Clause:
    """`missing no score`."""
    return Clause("missing", MissingClause("no score", span=span), span)


def needs_half(problems: Problems, span: Span) -> NeedsClause:
    """`needs half the parts`."""
    return NeedsClause(None, "half", span)


def needs_of(unit: Literal["parts", "weight"]) -> Callable[..., NeedsClause]:
    """A builder for `needs 2 parts`, `needs 50% of the weight`."""
    return lambda problems, span, count: NeedsClause(count, unit, span)


def total_block(problems: Problems, span: Span, label: LabelText | None, *rest: Any) -> PartBlock:
    """`total "..." { ... }`."""
    written = problems.source.text[span.start : span.end]
    width = 5 if written.startswith("total") else 2
    return _block(problems, span, "total", Name("total", Span(span.start, span.start + width)), label, rest)


def part_block(problems: Problems, span: Span, kind: Any, name: Name, label: LabelText | None, *rest: Any) -> PartBlock:
    """`dimension product weight 70% { ... }`."""
    return _block(problems, span, kind, name, label, rest)


def _block(problems: Problems, span: Span, kind: Any, name: Name, label: LabelText | None, rest: tuple[Any, ...]) -> PartBlock:
    rows = next(item for item in rest if isinstance(item, tuple))
    parts = tuple(row for row in rows if isinstance(row, PartBlock))
    adjustments = tuple(row for row in rows if isinstance(row, AdjustmentLine))
    return _part(problems, span, kind, name, label, rest, None, parts, adjustments)


def part_leaf(problems: Problems, span: Span, kind: Any, name: Name, label: LabelText | None, *rest: Any) -> PartBlock:
    """`indicator praise weight 30% = ladder ... { ... }`."""
    clauses = [item for item in rest if isinstance(item, Clause)]
    value, adjustments = rest[len(clauses)], rest[len(clauses) + 1]
    said_of_sums = [clause for clause in clauses if clause.kind in ("combine", "missing")]
    for clause in said_of_sums:
        problems.report("clause-of-a-sum", clause.span, clause=clause.kind)
    return _part(problems, span, kind, name, label, rest, value, (), adjustments or ())


def _part(
    problems: Problems,
    span: Span,
    kind: Any,
    name: Name,
    label: LabelText | None,
    rest: tuple[Any, ...],
    value: Expression | None,
    parts: tuple[PartBlock, ...],
    adjustments: tuple[AdjustmentLine, ...],
) -> PartBlock:
    said = gather(problems, rest)
    how, limits, missing = said.get("to"), said.get("within"), said.get("missing")
    if missing is not None and not isinstance(missing, MissingClause):
        missing = MissingClause("value", missing, span=missing.span)
    return PartBlock(
        kind,
        name,
        label_of(label),
        said.get("weight"),
        value,
        said.get("combine", "weights"),
        missing,
        parts,
        adjustments,
        (how or NO_ROUNDING).mode,
        how.step if how else None,
        how.exact if how else False,
        how is not None,
        limits.low if limits else None,
        limits.high if limits else None,
        "assumed" in said,
        cites_of(rest),
        span,
    )


def counted_adjustment(kind: Literal["deduct", "bonus"]) -> Callable[..., AdjustmentLine]:
    """A builder for `deduct 3 per n when c, no more than 15 in all "label"`."""

    def build(
        problems: Problems,
        span: Span,
        amount: Expression,
        per: Expression | None,
        condition: Expression | None,
        most: Expression | None,
        label: LabelText | None,
        *cites: Cite,
    ) -> AdjustmentLine:
        return AdjustmentLine(kind, amount, per, most, condition, label_of(label), cites, span)

    return build


def limit_adjustment(kind: Literal["protect", "cap", "cap below"]) -> Callable[..., AdjustmentLine]:
    """A builder for `protect at least 90 when c "label"` and the caps."""

    def build(problems: Problems, span: Span, amount: Expression, condition: Expression | None, label: LabelText | None, *cites: Cite) -> AdjustmentLine:
        return AdjustmentLine(kind, amount, None, None, condition, label_of(label), cites, span)

    return build


def display_line(problems: Problems, span: Span, name: Name, label: LabelText | None, value: Expression, *cites: Cite) -> DisplayLine:
    """`display shown = cases { ... } to 0.1`."""
    return DisplayLine(name, label_of(label), value, cites, span)


def tier_block(
    problems: Problems,
    span: Span,
    name: Name,
    label: LabelText | None,
    options: tuple[Name, ...],
    value: Expression,
    forces: tuple[ForceLine, ...] | None,
    *cites: Cite,
) -> TierBlock:
    """`tier level of bronze, silver = ladder score { ... } { force bronze when c }`."""
    return TierBlock(name, label_of(label), options, value, forces or (), cites, span)


def force(problems: Problems, span: Span, tier: Name, condition: Expression) -> ForceLine:
    """`force bronze when c`."""
    return ForceLine(tier, condition, span)


def hide_line(problems: Problems, span: Span, condition: Expression, *cites: Cite) -> HideLine:
    """`hide score when c`."""
    return HideLine(condition, cites, span)


def stage_value(problems: Problems, span: Span, value: Expression) -> Expression:
    """`{ score 60 }`."""
    return value


BUILDERS: Final[dict[str, Callable[..., Any]]] = {
    "stages_block": stages_block,
    "stage_when": stage_when,
    "stage_else": stage_else,
    "stage_full": word("full"),
    "stage_no_score": word("no score"),
    "stage_cases": stage_cases,
    "stage_value": stage_value,
    "total_block": total_block,
    "part_rows": several,
    "part_block": part_block,
    "part_leaf": part_leaf,
    "dimension": word("dimension"),
    "indicator": word("indicator"),
    "part_word": word("part"),
    "weight": clause_of("weight"),
    "combine_sum": marked("combine", "sum"),
    "combine_mean": marked("combine", "weighted mean"),
    "combine_best": marked("combine", "best of"),
    "missing_drop": missing_drop,
    "missing_no_score": missing_no_score,
    "needs_half": needs_half,
    "needs_count": needs_of("parts"),
    "needs_weight": needs_of("weight"),
    "adjustments": several,
    "deduct": counted_adjustment("deduct"),
    "bonus": counted_adjustment("bonus"),
    "protect": limit_adjustment("protect"),
    "cap": limit_adjustment("cap"),
    "cap_below": limit_adjustment("cap below"),
    "display_line": display_line,
    "tier_block": tier_block,
    "forces": several,
    "force": force,
    "hide_line": hide_line,
}
