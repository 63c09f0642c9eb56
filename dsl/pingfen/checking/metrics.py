"""Checks metrics made of events: what is aggregated, over which window, to which places, and that no sum leaves 64 bits."""

from __future__ import annotations

from typing import assert_never

from ..arithmetic import divide
from ..binding.scopes import MetricScope, RowScope
from ..node import evolve, frozen
from ..plan.events import Aggregate, Aggregated, Derived, Metric, Rate, Shorter, Window
from ..plan.expressions import AllOf, Case, Cases, ColumnRead, Constant, Expression, IsGiven
from ..plan.quantity import Exact, Numeric, Truth, Type, Unit
from ..syntax.declarations import AggregateText, MetricLine, RateText
from . import expressions
from .conditions import condition
from .declared import at_places, end_of
from .guards import where_true
from .improvable import note_improvable
from .knowledge import Context, Knowledge, Pool, Rounding
from .labels import label_of
from .populations import facts_of
from .quantities import spelled
from .rounding import fraction, rounded, unrounded
from .tables import ROWS, rows_per_subject
from .unify import given, numeric_of, unified
from .windows import bands_of, reach_of

TRUTH = Truth()


@frozen
class Total:
    """The range of a sum over the rows of one subject, and of what it is divided by; `places` are those of numerator over denominator."""

    unit: Unit
    places: int
    low: int
    high: int
    most: int
    value_low: int
    value_high: int


def check_metric(line: MetricLine, known: Knowledge) -> Metric | None:
    """The metric; None where it is wrong (reported)."""
    made: tuple[Aggregated | Rate | Derived, Type] | None
    match line.made:
        case AggregateText():
            made = _aggregated(line, line.made, known)
        case RateText():
            made = _rate(line, line.made, known)
        case _:
            made = _derived(line, known)
    if made is None:
        return None
    how, kind = made
    known.fields[line.name.text] = kind
    improvable = note_improvable(line, kind, known)
    return known.mark(Metric(line.name.text, label_of(line.label), kind, how, line.better, improvable), line.span)


def _needs(line: MetricLine, known: Knowledge) -> int | None:
    if line.needs is None or line.needs.count is None:
        return 0
    node = line.needs.count
    made = expressions.elaborate(node, Context(known, MetricScope(line.name.text)))
    kind = made.type if made is not None else None
    if not isinstance(made, Constant) or not isinstance(kind, Numeric) or kind.places or not 1 <= kind.low <= ROWS or kind.unit != "number":
        if made is not None:
            known.report("count-out-of-range", node.span, text=known.text(node.span), most=ROWS)
        return None
    return kind.low


def _aggregate(line: MetricLine, text: AggregateText, known: Knowledge) -> Aggregate | None:
    table = known.symbols.table_of(text.source.text)
    if table is None:
        return None
    if line.window is None:
        known.report("missing-window", line.name.span)
        return None
    reach, context = reach_of(line.window, known), Context(known, RowScope(table), facts_of(text.source.text, known))
    by = _by(line, table, context)
    test = condition(text.condition, context) if text.condition is not None else None
    if reach is None or by is None or (test is None and text.condition is not None):
        return None
    inner = context if test is None or text.form == "share" else context.knowing(where_true(test, ()))
    made = _with_value(text, Aggregate(text.form, table, text.source.text, reach.window, by), test, inner)
    return None if made is None else _weighted_by_age(line, evolve(made, latest=reach.latest), known)


def _weighted_by_age(line: MetricLine, made: Aggregate, known: Knowledge) -> Aggregate | None:
    if line.recency is None:
        return made
    if made.form not in ("share", "mean") or isinstance(line.made, RateText):
        known.report("clause-not-used", line.recency.span, clause="recency", reason=made.form)
        return None
    bands = bands_of(line.recency, made.window, known)
    return None if bands is None else evolve(made, recency=bands)


def _with_volume(line: MetricLine, made: Aggregate, base: Aggregate, known: Knowledge) -> Aggregate | None:
    """The aggregate with the shorter windows that are taken where they hold enough; without a source of their own the rows that enter `base` are counted."""
    reach = reach_of(line.window, known) if line.window is not None and line.window.longer else None
    if reach is None:
        return made
    shorter = []
    for window, least, asked in reach.shorter:
        volume = _entering(base) if asked.source is None else _counted(asked.source.text, known)
        if volume is None:
            return None
        shorter.append(Shorter(window, least, evolve(volume, window=window)))
    return evolve(made, shorter=tuple(shorter))


