"""Terms of sums of lines and of the best of several: z3's word for `reference/sums.py`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import z3

from ..analysis.sums import table_of
from ..plan.expressions import BestOf, Constant, DropMissing, Expression, Lookup, Substitute, Sum
from .terms import NEVER, Term, UnencodableError, both, choose, divide, either, negation, quotient, times, where

MOST_WEIGHTS = 400


def total_of(form: Sum, values: Sequence[Term], weights: Sequence[Term]) -> Term:
    """The term of a sum; each possible sum of weights is a written number, so that the division is by written numbers."""
    counted, missing = _counted(form, values, weights)
    fault = _fault(values, weights)
    product = z3.Sum(*_products(form, counted, weights)) * form.scale
    if not form.relative:
        return Term(divide(product, z3.IntVal(form.unit), form.mode) * form.step, missing, fault)
    whole = _whole(counted, weights)
    possible = {weight for weight in weights_of(form, counted) if weight}
    if not possible:
        return Term(z3.IntVal(0), z3.BoolVal(True), fault)
    if len(possible) > MOST_WEIGHTS:
        raise UnencodableError("weights")
    result = quotient(product, whole * form.unit, (weight * form.unit for weight in possible), form.mode) * form.step
    return Term(result, either([missing, whole == 0]), fault)


def partial_sums(form: Sum, values: Sequence[Term], weights: Sequence[Term]) -> list[Term]:
    """The largest and the least that adding up the lines can come by, in whichever order, before the division."""
    counted, missing = _counted(form, values, weights)
    products, none = _products(form, counted, weights), z3.IntVal(0)
    ends = z3.Sum(*[z3.If(each > 0, each, none) for each in products]), z3.Sum(*[z3.If(each < 0, each, none) for each in products])
    return [Term(end * form.scale, missing, _fault(values, weights)) for end in ends]


def _fault(values: Sequence[Term], weights: Sequence[Term]) -> Any:
    return either([*(value.fault for value in values), *(each for weight in weights for each in (weight.fault, weight.missing))])


def _products(form: Sum, counted: Sequence[Term], weights: Sequence[Term]) -> list[Any]:
    return [_product(weight, value, line.factor) for line, weight, value in zip(form.lines, weights, counted, strict=True)]


def _product(weight: Term, value: Term, factor: int) -> Any:
    """What a line adds: nothing where it is dropped."""
    return where(value.missing, z3.IntVal(0), times(weight.value, value.value * factor))


def _whole(counted: Sequence[Term], weights: Sequence[Term]) -> Any:
    return z3.Sum(*[where(value.missing, z3.IntVal(0), weight.value) for weight, value in zip(weights, counted, strict=True)])


def _counted(form: Sum, values: Sequence[Term], weights: Sequence[Term]) -> tuple[Sequence[Term], Any]:
    """The values that count, missing in the place of a dropped one; and whether the whole sum is missing."""
    match form.missing:
        case None:
            return [Term(value.value) for value in values], either(value.missing for value in values)
        case Substitute(values=substitutes):
            return [choose(value.missing, Term(z3.IntVal(other)), value) for value, other in zip(values, substitutes, strict=True)], NEVER
        case DropMissing() as rule:
            given = z3.Sum(*[where(value.missing, z3.IntVal(0), z3.IntVal(1)) for value in values])
            whole = z3.Sum(*[weight.value for weight in weights])
            enough = both([given >= max(rule.parts, 1), _whole(values, weights) * rule.weight_denominator >= whole * rule.weight_numerator])
            return values, negation(enough)


def weights_of(form: Sum, counted: Sequence[Term]) -> set[int]:
    """Every sum of weights that can count, whichever lines are dropped."""
    dropped = [not z3.is_false(value.missing) for value in counted]
    lookups = [line.weight for line in form.lines if isinstance(line.weight, Lookup)]
    if table_of(form) is not None:
        return {total for row in zip(*(written_values(lookup) for lookup in lookups), strict=False) for total in _totals([[weight] for weight in row], dropped)}
    return _totals([written_values(line.weight) for line in form.lines], dropped)


def written_values(weight: Expression) -> list[int]:
    """The numbers that a weight can be: of a table its rows in order, then what it says of a missing key."""
    rows = [row.value for row in weight.rows] if isinstance(weight, Lookup) else [weight]
    more = [weight.missing] if isinstance(weight, Lookup) and weight.missing is not None else []
    return [_written(value) for value in (*rows, *more)]


def _written(value: Expression) -> int:
    match value:
        case Constant(value=int() as number):
            return number
        case _:
            raise UnencodableError("weights")


def _totals(choices: Iterable[list[int]], dropped: Sequence[bool]) -> set[int]:
    totals = {0}
    for values, can_drop in zip(choices, dropped, strict=True):
        totals = {total + value for total in totals for value in ([*values, 0] if can_drop else values)}
        if len(totals) > MOST_WEIGHTS:
            raise UnencodableError("weights")
    return totals


def best_of(form: BestOf, values: Sequence[Term]) -> Term:
    """The largest given value at the common scale."""
    best = Term(z3.IntVal(0), z3.BoolVal(True))
    for line, value in zip(form.lines, values, strict=True):
        scaled = Term(value.value * line.factor, value.missing)
        taken = both([negation(scaled.missing), either([best.missing, scaled.value > best.value])])
        best = choose(taken, scaled, best)
    return Term(best.value, best.missing, either(value.fault for value in values))
