"""Elaborates ladders and ranges: rows that each take a stretch of the subject's values."""

from __future__ import annotations

from typing import assert_never

from ..diagnostics.diagnostic import Label
from ..node import frozen
from ..plan.expressions import AllOf, Band, Bands, Case, Cases, Comparison, Expression, Not
from ..plan.quantity import Exact, Numeric, Truth, Type
from ..source import Span
from ..syntax import expressions as syntax
from . import expressions
from .cases import branches
from .comparisons import compare
from .conditions import is_given
from .guards import where_true
from .knowledge import Context
from .ladders import check_ladder
from .quotients import Quotient
from .ranges import check_ranges
from .rounding import joined_type
from .unify import Placed, given, numeric_of, unified

TRUTH = Truth()
Block = syntax.LadderBlock | syntax.RangeBlock


@frozen
class End:
    """One end of a row: a limit, and whether the row leaves it out."""

    limit: Expression
    span: Span
    is_open: bool


@frozen
class Row:
    """One row as it was written, of a ladder (one end) or of ranges (up to two)."""

    kind: str
    span: Span
    value: Expression
    value_span: Span
    low: End | None
    high: End | None

    def ends(self) -> list[End]:
        """The ends that are written."""
        return [end for end in (self.low, self.high) if end is not None]


def bands(node: Block, context: Context) -> Expression | None:
    """The value of the first row that holds the subject."""
    subject = expressions.elaborate(node.subject, context)
    inside = context if subject is None else context.knowing(where_true(is_given(subject), ()))
    rows = [_row(row, context if _kind(row) == "none" else inside) for row in node.rows]
    if subject is None or not numeric_of(subject, node.subject.span, context):
        return None
    whole = [row for row in rows if row is not None]
    if len(whole) < len(rows):
        return None
    _check_single_rows(node, whole, context)
    found = branches([(row.value, row.value_span) for row in whole], context)
    if found is None:
        return None
    values, kind = found
    valued = [_with_value(row, value) for row, value in zip(whole, values, strict=True)]
    if subject.type.optional and not any(row.kind == "none" for row in valued) and not given(subject, node.subject.span, context):
        return None
    return _chosen(node, subject, valued, kind, context)


def _with_value(row: Row, value: Expression) -> Row:
    return Row(row.kind, row.span, value, row.value_span, row.low, row.high)


def _kind(row: syntax.LadderRow | syntax.RangeRow) -> str:
    if isinstance(row, syntax.RangeRow):
        return row.kind
    return row.operator if row.operator in ("none", "else") else "range"


def _row(row: syntax.LadderRow | syntax.RangeRow, context: Context) -> Row | None:
    value = expressions.elaborate(row.value, context)
    match row:
        case syntax.LadderRow():
            is_low, is_open = row.operator[0] == ">", not row.operator.endswith("=")
            written = ((row.limit if is_low else None, is_open), (None if is_low else row.limit, is_open))
        case syntax.RangeRow():
            written = ((row.low, row.low_open), (row.high, row.high_open))
        case _:
            assert_never(row)
    low, high = (_end(limit, is_open, context) for limit, is_open in written)
    if value is None or any(end is None and limit is not None for end, (limit, _) in zip((low, high), written, strict=True)):
        return None
    return Row(_kind(row), row.span, value, row.value.span, low, high)


def _end(limit: syntax.Expression | None, is_open: bool, context: Context) -> End | None:
    made = expressions.elaborate(limit, context) if limit is not None else None
    if made is None or limit is None:
        return None
    return End(made, limit.span, is_open) if numeric_of(made, limit.span, context) and given(made, limit.span, context) else None


def _check_single_rows(node: Block, rows: list[Row], context: Context) -> None:
    for name in ("none", "else"):
        spans = [row.span for row in rows if row.kind == name]
        for span in spans[1:]:
            context.report("row-twice", span, labels=(Label(spans[0], "first"),))
    kinds = [row.kind for row in rows]
    behind = rows[kinds.index("else") + 1 :] if isinstance(node, syntax.LadderBlock) and "else" in kinds else []
    for row in behind:
        if row.kind == "range":
            context.report("row-never-reached", row.span, kind="ladder", row=context.known.text(row.span), range="")