def _entering(base: Aggregate) -> Aggregate:
    """The count of the rows that enter an aggregate, as `needs` counts them."""
    tests = [test for test in (base.condition,) if test is not None]
    if base.form in ("distinct", "minimum", "maximum", "mean") and base.value is not None and base.value.type.optional:
        tests.append(IsGiven(base.value, TRUTH))
    return Aggregate("count", base.table, base.source, base.window, base.by, AllOf(tuple(tests), TRUTH) if len(tests) > 1 else next(iter(tests), None))


def _counted(source: str, known: Knowledge) -> Aggregate | None:
    """The count of a population's rows by the time at which they happen."""
    table = known.symbols.table_of(source)
    happens = _happens(table, known) if table is not None else None
    return Aggregate("count", table, source, Window(1, "days"), happens) if table is not None and happens is not None else None


def _by(line: MetricLine, table: str, context: Context) -> Expression | None:
    if line.window is not None and line.window.by is not None:
        by = expressions.elaborate(line.window.by, context)
        if by is not None and not (isinstance(by.type, Numeric) and by.type.unit == "time"):
            context.report("not-a-time", line.window.by.span, text=context.known.text(line.window.by.span))
            return None
        return by
    return _happens(table, context.known)


def _happens(table: str, known: Knowledge) -> ColumnRead | None:
    """The time at which a table's rows happen."""
    happens = next((row.name.text for row in known.symbols.columns[table].values() if row.role == "happens"), None)
    column = known.columns.get((table, happens)) if happens else None
    return ColumnRead(column.name, column.type) if column else None


def _with_value(text: AggregateText, base: Aggregate, test: Expression | None, context: Context) -> Aggregate | None:
    window, by = base.window, base.by
    if text.value is None and text.missing:
        context.report("missing-not-used", text.span, form=text.form)
        return None
    if text.form == "share":
        return Aggregate("share", base.table, base.source, window, by, counted=test) if test is not None else None
    if text.form == "count" or text.value is None:
        return Aggregate(text.form, base.table, base.source, window, by, test)
    value = expressions.elaborate(text.value, context)
    if value is None or isinstance(value.type, Exact) or (text.form != "distinct" and not numeric_of(value, text.value.span, context)):
        if value is not None and isinstance(value.type, Exact):
            context.report("quotient-without-places", text.value.span, text=context.known.text(text.value.span))
        return None
    weight = _weight(text, context)
    if text.weight is not None and weight is None:
        return None
    handled = _missing_handled(text, value, test, context)
    if handled is None:
        return None
    value, test = handled
    return Aggregate(text.form, base.table, base.source, window, by, test, value, weight)


def _weight(text: AggregateText, context: Context) -> Expression | None:
    if text.weight is None:
        return None
    if text.form != "mean":
        context.report("weight-not-used", text.weight.span, name=context.known.text(text.value.span) if text.value else "", combine=text.form)
        return None
    weight = expressions.elaborate(text.weight, context)
    if weight is None or not numeric_of(weight, text.weight.span, context) or not given(weight, text.weight.span, context):
        return None
    kind = weight.type
    if isinstance(kind, Numeric) and kind.low < 0:
        context.report("weight-may-be-negative", text.weight.span, name=context.known.text(text.weight.span), low=spelled(kind, kind.low))
        return None
    return weight


def _missing_handled(text: AggregateText, value: Expression, test: Expression | None, context: Context) -> tuple[Expression, Expression | None] | None:
    """The value and the condition, so that a row without the value leaves or counts with what is written."""
    assert text.value is not None
    if not value.type.optional or (text.missing == "skip" and text.form == "mean"):
        return value, test
    if text.missing == "skip":
        return _skipped(text, value, test, context)
    if not isinstance(text.missing, str):
        return _imputed(text, value, test, context)
    if text.form in ("distinct", "minimum", "maximum"):
        return value, test
    written = context.known.text(text.value.span)
    context.report("missing-not-handled", text.value.span, names=f"`{written}`", form=text.form)
    return None


