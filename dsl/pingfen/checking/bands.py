"""Elaborates the blocks that choose a value: cases, ladder, ranges and curve."""

from __future__ import annotations

from ..diagnostics.diagnostic import Label
from ..plan.expressions import AllOf, Band, Bands, Case, Cases, Compare, Expression, Not, Nothing
from ..plan.node import evolve
from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from ..source import Span
from ..syntax import expressions as syntax
from . import expressions
from .comparisons import compare
from .conditions import condition, is_given
from .curves import curve
from .guards import where_false, where_true
from .knowledge import Context
from .ladders import check_ladder
from .quotients import Quotient
from .ranges import check_ranges
from .rounding import joined_type, unrounded
from .unify import Placed, given, kind_name, numeric_of, report_mixed, unified

TRUTH = Truth()


def block(node: syntax.CaseBlock | syntax.LadderBlock | syntax.RangeBlock | syntax.CurveBlock, context: Context) -> Expression | None:
    """The value that the block chooses."""
    match node:
        case syntax.CaseBlock():
            return _cases(node, context)
        case syntax.LadderBlock() | syntax.RangeBlock():
            return _bands(node, context)
        case syntax.CurveBlock():
            return curve(node, context)


def branches(values: list[Placed], context: Context) -> tuple[list[Expression], Type] | None:
    """The branches of one value in one unit and at one scale, and the type that holds them all; None where they do not meet (reported)."""
    firm = [(value, span) for value, span in values if not isinstance(value, Nothing)]
    if firm and isinstance(firm[0][0].type, Words | Truth):
        return _word_branches(values, firm, context)
    if not all([numeric_of(value, span, context) for value, span in values]):
        return None
    brought = unified(values, context, "else")
    if brought is None:
        return None
    if any(unrounded(value) for value in brought):
        unit = next(value.type.unit for value in brought if isinstance(value.type, Exact))
        optional = any(value.type.optional for value in brought)
        return brought, Exact(unit, 0, 0, 0, 0, optional)
    return brought, joined_type(brought)


def _word_branches(values: list[Placed], firm: list[Placed], context: Context) -> tuple[list[Expression], Type] | None:
    first, first_span = firm[0]
    for value, span in firm[1:]:
        if type(value.type) is not type(first.type):
            report_mixed(context, first_span, kind_name(first.type), span, kind_name(value.type), "else")
            return None
    optional = len(firm) < len(values) or any(value.type.optional for value, _ in firm)
    if isinstance(first.type, Truth):
        kind: Type = Truth(optional)
    else:
        texts = dict.fromkeys(option for value, _ in firm if isinstance(value.type, Words) for option in value.type.options)
        is_choice = all(isinstance(value.type, Words) and value.type.options for value, _ in firm)
        kind = Words(tuple(texts) if is_choice else (), optional)
    return [Nothing(kind) if isinstance(value, Nothing) else value for value, _ in values], kind


def _cases(node: syntax.CaseBlock, context: Context) -> Expression | None:
    known = context.known
    conditions: list[Expression] = []
    values: list[Placed] = []
    broken = False
    for row in node.rows:
        test = condition(row.condition, context) if row.condition is not None else None
        inside = context.knowing(where_true(test, known.stage_names)) if test is not None else context
        value = expressions.elaborate(row.value, inside)
        broken = broken or value is None or (test is None and row.condition is not None)
        if value is not None:
            values.append((value, row.value.span))
        if test is not None:
            conditions.append(test)
            context = context.knowing(where_false(test, known.stage_names))
    if not node.rows or node.rows[-1].condition is not None or any(row.condition is None for row in node.rows[:-1]):
        known.report("cases-without-else", node.span)
        return None
    made = None if broken else branches(values, context)
    if made is None:
        return None
    found, kind = made
    rows = tuple(known.mark(Case(*pair), row.span) for pair, row in zip(zip(conditions, found, strict=False), node.rows, strict=False))
    return Cases(rows, found[-1], kind) if rows else found[-1]


def _bands(node: syntax.LadderBlock | syntax.RangeBlock, context: Context) -> Expression | None:
    subject = expressions.elaborate(node.subject, context)
    inner = context
    if subject is not None:
        test = is_given(subject)
        inner = context.knowing(where_true(test, ()))
    rows = [(row, *_row(row, context if _kind(row) == "none" else inner)) for row in node.rows]
    if subject is None or not numeric_of(subject, node.subject.span, context) or any(value is None for _, value, _ in rows):
        return None
    found = branches([(value, row.value.span) for row, value, _ in rows if value is not None], context)
    ends = [end for _, _, limits in rows for end in limits]
    if found is None or any(end is None for end in ends):
        return None
    values, kind = found
    return _choose(node, subject, values, kind, [limits for _, _, limits in rows], context)


def _kind(row: syntax.LadderRow | syntax.RangeRow) -> str:
    if isinstance(row, syntax.RangeRow):
        return row.kind
    return row.operator if row.operator in ("none", "else") else "range"


def _row(row: syntax.LadderRow | syntax.RangeRow, context: Context) -> tuple[Expression | None, list[Expression | None]]:
    limits = (row.limit,) if isinstance(row, syntax.LadderRow) else (row.low, row.high)
    return expressions.elaborate(row.value, context), [expressions.elaborate(limit, context) for limit in limits if limit is not None]


