"""Sums of lines and the best of several, with the weights folded into the fewest integers.

Where up to three lines may be missing and the weights are constants, each set of missing lines gets a formula of its own: a decision on `is None`, then one
division by a constant.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import assert_never

from ..node import evolve
from ..plan.expressions import BestOf, DropMissing, Line, Substitute, Sum
from .division import Fresh, divided, reduced
from .tree import NONE, add, any_of, bind, compare, compute, constant, either, is_none, is_simple, name, negate, number_in, reader
from .value import NOTHING, Value, joined, nullable, span, whole

SUBSETS = 3


def summed(form: Sum, values: Sequence[Value], weights: Sequence[Value], fresh: Fresh) -> Value:
    """The sum of the lines' values."""
    binding: list[ast.expr] = []
    simple = [_kept(weight, binding, fresh) for weight in weights]
    match form.missing:
        case None:
            value = _full(form, form.lines, values, simple, fresh)
        case Substitute(values=substitutes):
            value = _full(form, form.lines, [_or_else(each, other) for each, other in zip(values, substitutes, strict=True)], simple, fresh)
        case DropMissing():
            value = _dropped(form, form.missing, values, simple, fresh)
        case _:
            assert_never(form.missing)
    return evolve(value, missing=(*binding, *value.missing)) if binding else value


def _kept(weight: Value, binding: list[ast.expr], fresh: Fresh) -> Value:
    """A weight that is no constant is bound to a local before anything else."""
    if is_simple(weight.tree):
        return weight
    local = fresh()
    binding.append(is_none(bind(local, weight.tree)))
    return evolve(weight, tree=name(local))


def _or_else(value: Value, substitute: int) -> Value:
    low, high = span([value, Value(constant(substitute), substitute, substitute)])
    return Value(either(any_of(value.missing), constant(substitute), value.tree), low, high) if value.missing else value


def _full(form: Sum, lines: Sequence[Line], values: Sequence[Value], weights: Sequence[Value], fresh: Fresh) -> Value:
    """The sum of these lines where all are given; missing where one is not, or where no weight is left."""
    scales = [line.factor * form.scale for line in lines]
    fixed = [number for number in (number_in(weight.tree) for weight in weights) if number is not None]
    if len(fixed) < len(weights):
        terms = [times(times(value, weight), whole_number(scale)) for value, weight, scale in zip(values, weights, scales, strict=True)]
        return _over(form, terms, weights, joined(*values), fresh)
    divisor = form.unit * (sum(fixed) if form.relative else 1)
    if divisor == 0:
        return NOTHING
    coefficients, divisor = reduced([weight * scale for weight, scale in zip(fixed, scales, strict=True)], divisor)
    terms = [times(value, whole_number(coefficient)) for value, coefficient in zip(values, coefficients, strict=True)]
    return evolve(divided(added(terms), whole_number(divisor), form.mode, form.step, fresh), missing=joined(*values))


def _over(form: Sum, terms: Sequence[Value], weights: Sequence[Value], missing: tuple[ast.expr, ...], fresh: Fresh) -> Value:
    """The terms over the weights that count (or over 1), which are no constants."""
    if not form.relative:
        return evolve(divided(added(terms), whole_number(form.unit), form.mode, form.step, fresh), missing=missing)
    local = fresh()
    weight = added(weights)
    empty = compare("=", bind(local, weight.tree), constant(0))
    divisor = times(evolve(weight, tree=name(local)), whole_number(form.unit))
    return evolve(divided(added(terms), divisor, form.mode, form.step, fresh), missing=(*missing, empty))


def whole_number(number: int) -> Value:
    """A written whole number as a value."""
    return Value(constant(number), number, number)


def times(left: Value, right: Value) -> Value:
    """The product of two given values."""
    ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return Value(compute("*", right.tree, left.tree), min(ends), max(ends))


def added(terms: Sequence[Value]) -> Value:
    """The sum of given values."""
    return Value(add([term.tree for term in terms]), sum(term.low for term in terms), sum(term.high for term in terms))


