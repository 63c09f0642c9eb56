"""Records from outside: what is taken as which value, and what is refused with which diagnostic."""

from __future__ import annotations

import decimal
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy
import pytest
from hypothesis import given, strategies

import pingfen
from pingfen.plan.label import Label
from pingfen.plan.quantity import Exact, Numeric, Truth, Type, Words
from pingfen.plan.record import Field
from pingfen.ruleset.intake import Intake

SCORE = Numeric("score", 2, 0, 500)
SIGNED = Numeric("number", 3, -5000, 5000)
SHARE = Numeric("share", 4, 0, 10000)
COUNT = Numeric("count", 0, 0, 10_000_000)
DATE = Numeric("date", 0, 0, 30000)
TIME = Numeric("time", 0, 0, 2_000_000_000)
QUOTIENT = Exact("share", 0, 0, 20000, 20000)
CHOICE = Words(("apparel", "fresh food"))
MAYBE = Numeric("score", 2, 0, 500, optional=True)


def taken(kind: Type, value: Any) -> Any:
    """The value that the generated function gets."""
    (result,) = Intake([Field("x", Label(), "metric", kind, 0)]).read({"x": value})
    return result


def refused(kind: Type, value: Any) -> str:
    with pytest.raises(pingfen.InputError) as refusal:
        taken(kind, value)
    (diagnostic,) = refusal.value.diagnostics
    assert str(refusal.value).startswith(f"error[{diagnostic.code}]: `x`")
    return diagnostic.code


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [
        (SCORE, Decimal("4.5"), 450),
        (SCORE, Decimal("4.500000"), 450),
        (SCORE, Decimal("45E-1"), 450),
        (SCORE, Decimal("4.5" + "0" * 300), 450),
        (SCORE, "4.50", 450),
        (SCORE, "+4.5", 450),
        (SCORE, 5, 500),
        (SCORE, numpy.int64(5), 500),
        (SCORE, Decimal("-0.00"), 0),
        (SIGNED, "-0.125", -125),
        (SHARE, "98.50%", 9850),
        (SHARE, "0.985", 9850),
        (COUNT, 12, 12),
        (COUNT, Decimal(12), 12),
        (COUNT, "12", 12),
        (DATE, date(1970, 1, 2), 1),
        (DATE, "2026-06-01", 20605),
        (TIME, "1970-01-02T00:00:01Z", 86401),
        (TIME, datetime(1970, 1, 1, 8, 0, 1, 999999, timezone(timedelta(hours=8))), 1),
        (QUOTIENT, "199 of 20000", (199, 20000)),
        (QUOTIENT, (199, 20000), (199, 20000)),
        (QUOTIENT, [0, 0], (0, 0)),
        (CHOICE, "fresh food", "fresh food"),
        (Words(), "任何", "任何"),
        (Truth(), True, True),
        (MAYBE, None, None),
        (Words((), True), None, None),
        (QUOTIENT, None, None),
    ],
)
def test_a_value_is_taken_exactly(kind: Type, value: Any, wanted: Any) -> None:
    assert taken(kind, value) == wanted
    assert type(taken(kind, value)) is type(wanted)


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (SCORE, Decimal("4.505"), "too-many-places"),
        (SCORE, Decimal("4.5" + "0" * 300 + "1"), "too-many-places"),
        (SCORE, Decimal("1E-999999"), "too-many-places"),
        (SCORE, "4.505", "too-many-places"),
        (COUNT, Decimal("1.5"), "too-many-places"),
        (SHARE, "98.505%", "too-many-places"),
        (SCORE, Decimal("5.01"), "out-of-range"),
        (SCORE, Decimal("-0.01"), "out-of-range"),
        (SCORE, Decimal("1E+999999"), "out-of-range"),
        (SCORE, 6, "out-of-range"),
        (SCORE, 10**400, "out-of-range"),
        (SCORE, 5.01, "out-of-range"),
        (SHARE, 98.5, "out-of-range"),
        (COUNT, -1, "out-of-range"),
        (DATE, date(1969, 12, 31), "out-of-range"),
        (QUOTIENT, (20001, 20000), "out-of-range"),
        (QUOTIENT, (1, -1), "out-of-range"),
        (SCORE, Decimal("NaN"), "unusable-value"),
        (SCORE, Decimal("sNaN"), "unusable-value"),
        (SCORE, Decimal("Infinity"), "unusable-value"),
        (SCORE, float("nan"), "unusable-value"),
        (SCORE, float("-inf"), "unusable-value"),
        (SCORE, 1e308, "unusable-value"),
        (SCORE, True, "unusable-value"),
        (SCORE, "four", "unusable-value"),
        (SCORE, "4,5", "unusable-value"),
        (SCORE, "1_0", "unusable-value"),
        (SCORE, " 4.5", "unusable-value"),
        (SCORE, "４.５", "unusable-value"),
        (SCORE, "4e0", "unusable-value"),
        (SCORE, "50%", "unusable-value"),
        (SCORE, "", "unusable-value"),
        (SCORE, [4], "unusable-value"),
        (SCORE, b"4.5", "unusable-value"),
        (SCORE, 1j, "unusable-value"),
        (DATE, "2026-02-30", "unusable-value"),
        (DATE, datetime(2026, 1, 1), "unusable-value"),
        (DATE, 20605, "unusable-value"),
        (TIME, "2026-01-01T00:00:00", "unusable-value"),
        (TIME, datetime(2026, 1, 1), "unusable-value"),
        (QUOTIENT, "199/20000/3", "unusable-value"),
        (QUOTIENT, (0.5, 1), "unusable-value"),
        (QUOTIENT, (1,), "unusable-value"),
        (QUOTIENT, Decimal("0.5"), "unusable-value"),
        (CHOICE, "apparell", "unknown-choice"),
        (CHOICE, 1, "unusable-value"),
        (Truth(), 1, "unusable-value"),
        (Truth(), "yes", "unusable-value"),
        (SCORE, None, "missing-field-value"),
        (CHOICE, None, "missing-field-value"),
        (Truth(), None, "missing-field-value"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_not_rounded(kind: Type, value: Any, code: str) -> None:
    assert refused(kind, value) == code


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(0.125, 125), (1.005, 1005), (0.0005, 1), (-0.0005, -1), (0.00049999, 0), (2.675, 2675), (1.0005, 1001), (0.5005, 500), (0.1 + 0.2, 300)],
)
def test_only_a_float_is_converted_half_away_from_zero_of_the_product(value: float, wanted: int) -> None:
    """0.5005 * 1000 is 500.49999999999994 in IEEE arithmetic: the product decides, not the decimal text."""
    assert taken(SIGNED, value) == wanted


