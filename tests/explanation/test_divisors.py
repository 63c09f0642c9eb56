"""A divisor is told with all its digits, whatever decimal context the caller has set."""

from __future__ import annotations

from decimal import localcontext

import pytest

from pingfen.wording import wording_of

from ..semantics.programs import number_of, plan_of


@pytest.mark.parametrize(
    ("written", "told"),
    [("a / 12345 to 0.001", "a / 12345 rounded to 0.001"), ("a / 40 to 0.1", "a / 40 rounded to 0.1"), ("a to 0.1", "a rounded to 0.1")],
)
def test_a_divisor_keeps_its_digits(written: str, told: str) -> None:
    plan = plan_of(f"input a number 0.000 .. 10.000\ndisplay shown = {written}")
    with localcontext(prec=3):
        assert wording_of(plan, "en").describe(number_of(plan, "shown").value) == told
