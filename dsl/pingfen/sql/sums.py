"""Sums of parts as SQL: weights, weighted means, missing lines, the best of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sqlglot import exp

from ..plan.expressions import BestOf, Constant, DropMissing, Line, Substitute, Sum
from .bounds import is_unsigned, most_of
from .dialect import Dialect
from .division import divide
from .trees import Tree, binary, cases, every, given, missing

if TYPE_CHECKING:
    from .expressions import Translator


def total(translator: Translator, expression: Sum) -> Tree:
    """`divide(N * scale, [weights *] unit, mode) * step` over the lines that count."""
    spell, stairs = translator.spell, translator.stairs
    weighed = [_weighed(translator, expression, line, index) for index, line in enumerate(expression.lines)]
    weights = [_counting(translator, expression, line) for line in expression.lines]
    numerator = _times(spell, _added(weighed), expression.scale)
    denominator: Tree | int = expression.unit
    if expression.relative:
        denominator = _times(spell, _added(weights), expression.unit)
    unsigned = is_unsigned(*_most_parts(translator, expression))
    rounded = divide(spell, stairs.share_long, numerator, denominator, expression.mode, expression.step, unsigned=unsigned)
    if isinstance(expression.missing, DropMissing) and not _needs_one(expression, expression.missing):
        return cases([(_enough(translator, expression, expression.missing), rounded)], translator.absent(expression.type))
    return rounded


def _most_parts(translator: Translator, expression: Sum) -> tuple[int | None, int | None]:
    """The largest numerator and denominator; None for one that may be below 0."""
    numbers = [most_of(translator.reads.number_type(line.path)) for line in expression.lines]
    weights = [most_of(line.weight.type) for line in expression.lines]
    filled = expression.missing.values if isinstance(expression.missing, Substitute) else tuple(0 for _ in expression.lines)
    numerator = denominator = 0
    for number, weight, instead, line in zip(numbers, weights, filled, expression.lines, strict=True):
        if number is None or weight is None or instead < 0:
            return None, None
        numerator += max(number, instead) * weight * line.factor
        denominator += weight
    return numerator * expression.scale, denominator * expression.unit if expression.relative else expression.unit


def _needs_one(expression: Sum, needs: DropMissing) -> bool:
    """Whether one given line is enough, and its weight, which is above 0, makes the denominator so too: it is 0 where all are missing."""
    above = all(isinstance(line.weight, Constant) and isinstance(line.weight.value, int) and line.weight.value > 0 for line in expression.lines)
    return expression.relative and above and needs.parts <= 1 and not needs.weight_numerator


def _weighed(translator: Translator, expression: Sum, line: Line, index: int) -> Tree:
    spell = translator.spell
    number = translator.reads.number(line.path)
    value = _times(spell, binary(exp.Mul, number, translator.value(line.weight)), line.factor)
    match expression.missing:
        case None:
            return value
        case DropMissing():
            return cases([(missing(number), spell.integer(0))], value)
        case Substitute(values=values):
            filled = cases([(missing(number), spell.integer(values[index]))], number)
            return _times(spell, binary(exp.Mul, filled, translator.value(line.weight)), line.factor)
        case _:
            assert_never(expression.missing)


def _counting(translator: Translator, expression: Sum, line: Line) -> Tree:
    weight = translator.value(line.weight)
    if not isinstance(expression.missing, DropMissing):
        return weight
    return cases([(missing(translator.reads.number(line.path)), translator.spell.integer(0))], weight)


def _enough(translator: Translator, expression: Sum, needs: DropMissing) -> Tree:
    """At least one line, `needs.parts` lines and the share of the whole weight are given."""
    spell = translator.spell
    one, zero = spell.integer(1), spell.integer(0)
    present = [cases([(given(translator.reads.number(line.path)), one)], zero) for line in expression.lines]
    conditions = [binary(exp.GTE, _added(present), spell.integer(max(needs.parts, 1)))]
    if needs.weight_numerator:
        counting = _added([_counting(translator, expression, line) for line in expression.lines])
        weights = _added([translator.value(line.weight) for line in expression.lines])
        here = binary(exp.Mul, counting, spell.integer(needs.weight_denominator))
        whole = binary(exp.Mul, weights, spell.integer(needs.weight_numerator))
        conditions.append(binary(exp.GTE, here, whole))
    return every(conditions)


def _times(spell: Dialect, value: Tree, factor: int) -> Tree:
    return value if factor == 1 else binary(exp.Mul, value, spell.integer(factor))


def _added(values: list[Tree]) -> Tree:
    tree = values[0]
    for value in values[1:]:
        tree = binary(exp.Add, tree, value)
    return tree


def best(translator: Translator, expression: BestOf) -> Tree:
    """The largest given number, at one scale."""
    spell, stairs = translator.spell, translator.stairs
    values = [binary(exp.Mul, translator.reads.number(line.path), spell.integer(line.factor)) for line in expression.lines]
    tree = stairs.share(values[0])
    for other in values[1:]:
        value = stairs.share(other)
        tree = stairs.share(cases([(missing(tree), value), (missing(value), tree)], spell.larger(tree, value)))
    return tree
