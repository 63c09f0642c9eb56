"""Each kind of expression has the value that its line in the plan says."""

from __future__ import annotations

import pytest
from attrs import frozen

from pingfen.calendar import load_transitions
from pingfen.plan.events import Transitions
from pingfen.plan.expressions import (
    AllOf,
    AnyOf,
    Arithmetic,
    AtLeast,
    Band,
    Bands,
    BestOf,
    Case,
    Cases,
    Compare,
    Curve,
    Divided,
    DropMissing,
    Expression,
    Extreme,
    FieldRead,
    IsGiven,
    Lookup,
    LookupRow,
    MonthOf,
    MovedTo,
    Not,
    Nothing,
    NumberRead,
    Substitute,
    Sum,
    TimeOfDay,
)
from pingfen.reference import InterpretationError, MissingReadError, Value
from pingfen.reference.expressions import value_of
from pingfen.reference.scene import Scene

from .nodes import MAYBE, NUMBER, QUOTIENT, TEXT, TIME, TRUTH, compare, constant, field, ladder, line

SHANGHAI = load_transitions("Asia/Shanghai", 2000, 2030)
FIELDS: dict[str, Value] = {"three": 300, "minus": -300, "zero": 0, "none": None, "fifth": (1, 5), "yes": True, "word": "é", "evening": 1_781_087_400}
NUMBERS: dict[str, Value] = {"a": 300, "b": 500, "c": None, "d": 500, "tenths": 49}


@frozen
class Shown(Scene):
    """A few fields and numbers, in Shanghai."""

    def field(self, name: str) -> Value:
        return FIELDS[name]

    def number(self, path: str) -> Value:
        return NUMBERS[path]

    def zone(self) -> Transitions:
        return SHANGHAI


def arithmetic(operator: str, left: str, right: str) -> Arithmetic:
    return Arithmetic(operator, field(left), field(right), MAYBE)


def quotient(numerator: int, denominator: int, mode: str = "half away", step: int = 1) -> Divided:
    return Divided(constant(numerator), constant(denominator), mode, step, MAYBE)


def weighted(*lines: tuple[str, int], missing: DropMissing | Substitute | None = None, relative: bool = False, step: int = 1) -> Sum:
    return Sum("weights", tuple(line(path, weight) for path, weight in lines), missing, relative, 1, 1 if relative else 100 * step, "half away", step, MAYBE)


CURVE = ((0, 500), (80, 450), (300, 300))
TABLE = (
    LookupRow(("fresh", "flagship"), constant(1)),
    LookupRow(("fresh", None), constant(2)),
    LookupRow((None, "flagship"), constant(3)),
    LookupRow((None, None), constant(4)),
)
BELOW, ABOVE = Band(None, False, constant(300), False, constant(1)), Band(constant(300), True, None, False, constant(2))
RANGES = Bands("ranges", field("three"), (BELOW, ABOVE), None, None, NUMBER)
TWO_OF_THREE = AtLeast(2, (compare("none", "<", 1), compare("three", ">", 1), compare("zero", "=", 0)), TRUTH)
FIRST_OF_TWO = Cases((Case(compare("three", ">", 1), constant(1)), Case(compare("three", ">", 0), constant(2))), constant(3), NUMBER)


def lookup(first: str | None, second: str | None, missing: Expression | None = None) -> Lookup:
    keys = tuple(Nothing(TEXT) if key is None else constant(key) for key in (first, second))
    return Lookup("t", "c", keys, TABLE, missing, NUMBER)


