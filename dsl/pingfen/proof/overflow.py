"""Does every number of the second half, and every number on the way to it, stay within 64 bits?

The intervals are computed anew from those of the operands, at every node. The types that the checker wrote are not believed but shown: what a node can be
lies within its type, so the operands of the next one do too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from attrs import frozen

from ..analysis.evaluation import assume, branches_of, numbers_of
from ..analysis.interval import combine, curved, divided, extreme, times
from ..analysis.possible import Numbers
from ..analysis.scorecard import Outlook
from ..analysis.situation import Situation
from ..analysis.sums import best, summed
from ..analysis.traversal import children_of
from ..plan.expressions import Arithmetic, Bands, BestOf, Cases, Curve, Divided, Expression, Extreme, Lookup, NumberRead, Sum
from ..plan.quantity import INT64_HIGH, INT64_LOW, Numeric
from ..plan.record import Adjustment, RecordPlan, Tier

Way = Literal["value", "numerator"] | Adjustment


@frozen(repr=False)
class Wide:
    """An expression that intervals do not show to stay within `low .. high`: its type, or 64 bits for what stands on the way.

    `way` says which number is meant: the expression's own value, the numerator that a curve or a sum divides, or a number after that adjustment of it.
    """

    expression: Expression
    low: int
    high: int
    reached: Numbers
    way: Way = "value"


def wide_expressions(record: RecordPlan, outlook: Outlook) -> Iterator[Wide]:
    """Every expression of the plan whose interval is not shown to be within its type or within 64 bits; the innermost first."""
    for row in record.stages:
        yield from _in([row.condition, row.value], outlook.anywhere)
    for number in record.numbers:
        situation = outlook.making if number.needs_full_stage else outlook.anywhere
        amounts = [part for step in number.adjustments for part in (step.condition, step.amount, step.per)]
        yield from _in([number.value, *amounts], situation)
        yield from (wide for adjustment in number.adjustments for wide in _sized(adjustment, situation))
    for step in outlook.steps:
        if step.amount is not None and not _fits(step.after, INT64_LOW, INT64_HIGH):
            yield Wide(step.adjustment.amount, INT64_LOW, INT64_HIGH, step.after, step.adjustment)
    for outcome in record.outcomes:
        yield from _in([outcome.value, *(force.condition for force in outcome.forces)] if isinstance(outcome, Tier) else [outcome.condition], outlook.anywhere)


def wide_below(expression: Expression | None, situation: Situation) -> Iterator[Wide]:
    """The same for one expression in a situation."""
    return iter(()) if expression is None else _below(expression, situation)


def magnitude(expression: Expression, situation: Situation) -> int:
    """The largest distance from 0 that a number can have."""
    value = numbers_of(expression, situation)
    return max(abs(value.low), abs(value.high))


def _sized(adjustment: Adjustment, situation: Situation) -> Iterator[Wide]:
    """What an adjustment makes of its amount before its `at most`."""
    if adjustment.per is not None:
        size = times(numbers_of(adjustment.amount, situation), numbers_of(adjustment.per, situation))
        if size.given and not _fits(size, INT64_LOW, INT64_HIGH):
            yield Wide(Arithmetic("*", adjustment.amount, adjustment.per, adjustment.amount.type), INT64_LOW, INT64_HIGH, size)


def _in(expressions: list[Expression | None], situation: Situation) -> Iterator[Wide]:
    for expression in expressions:
        yield from wide_below(expression, situation)


def _below(expression: Expression, situation: Situation) -> Iterator[Wide]:
    for child, inside in _children(expression, situation):
        yield from _below(child, inside)
    for reached, low, high, way in _reached(expression, situation):
        if reached.given and not _fits(reached, low, high):
            yield Wide(expression, low, high, reached, way)


def _children(expression: Expression, situation: Situation) -> Iterator[tuple[Expression, Situation]]:
    """What stands directly below, each with what is known where it is computed."""
    if isinstance(expression, Cases | Bands | Lookup):
        yield from ((branch.value, branch.situation) for branch in branches_of(expression, situation) if branch.situation is not None)
    match expression:
        case Cases(rows=rows):
            rest: Situation | None = situation
            for row in rows:
                if rest is not None:
                    yield row.condition, rest
                    rest = assume(row.condition, False, rest)
        case Bands(subject=subject):
            yield subject, situation
        case Lookup(keys=keys):
            yield from ((key, situation) for key in keys)
        case _:
            yield from ((child, situation) for child in children_of(expression))


def _reached(expression: Expression, situation: Situation) -> Iterator[tuple[Numbers, int, int, Way]]:
    """The intervals of a node and of what is computed on the way to it, each with the ends it must keep within."""
    kind = expression.type
    if not isinstance(kind, Numeric):
        return
    match expression:
        case Arithmetic(left=left, right=right):
            yield combine(expression, numbers_of(left, situation), numbers_of(right, situation)), kind.low, kind.high, "value"
        case Extreme(left=left, right=right):
            yield extreme(expression, numbers_of(left, situation), numbers_of(right, situation)), kind.low, kind.high, "value"
        case Divided(numerator=numerator, denominator=denominator):
            yield divided(expression, numbers_of(numerator, situation), numbers_of(denominator, situation)), kind.low, kind.high, "value"
        case Curve(subject=subject):
            yield curved(expression, numbers_of(subject, situation)), kind.low, kind.high, "value"
            steps = [abs(y0) * (x1 - x0) + abs(y1 - y0) * (x1 - x0) for (x0, y0), (x1, y1) in pairwise(expression.points)]
            yield from ((Numbers(-step, step), INT64_LOW, INT64_HIGH, "numerator") for step in steps)
        case Sum():
            yield from _summed(expression, kind, situation)
        case BestOf(lines=lines):
            yield best(expression, [_line(line.path, kind, situation) for line in lines]), kind.low, kind.high, "value"
        case _:
            return


def _summed(form: Sum, kind: Numeric, situation: Situation) -> Iterator[tuple[Numbers, int, int, Way]]:
    values = [_line(line.path, kind, situation) for line in form.lines]
    weights = [numbers_of(line.weight, situation) for line in form.lines]
    products = [times(times(value, weight), Numbers(line.factor, line.factor)) for value, weight, line in zip(values, weights, form.lines, strict=True)]
    given = [product for product in products if product.given]
    total = Numbers(sum(min(each.low, 0) for each in given) * form.scale, sum(max(each.high, 0) for each in given) * form.scale)
    yield total, INT64_LOW, INT64_HIGH, "numerator"
    if all(not isinstance(line.weight, Lookup) for line in form.lines):
        yield summed(form, values, weights), kind.low, kind.high, "value"


def _line(path: str, kind: Numeric, situation: Situation) -> Numbers:
    value = situation.value_of(NumberRead(path, kind))
    return value if isinstance(value, Numbers) else Numbers(INT64_LOW, INT64_HIGH, True, True)


def _fits(reached: Numbers, low: int, high: int) -> bool:
    return low <= reached.low and reached.high <= high
