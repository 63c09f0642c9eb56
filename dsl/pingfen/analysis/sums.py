"""What sums of parts and the best of several parts can be."""

from __future__ import annotations

from collections.abc import Sequence

from ..arithmetic import divide
from ..node import evolve
from ..plan.expressions import BestOf, Lookup, Substitute, Sum
from .interval import times
from .possible import ABSENT, Numbers, join_numbers

Weights = Sequence[Numbers]


def summed(form: Sum, values: Sequence[Numbers], weights: Weights) -> Numbers:
    """The sum of the lines. A mean of weights lies between its least and its largest line."""
    counted = [_substituted(form, index, value) for index, value in enumerate(values)]
    missing = any(value.missing for value in counted) or form.relative
    if form.missing is None and not all(value.given for value in counted):
        return ABSENT
    given = [(value, weight, line.factor) for value, weight, line in zip(counted, weights, form.lines, strict=True) if value.given]
    if not given:
        return ABSENT
    if form.relative:
        ends = [(_rounded(form, value.low * factor), _rounded(form, value.high * factor)) for value, _, factor in given]
        return Numbers(min(low for low, _ in ends), max(high for _, high in ends), True, missing)
    products = [times(evolve(value, missing=False), weight) for value, weight, _ in given]
    low = sum(product.low * factor for product, (_, _, factor) in zip(products, given, strict=True))
    high = sum(product.high * factor for product, (_, _, factor) in zip(products, given, strict=True))
    return Numbers(_rounded(form, low), _rounded(form, high), True, missing)


def _substituted(form: Sum, index: int, value: Numbers) -> Numbers:
    if not (isinstance(form.missing, Substitute) and value.missing):
        return value
    other = form.missing.values[index]
    return join_numbers(evolve(value, missing=False), Numbers(other, other)) if value.given else Numbers(other, other)


def _rounded(form: Sum, product: int) -> int:
    return divide(product * form.scale, form.unit, form.mode) * form.step


def table_of(form: Sum) -> Lookup | None:
    """The table all of whose lines' weights come from one row, or None."""
    lookups = [line.weight for line in form.lines if isinstance(line.weight, Lookup)]
    if len(lookups) < len(form.lines) or not lookups:
        return None
    first = lookups[0]
    alike = all(_shape_of(other) == _shape_of(first) for other in lookups)
    same = all(mine.match == theirs.match for other in lookups for mine, theirs in zip(first.rows, other.rows, strict=False))
    return first if alike and same else None


def _shape_of(table: Lookup) -> tuple[object, int, bool]:
    """What tables whose rows go together share: keys, number of rows, and whether there is one for a missing key."""
    return table.keys, len(table.rows), table.missing is None


def best(form: BestOf, values: Sequence[Numbers]) -> Numbers:
    """The largest given line."""
    scaled = [evolve(value, low=value.low * line.factor, high=value.high * line.factor) for value, line in zip(values, form.lines, strict=True) if value.given]
    if not scaled:
        return ABSENT
    sure = [value.low for value in scaled if not value.missing]
    low = max(sure) if sure else min(value.low for value in scaled)
    return Numbers(low, max(value.high for value in scaled), True, not sure)