@pytest.mark.parametrize(
    ("rule", "expression", "value"),
    [
        ("a sum is exact", arithmetic("+", "three", "minus"), 0),
        ("a difference is exact", arithmetic("-", "three", "minus"), 600),
        ("a product is exact", arithmetic("*", "three", "minus"), -90_000),
        ("arithmetic with none is none", arithmetic("*", "zero", "none"), None),
        ("ties go away from zero", quotient(5, 2), 3),
        ("ties go away from zero below zero too", quotient(-5, 2), -3),
        ("up is toward plus infinity", quotient(-5, 2, "up"), -2),
        ("down is toward minus infinity", quotient(-5, 2, "down"), -3),
        ("half even takes the even neighbour", quotient(5, 2, "half even"), 2),
        ("half even takes the even neighbour above", quotient(7, 2, "half even"), 4),
        ("a step counts in steps", quotient(430, 50, step=50), 450),
        ("a quotient with the divisor 0 is none", quotient(5, 0), None),
        ("the larger", Extreme("greatest", field("three"), field("minus"), MAYBE), 300),
        ("the smaller", Extreme("least", field("three"), field("minus"), MAYBE), -300),
        ("the larger of none is none", Extreme("greatest", field("three"), field("none"), MAYBE), None),
        ("the numerator of an exact quotient", FieldRead("fifth", QUOTIENT, "numerator"), 1),
        ("the denominator of an exact quotient", FieldRead("fifth", QUOTIENT, "denominator"), 5),
        ("texts are ordered by their UTF-8 bytes", Compare("<", field("word"), constant("水"), TRUTH), True),
        ("flags are equal or not", Compare("=", field("yes"), constant(True), TRUTH), True),
        ("and stops at the first that fails", AllOf((IsGiven(field("none"), TRUTH), compare("none", "<", 1)), TRUTH), False),
        ("or stops at the first that holds", AnyOf((Not(IsGiven(field("none"), TRUTH), TRUTH), compare("none", "<", 1)), TRUTH), True),
        ("of three, a condition that reads none does not count", TWO_OF_THREE, True),
        ("a negated condition that reads none does not count", AtLeast(1, (Not(compare("none", "<", 1), TRUTH),), TRUTH), False),
        ("cases take the first row that holds", FIRST_OF_TWO, 1),
        ("cases fall to else", Cases((Case(compare("three", "<", 1), constant(1)),), constant(3), NUMBER), 3),
        ("a ladder takes the first row", ladder(field("three"), (400, 5), (300, 4), (200, 3), otherwise=1), 4),
        ("a ladder falls to else", ladder(field("zero"), (400, 5), otherwise=1), 1),
        ("a ladder's none row catches none", ladder(field("none"), (400, 5), otherwise=1, missing=9), 9),
        ("an open end of a range leaves its limit to the next", RANGES, 2),
        ("a curve is flat before its first point", Curve(constant(-10), CURVE, 1, "half away", 1, MAYBE), 500),
        ("a curve is flat after its last point", Curve(constant(310), CURVE, 1, "half away", 1, MAYBE), 300),
        ("a curve meets its points", Curve(constant(80), CURVE, 1, "half away", 1, MAYBE), 450),
        ("0.20% between 0.00%: 5.00 and 0.80%: 4.50 is 4.875, so 4.88", Curve(constant(20), CURVE, 1, "half away", 1, MAYBE), 488),
        ("a curve of none is none", Curve(field("none"), CURVE, 1, "half away", 1, MAYBE), None),
        ("a table: both keys match", lookup("fresh", "flagship"), 1),
        ("a table: the first key alone", lookup("fresh", "corner"), 2),
        ("a table: the second key alone", lookup("shoes", "flagship"), 3),
        ("a table: default", lookup("shoes", "corner"), 4),
        ("a table: default does not catch none", lookup(None, "flagship", Nothing(NUMBER)), None),
        ("a weighted sum is divided once", weighted(("a", 60), ("b", 40)), 380),
        ("a weighted sum with a missing line is none", weighted(("a", 60), ("c", 40)), None),
        ("a missing line counts with its substitute", weighted(("a", 60), ("c", 40), missing=Substitute((100, 100))), 220),
        ("a dropped line leaves its weight to the rest", weighted(("a", 40), ("c", 30), ("b", 30), missing=DropMissing(1, 0, 1), relative=True), 386),
        ("all lines dropped is none", weighted(("c", 40), ("c", 60), missing=DropMissing(0, 0, 1), relative=True), None),
        ("half the parts of three is two", weighted(("c", 40), ("c", 30), ("a", 30), missing=DropMissing(2, 0, 1), relative=True), None),
        ("half of the weight is at least half", weighted(("c", 50), ("a", 50), missing=DropMissing(0, 1, 2), relative=True), 300),
        ("less than half of the weight is none", weighted(("c", 51), ("a", 49), missing=DropMissing(0, 1, 2), relative=True), None),
        ("a weight of nothing left is none", weighted(("c", 50), ("a", 0), missing=DropMissing(0, 0, 1), relative=True), None),
        ("the best of several", BestOf((line("a", 1), line("b", 1), line("c", 1)), MAYBE), 500),
        ("the best of several aligns places", BestOf((line("a", 1), line("tenths", 1, 10)), MAYBE), 490),
        ("the best of nothing is none", BestOf((line("c", 1),), MAYBE), None),
        ("18:30 moved to 06:00 is 06:00 of the next day", MovedTo(field("evening"), 6 * 3600, 18 * 3600, 6 * 3600, TIME), 1_781_087_400 + 41_400),
        ("an absent time stays absent", MovedTo(field("none"), 6 * 3600, 18 * 3600, 6 * 3600, TIME), None),
        ("a time of day is local", TimeOfDay(field("evening"), NUMBER), 18 * 3600 + 1800),
        ("a month is local", MonthOf(field("evening"), NUMBER), 2026 * 12 + 5),
        ("a number is read by its path", NumberRead("b", MAYBE), 500),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_value(rule: str, expression: Expression, value: Value) -> None:
    assert value_of(expression, Shown()) == value, rule


@pytest.mark.parametrize(
    ("rule", "expression", "error"),
    [
        ("a comparison never meets none", compare("none", "<", 1), MissingReadError),
        ("no row holds the value", ladder(field("zero"), (400, 5)), MissingReadError),
        ("a ladder without a none row never meets none", ladder(field("none"), (400, 5), otherwise=1), MissingReadError),
        ("values of two kinds are never compared", compare("three", "<", "a"), InterpretationError),
        ("a denominator is never negative", quotient(1, -1), InterpretationError),
    ],
)
def test_a_broken_promise_of_the_checker_is_a_fault_of_ours(rule: str, expression: Expression, error: type[Exception]) -> None:
    with pytest.raises(error):
        value_of(expression, Shown())
