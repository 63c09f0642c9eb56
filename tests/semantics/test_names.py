"""Names that are nearly another name are told with that name."""

from __future__ import annotations

import pytest

from .programs import compiled


@pytest.mark.parametrize(("declared", "written"), [("quality", "qualty"), ("描述", "描速"), ("quality_returns", "quality_return"), ("物流评分", "物流得分")])
def test_a_name_with_a_slip_is_told_with_the_name_that_was_meant(declared: str, written: str) -> None:
    found = compiled(f"input {declared} number 0 .. 5\ngate campaigns open when {written} > 3\n", {}, True).diagnostics
    unknown = next(item for item in found if item.code == "unknown-name")
    assert unknown.arguments["near"] == f"`{declared}`"
    assert unknown.fix is not None
    assert unknown.fix.text == declared


def test_a_name_that_is_like_no_other_gets_no_guess() -> None:
    found = compiled("input 描述 number 0 .. 5\ngate campaigns open when 物流 > 3\n", {}, True).diagnostics
    assert next(item for item in found if item.code == "unknown-name").arguments["near"] == ""