def _skipped(text: AggregateText, value: Expression, test: Expression | None, context: Context) -> tuple[Expression, Expression | None] | None:
    assert text.value is not None
    kept: Expression = IsGiven(value, TRUTH)
    fresh = expressions.elaborate(text.value, context.knowing(where_true(kept, ())))
    if fresh is None:
        return None
    return fresh, AllOf((test, kept), TRUTH) if test is not None else kept


def _imputed(text: AggregateText, value: Expression, test: Expression | None, context: Context) -> tuple[Expression, Expression | None] | None:
    assert not isinstance(text.missing, str)
    assert text.value is not None
    other = expressions.elaborate(text.missing, context)
    kept = IsGiven(value, TRUTH)
    fresh = expressions.elaborate(text.value, context.knowing(where_true(kept, ())))
    if other is None or fresh is None or not numeric_of(other, text.missing.span, context) or not numeric_of(fresh, text.value.span, context):
        return None
    pair = unified([(fresh, text.value.span), (other, text.missing.span)], context, "missing")
    if pair is None:
        return None
    first, second = pair[0].type, pair[1].type
    assert isinstance(first, Numeric)
    assert isinstance(second, Numeric)
    kind = Numeric(first.unit, first.places, min(first.low, second.low), max(first.high, second.high))
    return Cases((Case(kept, pair[0]),), pair[1], kind), test


