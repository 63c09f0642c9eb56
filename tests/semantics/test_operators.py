"""The operator table: which units meet, and what comes out."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from pingfen.checking.operators import ARITHMETIC, MEETING, adapts, common_unit, result_unit
from pingfen.plan.quantity import Unit

UNITS: tuple[Unit, ...] = get_args(Unit)

RESULTS: list[tuple[Unit, str, Unit, Unit]] = [
    ("share", "*", "score", "score"),
    ("score", "*", "share", "score"),
    ("share", "*", "points", "points"),
    ("share", "*", "money", "money"),
    ("share", "*", "share", "share"),
    ("share", "*", "count", "number"),
    ("points", "+", "score", "score"),
    ("points", "+", "number", "score"),
    ("number", "-", "score", "score"),
    ("points", "+", "points", "points"),
    ("count", "+", "count", "count"),
    ("count", "-", "number", "number"),
    ("money", "/", "count", "money"),
    ("money", "/", "money", "number"),
    ("count", "/", "count", "number"),
    ("duration", "/", "duration", "number"),
    ("duration", "*", "count", "duration"),
    ("time", "-", "time", "duration"),
    ("time", "+", "duration", "time"),
    ("time", "until", "time", "duration"),
    ("date", "until", "date", "duration"),
]

REFUSED: list[tuple[Unit, str, Unit]] = [
    ("duration", "+", "count"),
    ("duration", "-", "number"),
    ("share", "+", "score"),
    ("share", "-", "points"),
    ("share", "+", "number"),
    ("score", "+", "money"),
    ("score", "+", "count"),
    ("money", "*", "money"),
    ("time", "+", "time"),
    ("date", "+", "duration"),
    ("time", "until", "date"),
    ("month", "+", "number"),
    ("time of day", "-", "time of day"),
]


@pytest.mark.parametrize(("left", "operator", "right", "unit"), RESULTS)
def test_units_that_meet_have_one_result(left: Unit, operator: str, right: Unit, unit: Unit) -> None:
    assert result_unit(operator, left, right) == unit


@pytest.mark.parametrize(("left", "operator", "right"), REFUSED)
def test_other_units_do_not_meet(left: Unit, operator: str, right: Unit) -> None:
    assert result_unit(operator, left, right) is None


@pytest.mark.parametrize("operator", ["+", "*"])
def test_sums_and_products_do_not_depend_on_the_order_of_their_sides(operator: str) -> None:
    for left, right in product(UNITS, UNITS):
        assert result_unit(operator, left, right) == result_unit(operator, right, left), (left, right)


def test_what_can_be_added_can_be_compared() -> None:
    for (operator, left, right), unit in ARITHMETIC.items():
        if operator == "+" and "duration" not in (left, right):
            assert common_unit(left, right) == unit


def test_units_meet_themselves_and_in_either_order() -> None:
    assert all(common_unit(unit, unit) == unit for unit in UNITS)
    assert all(MEETING[right, left] == unit for (left, right), unit in MEETING.items())


def test_no_unit_leads_from_a_share_to_a_score_by_adding_or_comparing() -> None:
    for unit in ("score", "points", "number", "count", "money"):
        assert common_unit("share", unit) is None
        assert result_unit("+", "share", unit) is None


@pytest.mark.parametrize(
    ("unit", "value", "does"), [("score", 5, True), ("count", 5, True), ("share", 5, False), ("share", 0, True), ("duration", 0, True), ("time", 0, False)]
)
def test_a_bare_literal_adapts_to_plain_units_and_only_zero_to_shares_and_durations(unit: Unit, value: int, does: bool) -> None:
    assert adapts(unit, value) is does
