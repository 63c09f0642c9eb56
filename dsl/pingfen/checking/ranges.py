"""Checks ranges: every value of the subject, at its places, falls in exactly one row; a gap or an overlap is shown with a value."""

from __future__ import annotations

from itertools import pairwise

from ..diagnostics.diagnostic import Label
from ..node import frozen
from ..plan.expressions import Band, Bands, Constant, Expression
from ..plan.quantity import Numeric
from ..source import Span
from ..syntax.expressions import RangeBlock, RangeRow
from .knowledge import Context
from .quantities import spelled


@frozen
class Stretch:
    """The values that a row holds, both ends included, at the subject's scale."""

    first: int
    last: int
    span: Span


def check_ranges(node: RangeBlock, ranges: Bands, places: int, context: Context) -> bool:
    """Whether the rows neither overlap nor leave a gap; mistakes are reported. `places` are those of the subject as it was made."""
    kind = ranges.subject.type
    assert isinstance(kind, Numeric)
    step = 10 ** (kind.places - places)
    rows = [row for row in node.rows if row.kind == "range"]
    computed = _computed_end(rows, ranges.rows)
    if computed is not None:
        context.report("not-written", computed, text=context.known.text(computed))
        return False
    stretches = [_stretch(band, row.span, kind, step) for band, row in zip(ranges.rows, rows, strict=True)]
    stretches = [stretch for stretch in stretches if stretch.first <= stretch.last]
    stretches.sort(key=lambda stretch: stretch.first)
    return _no_overlap(stretches, kind, context) and _no_gap(node, stretches, kind, step, context)


def _computed_end(rows: list[RangeRow], bands: tuple[Band, ...]) -> Span | None:
    """The place of the first end that is no written number: a gap cannot be excluded before any data is read."""
    for row, band in zip(rows, bands, strict=True):
        for node, end in ((row.low, band.low), (row.high, band.high)):
            if node is not None and end is not None and not isinstance(end, Constant):
                return node.span
    return None


def _stretch(band: Band, span: Span, kind: Numeric, step: int) -> Stretch:
    low = kind.low if band.low is None else _first(_written(band.low), band.low_closed, step)
    high = kind.high if band.high is None else _last(_written(band.high), band.high_closed, step)
    return Stretch(max(low, kind.low), min(high, kind.high), span)


def _written(end: Expression) -> int:
    assert isinstance(end, Constant)
    return int(end.value)


def _first(end: int, is_closed: bool, step: int) -> int:
    return -(-end // step) * step if is_closed else (end // step + 1) * step


def _last(end: int, is_closed: bool, step: int) -> int:
    return end // step * step if is_closed else -(-end // step) * step - step


def _no_overlap(stretches: list[Stretch], kind: Numeric, context: Context) -> bool:
    fine = True
    for before, here in pairwise(stretches):
        if here.first <= before.last:
            fine = False
            known = context.known
            labels = (Label(before.span, "other"),)
            context.report(
                "ranges-overlap", here.span, labels=labels, value=spelled(kind, here.first), row=known.text(here.span), other=known.text(before.span)
            )
    return fine


def _no_gap(node: RangeBlock, stretches: list[Stretch], kind: Numeric, step: int, context: Context) -> bool:
    otherwise = next((row for row in node.rows if row.kind == "else"), None)
    gap = _gap(stretches, kind, step)
    if gap is not None and otherwise is None:
        context.report("ranges-gap", node.span, value=spelled(kind, gap), subject=context.known.text(node.subject.span))
        return False
    return True


def _gap(stretches: list[Stretch], kind: Numeric, step: int) -> int | None:
    wanted = kind.low
    for stretch in stretches:
        if stretch.first > wanted:
            return wanted
        wanted = stretch.last + step
    return wanted if wanted <= kind.high else None