def _chosen(node: Block, subject: Expression, rows: list[Row], kind: Type, context: Context) -> Expression | None:
    made: object = subject
    if isinstance(made, Quotient) and made.exact:
        return _crosswise(node, subject, rows, kind, context)
    if isinstance(subject.type, Exact):
        context.report("quotient-without-places", node.subject.span, text=context.known.text(node.subject.span))
        return None
    return _as_bands(node, subject, rows, kind, context)


def _as_bands(node: Block, subject: Expression, rows: list[Row], kind: Type, context: Context) -> Expression | None:
    original = subject.type
    assert isinstance(original, Numeric)
    aligned = _aligned(node, subject, rows, context)
    if aligned is None:
        return None
    at_scale, found = aligned
    missing, otherwise = _value_of("none", rows), _value_of("else", rows)
    if missing is not None and not original.optional:
        missing, kind = None, _without_none(rows, kind)
        span = next(row.span for row in rows if row.kind == "none")
        context.report("none-never-reached", span, kind="ladder" if isinstance(node, syntax.LadderBlock) else "ranges", row="none", range="")
    form = "ladder" if isinstance(node, syntax.LadderBlock) else "ranges"
    result = Bands(form, at_scale, found, missing, otherwise, kind)  # type: ignore[arg-type]
    match node:
        case syntax.LadderBlock():
            fine = check_ladder(node, result, original.places, context)
        case syntax.RangeBlock():
            fine = check_ranges(node, result, original.places, context)
        case _:
            assert_never(node)
    return result if fine else None


def _value_of(kind: str, rows: list[Row]) -> Expression | None:
    return next((row.value for row in rows if row.kind == kind), None)


def _without_none(rows: list[Row], kind: Type) -> Type:
    return joined_type([row.value for row in rows if row.kind != "none"]) if isinstance(kind, Numeric) else kind


def _aligned(node: Block, subject: Expression, rows: list[Row], context: Context) -> tuple[Expression, tuple[Band, ...]] | None:
    """The subject and all limits at one scale, as bands."""
    limits: list[Placed] = [(end.limit, end.span) for row in rows for end in row.ends()]
    brought = unified([(subject, node.subject.span), *limits], context, "->")
    if brought is None:
        return None
    ends = iter(brought[1:])
    found: list[Band] = []
    for row in rows:
        low = next(ends) if row.low is not None else None
        high = next(ends) if row.high is not None else None
        closed = tuple(end is not None and not end.is_open for end in (row.low, row.high))
        if row.kind == "range":
            found.append(context.known.mark(Band(low, closed[0], high, closed[1], row.value), row.span))
    return brought[0], tuple(found)


def _crosswise(node: Block, subject: Expression, rows: list[Row], kind: Type, context: Context) -> Expression | None:
    """Over an exact quotient: cases that compare by cross-multiplication."""
    test = is_given(subject)
    missing, otherwise = _value_of("none", rows), _value_of("else", rows)
    inside = context.knowing(where_true(test, ()))
    fresh = expressions.elaborate(node.subject, inside)
    if fresh is None:
        return None
    found = [Case(Not(test, TRUTH), missing)] if missing is not None and subject.type.optional else []
    for row in rows:
        made = _tests(row, (fresh, node.subject.span), inside) if row.kind == "range" else ()
        if made is None:
            return None
        found += [context.known.mark(Case(AllOf(made, TRUTH) if len(made) > 1 else made[0], row.value), row.span)] if made else []
    if otherwise is None:
        context.report("ranges-gap", node.span, value="?", subject=context.known.text(node.subject.span))
        return None
    return Cases(tuple(found), otherwise, kind)


def _tests(row: Row, subject: Placed, context: Context) -> tuple[Expression, ...] | None:
    """The comparisons that a row stands for."""
    found: list[Expression | None] = []
    operators: tuple[tuple[End | None, Comparison, Comparison], ...] = ((row.low, ">=", ">"), (row.high, "<=", "<"))
    for end, closed, opened in operators:
        if end is not None:
            found.append(compare(opened if end.is_open else closed, subject, (end.limit, end.span), context))
    whole = tuple(test for test in found if test is not None)
    return whole if len(whole) == len(found) else None
