"""Where the stage is not full, its value is the score itself, also where no stage is."""

from __future__ import annotations

import pytest

from pingfen.plan.quantity import Numeric

from ..paths import RECORD_PATHS
from .programs import compiled, number_of, plan_of

WITHOUT_TOTAL = """
score 0.00 .. 100.00
input volume count 0 .. 10
stages { small when volume < 3 { score 60.00 }
         large else { score 80.00 } }
gate campaigns open when score > 70
always score within 60 .. 80
"""


@pytest.mark.parametrize("path", RECORD_PATHS)
def test_stages_that_all_say_the_score_need_no_total(path: str) -> None:
    plan = plan_of(WITHOUT_TOTAL)
    assert RECORD_PATHS[path](plan, {"volume": 2}) == {"stage": "small", "total": None, "score": 6000, "campaigns": "closed"}
    assert RECORD_PATHS[path](plan, {"volume": 3}) == {"stage": "large", "total": None, "score": 8000, "campaigns": "open"}


def test_the_range_of_a_score_without_a_total_is_that_of_its_stages() -> None:
    kind = number_of(plan_of(WITHOUT_TOTAL), "score").type
    assert isinstance(kind, Numeric)
    assert (kind.low, kind.high, kind.optional) == (6000, 8000, False)


def test_the_value_of_a_stage_that_may_be_none_belongs_to_the_range_of_the_score() -> None:
    text = """
score 0.00 .. 100.00
input volume count 0 .. 10
input praise number 80.00 .. 100.00
stages { small when volume < 3 { score cases { 60 when volume > 0, else none } }
         large else full }
total { part praised = praise }
gate campaigns open when score < 70, closed without a score
"""
    assert [found.code for found in compiled(text).diagnostics] == []
    kind = number_of(plan_of(text), "score").type
    assert isinstance(kind, Numeric)
    assert (kind.low, kind.high, kind.optional) == (6000, 10000, True)