@given(strategies.decimals(min_value=-10, max_value=10, places=None), strategies.integers(1, 6))
def test_a_decimal_is_taken_as_the_scaled_integer_that_it_is(value: Decimal, places: int) -> None:
    kind = Numeric("number", places, -(10 ** (places + 1)), 10 ** (places + 1))
    wanted = Fraction(value) * 10**places
    if wanted.denominator != 1:
        assert refused(kind, value) == "too-many-places"
    else:
        assert taken(kind, value) == wanted


def test_the_callers_decimal_context_changes_nothing() -> None:
    with decimal.localcontext() as context:
        context.prec = 2
        context.traps[decimal.InvalidOperation] = False
        assert taken(Numeric("score", 2, 0, 100000), Decimal("123.45")) == 12345
        assert refused(SCORE, Decimal("NaN")) == "unusable-value"
        card = ruleset().evaluate({"speed": "98.76", "volume": 1})
        assert str(card.score) == "98.76"


def ruleset() -> pingfen.Ruleset:
    return pingfen.compile("""
ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id
score 0.00 .. 100.00
input speed points 0.00 .. 100.00
input volume count 0 .. 1000
total { part delivery = cases { speed when volume > 0, else 0.00 } }
""")


def test_everything_that_is_wrong_with_a_record_is_said_at_once() -> None:
    with pytest.raises(pingfen.InputError) as refusal:
        ruleset().evaluate({"speed": "101", "volum": 3})
    assert [(found.code, found.arguments["name"]) for found in refusal.value.diagnostics] == [
        ("out-of-range", "speed"),
        ("omitted-field", "volume"),
        ("unknown-field", "volum"),
    ]
    assert "is `volume` meant?" in str(refusal.value)


def test_an_omitted_field_is_an_error_also_when_the_count_of_fields_is_right() -> None:
    with pytest.raises(pingfen.InputError):
        ruleset().evaluate({"speed": 1, "volum": 3})


def test_a_day_and_a_time_come_back_as_people_write_them() -> None:
    text = ruleset_with_dates()
    card = text.evaluate({"opened": date(2026, 1, 2), "seen": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)})
    assert card.metrics == {"opened": date(2026, 1, 2), "seen": "2026-01-02T03:04:05Z"}
    assert text.evaluate(card.metrics) == card


def ruleset_with_dates() -> pingfen.Ruleset:
    return pingfen.compile("""
ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "UTC"
subject shop_id
input opened date 2020-01-01 .. 2030-12-31
input seen time optional
gate campaigns open when opened > 2025-01-01
gate visits open when seen given
""")


@pytest.mark.parametrize("metrics", [None, [1, 2], "volume", 3])
def test_what_is_no_mapping_is_a_mistake_of_the_program(metrics: Any) -> None:
    with pytest.raises(TypeError, match="names of fields"):
        Intake([Field("x", Label(), "metric", COUNT, 0)]).read(metrics)
