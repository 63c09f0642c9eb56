"""Parameters and assumed numbers: named, listed, and given from outside as constants."""

from __future__ import annotations

from pingfen.plan.events import Aggregated, Window
from pingfen.plan.expressions import Sum

from .programs import number_of, plan_of

TEXT = """
score 0.00 .. 5.00
param window = 90 days assumed within 7 days .. 180 days
param base = 4
events orders {
  order_id text key
  store_id text subject
  paid_at time happens
  late flag
}
metric late_share = share with late of orders over last window to 0.01% needs 10 assumed
total missing no score {
  part praise weight 40% assumed = ladder late_share assumed { <= 1% -> 5.00, none -> none, else -> 3.00 }
  part other weight 60% assumed = base
}
gate campaigns open when score >= 4.30 assumed, closed without a score
"""


def window_of(**given: str) -> Window:
    made = plan_of(TEXT, given).events.metrics[0].made
    assert isinstance(made, Aggregated)
    return made.aggregate.window


def test_every_assumed_number_has_a_path() -> None:
    found = {line.path: (line.text, line.low, line.high, line.parameter) for line in plan_of(TEXT).assumptions}
    assert found == {
        "window": ("90 days", "7 days", "180 days", True),
        "late_share.needs": ("10", "", "", False),
        "praise.weight": ("40%", "", "", False),
        "praise.1.limit": ("1%", "", "", False),
        "praise.1": ("5.00", "", "", False),
        "praise.3": ("3.00", "", "", False),
        "other.weight": ("60%", "", "", False),
        "campaigns": ("4.30", "", "", False),
    }


def test_a_parameter_takes_the_place_of_its_literal() -> None:
    assert window_of() == Window(90, "days")
    assert window_of(window="2 weeks") == Window(14, "days")
    assert window_of(window="60 天") == Window(60, "days")


def test_a_number_given_by_its_path_takes_the_place_of_the_assumed_one() -> None:
    value = number_of(plan_of(TEXT, {"praise.weight": "30%", "other.weight": "70%"}), "total").value
    assert isinstance(value, Sum)
    assert [line.weight.value for line in value.lines] == [3, 7]  # type: ignore[union-attr]


def test_the_plan_lists_what_was_given() -> None:
    found = {line.path: line.text for line in plan_of(TEXT, {"window": "60 days", "campaigns": "4.5"}).assumptions}
    assert (found["window"], found["campaigns"]) == ("60 days", "4.5")


def test_a_parameter_that_is_published_may_be_given_too() -> None:
    assert plan_of(TEXT, {"base": "3"}) != plan_of(TEXT)