def _choose(
    node: syntax.LadderBlock | syntax.RangeBlock,
    subject: Expression,
    values: list[Expression],
    kind: Type,
    limits: list[list[Expression | None]],
    context: Context,
) -> Expression | None:
    kinds = [_kind(row) for row in node.rows]
    last = {name: values[index] for index, name in enumerate(kinds) if name != "range"}
    _check_single_rows(node, kinds, context)
    if subject.type.optional and "none" not in last and not given(subject, node.subject.span, context):
        return None
    rows = [(row, values[index], limits[index]) for index, row in enumerate(node.rows) if kinds[index] == "range"]
    made: object = subject
    if isinstance(made, Quotient) and made.exact:
        return _by_cross(node, subject, rows, last, kind, context)
    if isinstance(subject.type, Exact):
        context.report("quotient-without-places", node.subject.span, text=context.known.text(node.subject.span))
        return None
    aligned = _aligned(node, subject, rows, context)
    if aligned is None:
        return None
    scaled_subject, bands = aligned
    missing = last.get("none") if subject.type.optional else None
    if missing is None and "none" in last:
        row_span = node.rows[kinds.index("none")].span
        context.report("none-never-reached", row_span, kind="ladder" if isinstance(node, syntax.LadderBlock) else "ranges", row="none", range="")
    result = Bands("ladder" if isinstance(node, syntax.LadderBlock) else "ranges", scaled_subject, tuple(bands), missing, last.get("else"), kind)
    original = subject.type
    assert isinstance(original, Numeric)
    checked = check_ladder if isinstance(node, syntax.LadderBlock) else check_ranges
    if not checked(node, result, original.places, context):  # type: ignore[operator]
        return None
    if missing is None and "none" in last and isinstance(kind, Numeric):
        return evolve(result, type=joined_type([*(band.value for band in bands), *([last["else"]] if "else" in last else [])]))
    return result


def _check_single_rows(node: syntax.LadderBlock | syntax.RangeBlock, kinds: list[str], context: Context) -> None:
    for name in ("none", "else"):
        places = [row.span for row, kind in zip(node.rows, kinds, strict=True) if kind == name]
        for span in places[1:]:
            context.report("row-twice", span, labels=(Label(places[0], "first"),))
    if isinstance(node, syntax.LadderBlock) and "else" in kinds:
        for row, kind in list(zip(node.rows, kinds, strict=True))[kinds.index("else") + 1 :]:
            if kind == "range":
                context.report("row-never-reached", row.span, kind="ladder", row=context.known.text(row.span), range="")


Rows = list[tuple[syntax.LadderRow | syntax.RangeRow, Expression, list[Expression | None]]]


def _aligned(
    node: syntax.LadderBlock | syntax.RangeBlock, subject: Expression, rows: Rows, context: Context
) -> tuple[Expression, list[Band]] | None:
    """The subject and all limits at one scale, as bands."""
    placed: list[Placed] = [(subject, node.subject.span)]
    for row, _, limits in rows:
        spans = [row.limit.span if row.limit else row.span] if isinstance(row, syntax.LadderRow) else [end.span for end in (row.low, row.high) if end]
        placed += [(limit, span) for limit, span in zip(limits, spans, strict=True) if limit is not None]
    for limit, span in placed[1:]:
        if not numeric_of(limit, span, context) or not given(limit, span, context) or not isinstance(limit.type, Numeric):
            return None
    brought = unified(placed, context, "->")
    if brought is None:
        return None
    ends = iter(brought[1:])
    return brought[0], [context.known.mark(_band(row, value, [next(ends) for _ in limits]), row.span) for row, value, limits in rows]


def _band(row: syntax.LadderRow | syntax.RangeRow, value: Expression, limits: list[Expression]) -> Band:
    if isinstance(row, syntax.LadderRow):
        closed = row.operator in (">=", "<=")
        return Band(limits[0], closed, None, False, value) if row.operator in (">=", ">") else Band(None, False, limits[0], closed, value)
    ends = iter(limits)
    low = next(ends) if row.low is not None else None
    high = next(ends) if row.high is not None else None
    return Band(low, low is not None and not row.low_open, high, high is not None and not row.high_open, value)


def _by_cross(
    node: syntax.LadderBlock | syntax.RangeBlock, subject: Expression, rows: Rows, last: dict[str, Expression], kind: Type, context: Context
) -> Expression | None:
    """A ladder or ranges over an exact quotient: cases that compare by cross-multiplication."""
    found: list[Case] = []
    test = is_given(subject)
    if "none" in last and subject.type.optional:
        found.append(Case(Not(test, TRUTH), last["none"]))
    inner = context.knowing(where_true(test, ()))
    fresh = expressions.elaborate(node.subject, inner)
    if fresh is None:
        return None
    for row, value, limits in rows:
        comparisons = _row_comparisons(row, fresh, node.subject.span, limits, inner)
        if comparisons is None:
            return None
        found.append(context.known.mark(Case(comparisons, value), row.span))
    if "else" not in last:
        context.report("ranges-gap", node.span, value="?", subject=context.known.text(node.subject.span))
        return None
    return Cases(tuple(found), last["else"], kind)


def _row_comparisons(
    row: syntax.LadderRow | syntax.RangeRow, subject: Expression, span: Span, limits: list[Expression | None], context: Context
) -> Expression | None:
    if isinstance(row, syntax.LadderRow):
        assert limits[0] is not None
        assert row.limit is not None
        assert row.operator not in ("none", "else")
        return compare(row.operator, (subject, span), (limits[0], row.limit.span), context)
    ends = iter(limits)
    tests: list[Compare | Expression | None] = []
    for node, operator in ((row.low, ">" if row.low_open else ">="), (row.high, "<" if row.high_open else "<=")):
        end = next(ends) if node is not None else None
        if node is not None and end is not None:
            tests.append(compare(operator, (subject, span), (end, node.span), context))  # type: ignore[arg-type]
    found = tuple(test for test in tests if test is not None)
    return AllOf(found, TRUTH) if len(found) == len(tests) else None