def _dropped(form: Sum, rule: DropMissing, values: Sequence[Value], weights: Sequence[Value], fresh: Fresh) -> Value:
    optional = [index for index, value in enumerate(values) if value.missing]
    if not optional and rule.parts <= len(values) and rule.weight_numerator <= rule.weight_denominator:
        return _full(form, form.lines, values, weights, fresh)
    if len(optional) <= SUBSETS and all(number_in(weight.tree) is not None for weight in weights):
        return _by_subsets(form, rule, values, weights, optional, fresh)
    return _by_counting(form, rule, values, weights, fresh)


def _by_subsets(form: Sum, rule: DropMissing, values: Sequence[Value], weights: Sequence[Value], optional: list[int], fresh: Fresh) -> Value:
    """One formula for each set of given lines."""
    fixed = [number_in(weight.tree) or 0 for weight in weights]
    leaves: list[Value] = []

    def formula(given: list[int]) -> ast.expr:
        weight = sum(fixed[index] for index in given)
        if len(given) < max(rule.parts, 1) or weight * rule.weight_denominator < sum(fixed) * rule.weight_numerator:
            return NONE
        chosen = [evolve(values[index], missing=()) for index in given]
        leaves.append(_full(form, [form.lines[index] for index in given], chosen, [weights[index] for index in given], fresh))
        return leaves[-1].tree

    def decision(undecided: list[int], given: list[int]) -> ast.expr:
        if not undecided:
            return formula(given)
        first, *rest = undecided
        present, absent = decision(rest, [*given, first]), decision(rest, given)
        if present is NONE and absent is NONE:
            return NONE
        return either(negate(any_of(values[first].missing)), present, absent)

    always = [index for index in range(len(values)) if index not in optional]
    tree = decision(optional, always)
    low, high = span(leaves)
    return nullable(tree, fresh(), low, high) if max(rule.parts, 1) > len(always) or rule.weight_numerator or not sum(fixed) else Value(tree, low, high)


def _by_counting(form: Sum, rule: DropMissing, values: Sequence[Value], weights: Sequence[Value], fresh: Fresh) -> Value:
    """Counts and adds the lines that are given."""
    zero, one = whole_number(0), whole_number(1)
    given = [if_given(value, weight, zero) for value, weight in zip(values, weights, strict=True)]
    terms = [
        if_given(value, times(times(value, weight), whole_number(line.factor * form.scale)), zero)
        for value, weight, line in zip(values, weights, form.lines, strict=True)
    ]
    count = add([if_given(value, one, zero).tree for value in values])
    few = compare("<", count, constant(max(rule.parts, 1)))
    part = compute("*", added(given).tree, constant(rule.weight_denominator))
    light = compare("<", part, compute("*", added(weights).tree, constant(rule.weight_numerator)))
    return _over(form, terms, given, (few, light) if rule.weight_numerator else (few,), fresh)


def if_given(value: Value, counted: Value, otherwise: Value) -> Value:
    """`counted` where the value is given, else `otherwise`; never missing."""
    low, high = span([counted, otherwise])
    return Value(either(any_of(value.missing), otherwise.tree, counted.tree), low, high) if value.missing else evolve(counted, missing=())


def best_of(form: BestOf, values: Sequence[Value], fresh: Fresh) -> Value:
    """The largest given value at the common scale."""
    scaled = [evolve(times(value, whole_number(line.factor)), missing=value.missing) for value, line in zip(values, form.lines, strict=True)]
    return _best(scaled, fresh) if scaled else NOTHING


def _best(values: Sequence[Value], fresh: Fresh) -> Value:
    if len(values) == 1:
        return values[0]
    half = len(values) // 2
    left, right = _best(values[:half], fresh), _best(values[half:], fresh)
    low, high = span([left, right])
    first, second = reader(whole(left), fresh), reader(whole(right), fresh)
    no_first = is_none(first()) if left.missing else None
    no_second = is_none(second()) if right.missing else None
    alone = first() if left.missing else left.tree
    tree = either(compare(">=", first(), second()), first(), second())
    tree = tree if no_second is None else either(no_second, alone, tree)
    tree = tree if no_first is None else either(no_first, whole(right), tree)
    return nullable(tree, fresh(), low, high) if left.missing and right.missing else Value(tree, low, high)
