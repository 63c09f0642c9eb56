"""The fields of a record as terms: variables within their declared ranges, or written values; and records back from z3's models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, assert_never

import z3

from ..node import nodes_in
from ..plan.expressions import Constant, Expression, LookupRow
from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from ..plan.record import Field, Force, Gate, RecordPlan, StageRow
from ..reference import Value
from .terms import NEVER, Fields, Term, Vocabulary, either, integer, truth

OUTCOME_WORDS = ("closed", "open", "clear", "applies")


def vocabulary_of(*roots: RecordPlan | Expression) -> Vocabulary:
    """The words that plans and expressions write. Two plans that are compared need one vocabulary."""
    words = {*OUTCOME_WORDS}
    for node in nodes_in(roots):
        match node:
            case Constant(value=str() as word):
                words.add(word)
            case Words(options=options):
                words.update(options)
            case LookupRow(match=match):
                words.update(word for word in match if word is not None)
            case StageRow(name=name) | Force(tier=name):
                words.add(name)
            case Gate(without=without):
                words.update(fallen for _, fallen in without)
            case _:
                pass
    return Vocabulary(words)


def fresh_fields(plan: RecordPlan, suffix: str = "") -> dict[str, Term]:
    """A variable for each field."""
    return {field.name: fresh_field(field, suffix) for field in plan.fields}


def fresh_field(field: Field, suffix: str = "") -> Term:
    """A variable for one field, and one for whether it is missing."""
    name = f"{field.name}{suffix}"
    missing = z3.Bool(f"{name} missing") if field.type.optional else NEVER
    match field.type:
        case Truth():
            return Term(z3.Bool(name), missing)
        case Exact():
            denominator = z3.Int(f"{name} denominator")
            return Term(z3.Int(name), either([missing, denominator == 0]), NEVER, denominator)
        case Numeric() | Words():
            return Term(z3.Int(name), missing)
        case _:
            assert_never(field.type)


def fixed_fields(plan: RecordPlan, record: Mapping[str, Value], vocabulary: Vocabulary) -> dict[str, Term]:
    """The fields of one record, as written numbers."""
    return {field.name: fixed_field(field, record[field.name], vocabulary) for field in plan.fields}


def fixed_field(field: Field, value: Value, vocabulary: Vocabulary) -> Term:
    """One field at one value; a word must be one that the plan writes."""
    match value:
        case None:
            return Term(
                NEVER if isinstance(field.type, Truth) else z3.IntVal(0), z3.BoolVal(True), NEVER, z3.IntVal(1) if isinstance(field.type, Exact) else None
            )
        case bool():
            return Term(z3.BoolVal(value))
        case str():
            return Term(z3.IntVal(vocabulary.code(value)))
        case (numerator, denominator):
            return Term(z3.IntVal(numerator), z3.BoolVal(denominator == 0), NEVER, z3.IntVal(denominator))
        case int():
            return Term(z3.IntVal(value))
        case _:
            assert_never(value)


def declared_ranges(plan: RecordPlan, fields: Fields, vocabulary: Vocabulary) -> list[Any]:
    """What declared ranges say of the fields."""
    return [condition for field in plan.fields for condition in declared_range(field.type, fields[field.name], vocabulary)]


def declared_range(kind: Type, term: Term, vocabulary: Vocabulary) -> Iterable[Any]:
    """What a type says of a value."""
    match kind:
        case Numeric(low=low, high=high):
            return [term.value >= low, term.value <= high]
        case Exact(low=low, high=high, most=most):
            return [term.value >= low, term.value <= high, term.denominator >= 0 if kind.optional else term.denominator >= 1, term.denominator <= most]
        case Words(options=options) if options:
            return [z3.Or(*[term.value == vocabulary.code(option) for option in options])]
        case Words():
            return [term.value >= vocabulary.first, term.value < vocabulary.last]
        case Truth():
            return []
        case _:
            assert_never(kind)


def value_in(model: Any, kind: Type, term: Term, vocabulary: Vocabulary) -> Value:
    """The value that a model gives a field."""
    if truth(model, term.missing):
        return None
    match kind:
        case Truth():
            return truth(model, term.value)
        case Exact():
            return integer(model, term.value), integer(model, term.denominator)
        case Words():
            return vocabulary.word(integer(model, term.value))
        case Numeric():
            return integer(model, term.value)
        case _:
            assert_never(kind)
