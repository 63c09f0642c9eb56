"""Terms of z3 for values of the plan: whole numbers, words as whole numbers in their order, truths; each with whether it is missing and whether it is a fault.

A fault is a missing value where the plan promises none: the interpreter raises MissingReadError there. No term is real or floating.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import z3
from attrs import evolve, frozen

from ..plan.expressions import Mode

NEVER = z3.BoolVal(False)
GAP = 1000
"""Room between two words that a plan writes, for words that it does not."""
MOST_NUMBERS = 10_000
"""Most sums of written numbers that are looked at."""


@frozen(repr=False)
class Term:
    """`value` is an integer or boolean term, meaningless where `missing` or `fault` holds; `denominator` belongs to an exact quotient."""

    value: Any
    missing: Any = NEVER
    fault: Any = NEVER
    denominator: Any = None


class UnencodableError(Exception):
    """Something that this encoding has no integer term for; the message says what."""


def negation(condition: Any) -> Any:
    """`not`, without the obvious."""
    if z3.is_true(condition):
        return NEVER
    return z3.BoolVal(True) if z3.is_false(condition) else z3.Not(condition)


def either(conditions: Iterable[Any]) -> Any:
    """`or`, without what never holds."""
    wanted = [condition for condition in conditions if not z3.is_false(condition)]
    if not wanted:
        return NEVER
    return wanted[0] if len(wanted) == 1 else z3.Or(*wanted)


def both(conditions: Iterable[Any]) -> Any:
    """`and`, without what always holds."""
    wanted = [condition for condition in conditions if not z3.is_true(condition)]
    if any(z3.is_false(condition) for condition in wanted):
        return NEVER
    if not wanted:
        return z3.BoolVal(True)
    return wanted[0] if len(wanted) == 1 else z3.And(*wanted)


def where(condition: Any, one: Any, other: Any) -> Any:
    """One term where the condition holds, else the other."""
    if z3.is_true(condition) or one is other or one.eq(other):
        return one
    return other if z3.is_false(condition) else z3.If(condition, one, other)


def choose(condition: Any, one: Term, other: Term) -> Term:
    """One term where the condition holds, else the other, part by part."""
    quotient = one.denominator is not None or other.denominator is not None
    denominators = [term.denominator if term.denominator is not None else z3.IntVal(1) for term in (one, other)]
    return Term(
        where(condition, one.value, other.value),
        where(condition, one.missing, other.missing),
        where(condition, one.fault, other.fault),
        where(condition, *denominators) if quotient else None,
    )


def first_of(rows: Sequence[tuple[Any, Term]], otherwise: Term) -> Term:
    """The term of the first row whose condition holds."""
    for condition, term in reversed(rows):
        otherwise = choose(condition, term, otherwise)
    return otherwise


def with_fault(term: Term, *faults: Any) -> Term:
    """The term, with further faults."""
    return evolve(term, fault=either([term.fault, *faults]))


def divide(numerator: Any, denominator: Any, mode: Mode, least: int | None = None) -> Any:
    """`divide(numerator, denominator, mode)` of arithmetic.py for a positive denominator; `least` is a bound below the numerator, if known.

    z3's integer `/` rounds toward minus infinity for a positive divisor.
    """
    match mode:
        case "down":
            return numerator / denominator
        case "up":
            return -((-numerator) / denominator)
        case "half away":
            positive = (2 * numerator + denominator) / (2 * denominator)
            if least is not None and least >= 0:
                return positive
            return z3.If(numerator >= 0, positive, -((denominator - 2 * numerator) / (2 * denominator)))
        case _:
            floor = numerator / denominator
            twice = 2 * (numerator - denominator * floor)
            even = where(floor % 2 == 0, floor, floor + 1)
            return z3.If(twice > denominator, floor + 1, z3.If(twice < denominator, floor, even))


def quotient(numerator: Any, denominator: Any, values: Iterable[int], mode: Mode, least: int | None = None) -> Any:
    """The rounded quotient by one of `values`, so that every division is by a written number; by any other denominator but 0 it is an unknown number.

    So a list that lacks a denominator leaves a claim open and never proves one.
    """
    listed = sorted(set(values))
    reached = numbers_in(denominator)
    *rest, last = listed
    complete = reached is not None and reached <= {0, *listed}
    result = divide(numerator, z3.IntVal(last), mode, least) if complete else z3.FreshInt("quotient")
    for value in rest if complete else listed:
        result = where(denominator == value, divide(numerator, z3.IntVal(value), mode, least), result)
    return result


def numbers_in(term: Any) -> set[int] | None:
    """The numbers that a term made of written ones, choices, sums and products can be, or more; None where it is made of anything else or of too many."""
    if z3.is_int_value(term):
        return {term.as_long()}
    parts = [numbers_in(part) for part in (term.children()[1:] if z3.is_app_of(term, z3.Z3_OP_ITE) else term.children())]
    if z3.is_app_of(term, z3.Z3_OP_ITE):
        return None if None in parts else {number for part in parts for number in part or ()}
    if not (z3.is_add(term) or z3.is_mul(term)):
        return None
    found = {0} if z3.is_add(term) else {1}
    for part in parts:
        if part is None or len(found) * len(part) > MOST_NUMBERS:
            return None
        found = {one + other if z3.is_add(term) else one * other for one in found for other in part}
    return found


def times(left: Any, right: Any) -> Any:
    """A product; a choice among written numbers is multiplied row by row, which keeps it linear."""
    for one, other in ((left, right), (right, left)):
        if z3.is_int_value(one):
            return other if one.as_long() == 1 else one * other
        if z3.is_app_of(one, z3.Z3_OP_ITE) and _is_written(one):
            condition, held, unheld = one.children()
            return where(condition, times(held, other), times(unheld, other))
    return left * right


def _is_written(term: Any) -> bool:
    """Whether a term is a choice among written numbers."""
    if z3.is_app_of(term, z3.Z3_OP_ITE):
        return all(_is_written(branch) for branch in term.children()[1:])
    return bool(z3.is_int_value(term))


class Vocabulary:
    """Words as whole numbers that keep the order of their UTF-8 bytes; words that the plan does not write lie in the gaps."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words), key=str.encode)
        self._codes = {word: (index + 1) * GAP for index, word in enumerate(self.words)}

    @property
    def first(self) -> int:
        """The least number of any text: nothing stands before the empty one."""
        return GAP if self.words[:1] == [""] else 1

    @property
    def last(self) -> int:
        """Above every number of a text."""
        return (len(self.words) + 1) * GAP

    def code(self, word: str) -> int:
        """The number of a word that the plan writes."""
        return self._codes[word]

    def word(self, code: int) -> str:
        """A word with that number; in a gap one that follows the written word before it."""
        index, offset = divmod(code, GAP)
        if offset == 0 and 1 <= index <= len(self.words):
            return self.words[index - 1]
        start = self.words[min(index, len(self.words)) - 1] if index >= 1 and self.words else ""
        return f"{start}\x01{offset:03d}" if index >= 1 else f"\x01{offset:03d}"


def integer(model: Any, term: Any) -> int:
    """The value of a term in a model."""
    return int(model.eval(term, model_completion=True).as_long())


def truth(model: Any, term: Any) -> bool:
    """Whether a condition holds in a model."""
    return bool(z3.is_true(model.eval(term, model_completion=True)))


Fields = Mapping[str, Term]
