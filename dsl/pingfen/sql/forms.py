"""Ladders, ranges, curves and tables as SQL cases."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sqlglot import exp

from ..plan.expressions import Band, Bands, Curve, Lookup, LookupRow
from .division import divide
from .trees import Tree, binary, cases, either, every, missing, text

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
    return divide(translator.spell, translator.spell.integer(y), expression.unit, expression.mode, expression.step)


def _between(translator: Translator, expression: Curve, x: Tree, left: tuple[int, int], right: tuple[int, int]) -> Tree:
    spell, width = translator.spell, right[0] - left[0]
    # x is held within the two points first, so that rows that other points decide cannot overflow
    inside = translator.stairs.share(spell.larger(spell.integer(left[0]), translator.stairs.share(spell.smaller(x, spell.integer(right[0])))))
    rise = binary(exp.Mul, spell.integer(right[1] - left[1]), binary(exp.Sub, inside, spell.integer(left[0])))
    numerator = binary(exp.Add, spell.integer(left[1] * width), rise)
    return divide(spell, translator.stairs.share(numerator), width * expression.unit, expression.mode, expression.step)


def lookup(translator: Translator, expression: Lookup) -> Tree:
    """The value of the first row of a table that matches the keys."""
    keys = [translator.shared(key) for key in expression.keys]
    absent = translator.absent(expression.type) if expression.missing is None else translator.value(expression.missing)
    rows = [(either(missing(key) for key in keys), absent)]
    rows.extend((_matches(keys, row), translator.value(row.value)) for row in expression.rows)
    return cases(rows, None)


def _matches(keys: list[Tree], row: LookupRow) -> Tree:
    return every(binary(exp.EQ, key, text(wanted)) for key, wanted in zip(keys, row.match, strict=True) if wanted is not None)
