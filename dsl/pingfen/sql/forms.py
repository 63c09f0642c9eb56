"""Ladders, ranges, curves and tables as SQL cases."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sqlglot import exp

from ..plan.expressions import Band, Bands, Curve, Lookup, LookupRow
from ..plan.quantity import INT64_HIGH, Numeric
from .bounds import is_unsigned
from .division import divide
from .trees import Tree, binary, cases, clamped, either, every, missing, text

if TYPE_CHECKING:
    from .expressions import Translator


def bands(translator: Translator, expression: Bands) -> Tree:
    """The value of the first row that holds the subject."""
    subject = translator.shared(expression.subject)
    absent = translator.absent(expression.type) if expression.missing is None else translator.value(expression.missing)
    rows = [(missing(subject), absent), *((_holds(translator, subject, row), translator.value(row.value)) for row in expression.rows)]
    return cases(rows, None if expression.otherwise is None else translator.value(expression.otherwise))


def _holds(translator: Translator, subject: Tree, row: Band) -> Tree:
    ends = []
    if row.low is not None:
        ends.append(binary(exp.GTE if row.low_closed else exp.GT, subject, translator.value(row.low)))
    if row.high is not None:
        ends.append(binary(exp.LTE if row.high_closed else exp.LT, subject, translator.value(row.high)))
    return every(ends)


def curve(translator: Translator, expression: Curve) -> Tree:
    """Linear between points, flat outside; one fraction rounded once."""
    spell, points = translator.spell, expression.points
    x = translator.shared(expression.subject)
    (first_x, first_y), (_, last_y) = points[0], points[-1]
    rows = [(missing(x), translator.absent(expression.type))]
    if len(points) > 1:
        rows.append((binary(exp.LTE, x, spell.integer(first_x)), _flat(translator, expression, first_y)))
    for left, right in pairwise(points):
        rows.append((binary(exp.LTE, x, spell.integer(right[0])), _between(translator, expression, x, left, right)))
    return cases(rows, _flat(translator, expression, last_y))


def _flat(translator: Translator, expression: Curve, y: int) -> Tree:
    return divide(translator.spell, translator.stairs.share_long, translator.spell.integer(y), expression.unit, expression.mode, expression.step)


def _between(translator: Translator, expression: Curve, x: Tree, left: tuple[int, int], right: tuple[int, int]) -> Tree:
    spell, share, width = translator.spell, translator.stairs.share_long, right[0] - left[0]
    # where rows that other points decide could overflow, x is held within the two points first
    inside = x if _fits(expression, left, right) else translator.stairs.share(clamped(x, spell.integer(left[0]), spell.integer(right[0])))
    distance = inside if left[0] == 0 else binary(exp.Sub, inside, spell.integer(left[0]))
    numerator = binary(exp.Add, spell.integer(left[1] * width), binary(exp.Mul, spell.integer(right[1] - left[1]), distance))
    unsigned = min(left[1], right[1]) >= 0 and is_unsigned(max(left[1], right[1]) * width, width * expression.unit)
    return divide(spell, share, numerator, width * expression.unit, expression.mode, expression.step, unsigned=unsigned)


def _fits(expression: Curve, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether all that is computed between two points stays within 64 bits for every value of the subject's type."""
    kind, width = expression.subject.type, right[0] - left[0]
    if not isinstance(kind, Numeric):
        return False
    farthest = max(abs(kind.low - left[0]), abs(kind.high - left[0]))
    return farthest * max(abs(right[1] - left[1]), 1) + abs(left[1]) * width + width * expression.unit <= INT64_HIGH


def lookup(translator: Translator, expression: Lookup) -> Tree:
    """The value of the first row of a table that matches the keys."""
    keys = [translator.shared(key) for key in expression.keys]
    absent = translator.absent(expression.type) if expression.missing is None else translator.value(expression.missing)
    rows = [(either(missing(key) for key in keys), absent)]
    rows.extend((_matches(keys, row), translator.value(row.value)) for row in expression.rows)
    return cases(rows, None)


def _matches(keys: list[Tree], row: LookupRow) -> Tree:
    return every(binary(exp.EQ, key, text(wanted)) for key, wanted in zip(keys, row.match, strict=True) if wanted is not None)