def _aggregated(line: MetricLine, text: AggregateText, known: Knowledge) -> tuple[Aggregated, Type] | None:
    aggregate, needs = _aggregate(line, text, known), _needs(line, known)
    aggregate = None if aggregate is None else _with_volume(line, aggregate, aggregate, known)
    if aggregate is None or needs is None:
        return None
    rows = _rows_read(aggregate, known)
    total = _total(aggregate, rows)
    if text.form in ("share", "mean"):
        known.pools[line.name.text] = Pool(total.places, max(-total.low, total.high) // rows, total.most // rows)
    optional = text.form not in ("count", "distinct", "sum") or needs > 0
    if text.form in ("count", "distinct", "sum", "minimum", "maximum") and line.step is None:
        kind = Numeric(total.unit, total.places, total.value_low, total.value_high, optional)
        return (Aggregated(aggregate, needs, 1, 1, "half away", 1), kind) if known.fits(kind, line.span) else None
    if line.exact:
        exact = Exact(total.unit, total.places, total.low, total.high, total.most)
        fine = known.fits(Numeric("number", total.places, total.low, total.high), line.span)
        return (Aggregated(aggregate, needs, 1, 1, "half away", 1), exact) if fine else None
    rounding = _metric_rounding(line, total.unit, known)
    return _rounded(line, aggregate, needs, total, rounding, optional, known) if rounding else None


def _rows_read(aggregate: Aggregate, known: Knowledge) -> int:
    """The most rows of a subject that enter, each as often as its age weighs."""
    rows = rows_per_subject(known.symbols.tables[aggregate.table], known)
    return min(rows, aggregate.latest or rows) * max((band.weight for band in aggregate.recency), default=1)


def _rounded(
    line: MetricLine, aggregate: Aggregate, needs: int, total: Total, rounding: Rounding, optional: bool, known: Knowledge
) -> tuple[Aggregated, Type] | None:
    scale, unit = fraction(rounding.step, total.places, rounding.places)
    widest = max(-total.low * scale, total.high * scale, total.most * unit)
    if not known.fits(Numeric("number", 0, -widest, widest), line.span):
        return None
    low, high = (divide(end * scale, unit, rounding.mode) * rounding.step for end in (total.value_low, total.value_high))
    kind = Numeric(total.unit, rounding.places, low, high, optional)
    return Aggregated(aggregate, needs, scale, unit, rounding.mode, rounding.step), kind


def _total(aggregate: Aggregate, rows: int) -> Total:
    match aggregate.form:
        case "count" | "distinct":
            return Total("count", 0, 0, rows, 1, 0, rows)
        case "share":
            return Total("share", 0, 0, rows, rows, 0, 1)
        case "sum" | "minimum" | "maximum" | "mean":
            assert aggregate.value is not None
            assert isinstance(aggregate.value.type, Numeric)
            return _value_total(aggregate, aggregate.value.type, rows)
        case _:
            assert_never(aggregate.form)


def _value_total(aggregate: Aggregate, kind: Numeric, rows: int) -> Total:
    if aggregate.form in ("minimum", "maximum"):
        return Total(kind.unit, kind.places, kind.low, kind.high, 1, kind.low, kind.high)
    low, high = min(0, kind.low * rows), max(0, kind.high * rows)
    if aggregate.form == "sum":
        return Total(kind.unit, kind.places, low, high, 1, low, high)
    weight = aggregate.weight.type if aggregate.weight is not None else None
    heaviest = weight.high if isinstance(weight, Numeric) else 1
    unit: Unit = "number" if kind.unit == "count" else kind.unit
    return Total(unit, kind.places, low * heaviest, high * heaviest, rows * heaviest, kind.low, kind.high)


def _metric_rounding(line: MetricLine, unit: Unit, known: Knowledge) -> Rounding | None:
    if line.step is None:
        known.report("metric-without-places", line.name.span, name=line.name.text)
        return None
    sample = Constant(0, Numeric(unit, 0, 0, 0))
    return expressions.rounding_of(line.mode, line.step, sample, Context(known, MetricScope(line.name.text)))


def _rate(line: MetricLine, text: RateText, known: Knowledge) -> tuple[Rate, Type] | None:
    counted, per = _aggregate(line, text.counted, known), _aggregate(line, text.per, known)
    needs = _needs(line, known)
    if line.window is not None and line.window.form == "rows":
        known.report("clause-not-used", line.window.span, clause=known.text(line.window.length.span), reason="rate")
        return None
    if counted is not None and per is not None:
        counted, per = _with_volume(line, counted, per, known), _with_volume(line, per, per, known)
    unit: Unit = "share" if line.step is not None and known.literal(line.step).unit == "%" else "number"
    rounding = _metric_rounding(line, unit, known)
    ends = _rate_ends(text, unit, rounding, known) if rounding is not None else None
    if counted is None or per is None or needs is None or rounding is None or ends is None:
        return None
    scale, divisor = fraction(rounding.step, 0, rounding.places)
    most = max(rows_per_subject(known.symbols.tables[part.table], known) * factor for part, factor in ((counted, scale), (per, divisor)))
    if not known.fits(Numeric("number", 0, -most, most), line.span):
        return None
    known.pools[line.name.text] = Pool(0, 1, 1, text.beyond == "cut")
    made = Rate(counted, per, needs, scale, divisor, rounding.mode, rounding.step, *ends, text.beyond)
    return made, Numeric(unit, rounding.places, *ends, True)


def _rate_ends(text: RateText, unit: Unit, rounding: Rounding, known: Knowledge) -> tuple[int, int] | None:
    """The declared range at the rate's places; None where an end has another unit, lies off the step or behind the other (reported)."""
    found: list[int] = []
    for node in (text.low, text.high):
        end = end_of(node, unit, known)
        value = at_places(end, rounding.places) if end is not None else None
        if end is not None and (value is None or value % rounding.step):
            step = Numeric(unit, rounding.places, rounding.step, rounding.step)
            known.report("end-off-step", node.span, end=known.text(node.span), step=spelled(step, rounding.step))
        elif value is not None:
            found.append(value)
    if len(found) < 2:
        return None
    low, high = found
    if low > high:
        known.report("empty-range", text.span, low=known.text(text.low.span), high=known.text(text.high.span))
        return None
    return low, high


def _derived(line: MetricLine, known: Knowledge) -> tuple[Derived, Type] | None:
    assert not isinstance(line.made, AggregateText | RateText)
    context = Context(known, MetricScope(line.name.text))
    assert line.window is None
    assert line.needs is None
    value = expressions.elaborate(line.made, context)
    if value is None or not numeric_of(value, line.made.span, context):
        return None
    if line.step is not None:
        rounding = expressions.rounding_of(line.mode, line.step, value, context)
        value = rounded(value, rounding, known, line.span) if rounding else None
    if value is None:
        return None
    if unrounded(value) is not None:
        known.report("metric-without-places", line.name.span, name=line.name.text)
        return None
    known.made(f"field {line.name.text}", value)
    return Derived(value), value.type
