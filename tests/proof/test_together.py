"""What one row cannot do together: where it lowers a share, it does not raise the number of what the share is of."""

from __future__ import annotations

from datetime import date

from hypothesis import event, given
from hypothesis import strategies as st

from pingfen.calendar import day_of, midnight
from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.proof.together import not_raised_with
from pingfen.reference import Data, Value, score_events
from pingfen.source import Source

SHOP = """
ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id
score 0 .. 100

events orders {
  order_id text key
  shop_id  text subject
  paid_at  time happens
}
events requests {
  request_id text key
  order_id   text refers to orders
  asked_at   time happens
  escalated  flag
}
population asked       = requests
population escalations = requests where escalated
population helped      = orders where any asked
population latest      = requests first 1 per escalated by asked_at
metric help_rate   = share with any escalations of helped over last 30 days to 0.01% better lower
metric help_count  = count of helped with any escalations over last 30 days
metric short_count = count of helped with any escalations over last 7 days
metric latest_rate = share with any latest of orders over last 30 days to 0.01% better lower
metric latest_count = count of orders with any latest over last 30 days
total { part arrival = cases { 50 when help_rate missing, else curve help_rate { 0% -> 100, 10% -> 0 } } }
gate large open when help_count > 1 or short_count > 1 or latest_count > 1 or (latest_rate given and latest_rate > 50%)
"""
DAY = day_of(date(2026, 3, 1))
Row = dict[str, Value]


def plan_of() -> Plan:
    plan = compile_source(Source("shop.pf", SHOP)).plan
    assert plan is not None
    return plan


PLAN = plan_of()
METRICS = {metric.name: metric for metric in PLAN.events.metrics}
TOLD = {(name, table): not_raised_with(PLAN.events, metric, table) for name, metric in METRICS.items() for table in ("orders", "requests")}
ORDERS = "abcd"


def order(key: str, days_ago: int) -> Row:
    return {"order_id": key, "shop_id": "s", "paid_at": midnight(DAY - days_ago, PLAN.events.zone)}


def request(number: int, key: str, *, escalated: bool) -> Row:
    return {"request_id": str(number), "order_id": key, "asked_at": midnight(DAY - 1, PLAN.events.zone) + number, "escalated": escalated}


def test_it_is_told_of_the_same_rows_in_the_same_window_alone() -> None:
    """Another window counts others, and of `first` one row in pushes another out."""
    assert TOLD["help_rate", "requests"] == TOLD["help_rate", "orders"] == {"help_count"}
    assert TOLD["latest_rate", "requests"] == TOLD["help_count", "requests"] == frozenset()


@given(
    ages=st.lists(st.integers(1, 31), min_size=4, max_size=4),
    requests=st.lists(st.tuples(st.sampled_from(ORDERS), st.booleans()), min_size=1, max_size=6),
    more=st.tuples(st.sampled_from(ORDERS), st.booleans()),
)
def test_what_lowers_a_share_raises_no_such_count(ages: list[int], requests: list[tuple[str, bool]], more: tuple[str, bool]) -> None:
    orders = [order(key, age) for key, age in zip(ORDERS, ages, strict=True)]
    rows = [request(number, key, escalated=escalated) for number, (key, escalated) in enumerate([*requests, more])]
    before, after = (score_events(PLAN, Data({"orders": orders, "requests": each}), DAY)["s"][0] for each in (rows[:-1], rows))
    lowered = [name for name in METRICS if is_less(after[name], before[name])]
    event(f"lowers {lowered}")
    for name in lowered:
        assert not any(is_less(before[count], after[count]) for count in TOLD[name, "requests"])


def is_less(left: Value, right: Value) -> bool:
    """Whether both are given, and one less than the other."""
    return isinstance(left, int) and isinstance(right, int) and left < right
