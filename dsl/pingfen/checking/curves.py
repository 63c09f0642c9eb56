"""Elaborates curves: points whose x rises strictly; the value stays a fraction until it is rounded."""

from __future__ import annotations

from typing import cast

from ..diagnostics.diagnostic import Label
from ..plan.expressions import Case, Cases, Constant, Expression, Not, Nothing
from ..plan.quantity import Exact, Numeric, Truth
from ..syntax import expressions as syntax
from . import expressions
from .conditions import is_given
from .guards import where_true
from .knowledge import Context
from .quantities import range_text, spelled
from .quotients import FreeCurve
from .unify import Placed, numeric_of, unified


def curve(node: syntax.CurveBlock, context: Context) -> Expression | None:
    """The curve; with a row `none -> x`, cases of the missing subject and the curve."""
    subject = expressions.elaborate(node.subject, context)
    missing = expressions.elaborate(node.missing, context) if node.missing is not None else None
    if subject is None or not numeric_of(subject, node.subject.span, context):
        return None
    if node.missing is not None and (missing is None or not numeric_of(missing, node.missing.span, context)):
        return None
    if isinstance(subject.type, Exact):
        context.report("quotient-without-places", node.subject.span, text=context.known.text(node.subject.span))
        return None
    if missing is None or not subject.type.optional:
        return _free(node, subject, missing, context)
    test = is_given(subject)
    inner = expressions.elaborate(node.subject, context.knowing(where_true(test, ())))
    made = None if inner is None else _free(node, inner, missing, context)
    if made is None:
        return None
    kind = made.type
    assert isinstance(kind, Exact)
    value = Nothing(Numeric(kind.unit, 0, 0, 0, True)) if isinstance(missing, Nothing) else missing
    optional = isinstance(value, Nothing) or value.type.optional
    return Cases((Case(Not(test, Truth()), value),), made, Exact(kind.unit, 0, 0, 0, 0, optional))


def _free(node: syntax.CurveBlock, subject: Expression, missing: Expression | None, context: Context) -> Expression | None:
    xs = _constants([point.at for point in node.points], [(subject, node.subject.span)], context)
    beside: list[Placed] = [(missing, node.missing.span)] if missing is not None and node.missing is not None else []
    ys = _constants([point.value for point in node.points], beside, context)
    if xs is None or ys is None or not _rises(node, xs[1], context):
        return None
    aligned = xs[0][0] if xs[0] else subject
    _report_unmet(node, xs[1], aligned, context)
    last = ys[1][0].type
    assert isinstance(last, Numeric)
    values = [int(value.value) for value in ys[1]]
    points = tuple(zip((int(x.value) for x in xs[1]), values, strict=True))
    kind = Exact(last.unit, last.places, min(values), max(values), 1, aligned.type.optional)
    return cast(Expression, FreeCurve(aligned, points, kind))


def _constants(nodes: list[syntax.Expression], beside: list[Placed], context: Context) -> tuple[list[Expression], list[Constant]] | None:
    """Written numbers at one scale with the values beside them."""
    made = [(expressions.elaborate(node, context), node.span) for node in nodes]
    placed: list[Placed] = []
    for value, span in made:
        if value is None:
            return None
        if not isinstance(value, Constant) or not isinstance(value.type, Numeric):
            context.report("not-written", span, text=context.known.text(span))
            return None
        placed.append((value, span))
    brought = unified([*beside, *placed], context, "->")
    if brought is None or not placed:
        return None
    return brought[: len(beside)], [value for value in brought[len(beside) :] if isinstance(value, Constant)]


def _rises(node: syntax.CurveBlock, xs: list[Constant], context: Context) -> bool:
    for index in range(1, len(xs)):
        before, here = xs[index - 1], xs[index]
        if int(here.value) <= int(before.value):
            kind = here.type
            assert isinstance(kind, Numeric)
            labels = (Label(node.points[index - 1].span, "before"),)
            context.report("curve-order", node.points[index].span, labels=labels, at=spelled(kind, int(here.value)), before=spelled(kind, int(before.value)))
            return False
    return True


def _report_unmet(node: syntax.CurveBlock, xs: list[Constant], subject: Expression, context: Context) -> None:
    """Reports points beyond the subject's range that bend no line inside it."""
    kind = subject.type
    assert isinstance(kind, Numeric)
    outside = [index for index, x in enumerate(xs) if not kind.low <= int(x.value) <= kind.high]
    needless = [index for index in outside if not _is_neighbour(index, xs, kind)]
    for index in needless:
        span = node.points[index].span
        context.report("row-never-reached", span, kind="curve", row=context.known.text(span), scale=range_text(kind))


def _is_neighbour(index: int, xs: list[Constant], kind: Numeric) -> bool:
    """Whether a point outside the range still bends the line inside it."""
    here = int(xs[index].value)
    other = index + 1 if here < kind.low else index - 1
    return 0 <= other < len(xs) and (int(xs[other].value) > kind.low if here < kind.low else int(xs[other].value) < kind.high)
