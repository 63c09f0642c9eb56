"""Whatever two versions say differently is told: also what no record shows, such as windows, weights by age, peers, ranges and columns."""

from __future__ import annotations

import pytest

from pingfen.difference.rules import changes_of

from .shops import plan_of

RULES = """\
ruleset example.rules
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
years 2020 .. 2030
subject shop_id { industry one of food, toys }
score 0 .. 100
input turnover money 0.00 .. 1000.00

events orders {
  order_id   text key
  shop_id    text subject
  paid_at    time happens
  signed_at  time optional
  amount     money 0.00 .. 100.00
  state      one of open, closed as extracted
  travel     duration = paid_at until signed_at
  at most 1000 rows a subject
}
population closed = orders where state is closed

metric volume = count of orders over last 30 days
metric quick  = share with travel given and travel <= 2 days of closed over last 30 days recency { <= 10 days -> 3, else -> 1 } to 0.01% needs 5 better higher
metric recent = mean of amount in orders over last 500 rows to 0.01
metric steady = mean of amount in orders over last 30 days if at least 300 rows, else 90 days to 0.01

peer place = rank rate of quick by industry at least 20 subjects else all subjects to 0.01% among volume >= 10
peer usual = median of volume by industry at least 20 subjects to 0.1

total missing drop {
  part speed  weight 50% = curve place { 0% -> 0, 100% -> 100 }
  part custom weight 50% = cases { 100 when usual given and volume >= usual and turnover > 0, 50 when recent given and steady given, else 0 }
}
gate deals open when industry is food
"""
CHANGES = {
    "weights by age": ("-> 3, else", "-> 4, else"),
    "the smallest number of rows": ("needs 5", "needs 6"),
    "a window of rows": ("500 rows", "400 rows"),
    "a window that grows": ("at least 300 rows", "at least 200 rows"),
    "the smallest number of peers": ("at least 20 subjects to 0.1\n", "at least 21 subjects to 0.1\n"),
    "who the peers are": ("volume >= 10", "volume >= 11"),
    "what holds for too few peers": (" else all subjects", ""),
    "which way is better": ("better higher", "better lower"),
    "which rows count": ("where state is closed", "where state is open"),
    "the range of an input": ("0.00 .. 1000.00", "0.00 .. 2000.00"),
    "the choices of an attribute": ("food, toys", "food, toys, books"),
    "the range of a column": ("0.00 .. 100.00", "0.00 .. 200.00"),
    "a column that may be missing": ("signed_at  time optional", "signed_at  time ahead"),
    "how a column is computed": ("paid_at until signed_at", "signed_at until paid_at"),
    "the most rows": ("at most 1000 rows", "at most 2000 rows"),
    "the time zone": ("Asia/Shanghai", "Asia/Tokyo"),
    "the years": ("2020 .. 2030", "2020 .. 2031"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_any_kind_is_told_as_one_rule(change: str, language: str) -> None:
    before, after = CHANGES[change]
    assert RULES.count(before) == 1
    [told] = changes_of(plan_of(RULES), plan_of(RULES.replace(before, after)), language)
    assert told.state == "changed"
    assert len(told.rows) == 1
