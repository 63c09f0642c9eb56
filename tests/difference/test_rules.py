"""Whatever two versions say differently is told: also what no record shows, such as windows, weights by age, peers, ranges and columns."""

from __future__ import annotations

import pytest

from pingfen.difference import compare
from pingfen.difference.rules import changes_of
from pingfen.difference.telling import document

from .shops import changed, plan_of

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
    "how a metric is rounded": ("to 0.01% needs", "to 0.1% needs"),
    "how a peer value is rounded": ("at least 20 subjects to 0.1\n", "at least 20 subjects to 0.01\n"),
    "an attribute by date": ("one of food, toys }", "one of food, toys dated }"),
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


MISSING_KEY = """\
ruleset example.weights
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 0 .. 100
subject shop_id { industry one of food, toys optional }
input x points 0 .. 100
table weights by industry (one, two) {
  food -> 60%, 40%
  toys -> 40%, 60%
  none -> 50%, 50%
}
total { part first weight weights.one = x, part second weight weights.two = 50 }
"""


@pytest.mark.parametrize(("language", "told"), [("en", "missing"), ("zh", "缺")])
def test_weights_of_a_missing_key_are_told(language: str, told: str) -> None:
    changed = plan_of(MISSING_KEY.replace("50%, 50%", "70%, 30%"))
    rows = [row for change in changes_of(plan_of(MISSING_KEY), changed, language) for row in change.rows]
    assert len(rows) == 2
    assert all(told in name for name, _, _ in rows)


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_no_such_change_is_called_the_same(change: str) -> None:
    before, after = CHANGES[change]
    assert not compare(plan_of(RULES), plan_of(RULES.replace(before, after)), ("sha256:old", "sha256:new"), seconds=1).same


ORDERED = """\
ruleset example.order
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 0 .. 100
subject shop_id
input audit number 0 .. 100
input x number 0 .. 100
stages {
  new when x < 5 { score 10 }
  bare when audit < 5 { score 20 }
  usual else full
}
total missing no score {
  part pa weight 50% = curve audit { 0 -> 0, 100 -> 100 }
  part pk weight 50% = cases { 10 when x > 50, 80 when audit > 50, 30 when x > 40, else 20 }
}
tier t of low, middle, high = ladder score { >= 50 -> high, none -> low, else -> middle } {
  force low when x > 90
  force high when audit > 90
}
"""
SWAPPED = {
    "cases": ("10 when x > 50, 80 when audit > 50", "80 when audit > 50, 10 when x > 50", ("x > 50; audit > 50", "audit > 50; x > 50")),
    "forces": (
        "  force low when x > 90\n  force high when audit > 90",
        "  force high when audit > 90\n  force low when x > 90",
        ("x > 90; audit > 90", "audit > 90; x > 90"),
    ),
    "stages": (
        "  new when x < 5 { score 10 }\n  bare when audit < 5 { score 20 }",
        "  bare when audit < 5 { score 20 }\n  new when x < 5 { score 10 }",
        ("new; bare", "bare; new"),
    ),
}


@pytest.mark.parametrize(("language", "about"), [("en", "order of the rows"), ("zh", "各行的顺序")])
@pytest.mark.parametrize("rows", SWAPPED)
def test_rows_in_another_order_are_told(rows: str, language: str, about: str) -> None:
    before, after, orders = SWAPPED[rows]
    assert ORDERED.count(before) == 1
    [told] = changes_of(plan_of(ORDERED), plan_of(ORDERED.replace(before, after)), language)
    assert (told.state, told.rows) == ("changed", ((about, *orders),))


def test_lines_of_a_sum_have_no_order() -> None:
    first, last = (line for line in ORDERED.splitlines(keepends=True) if "weight" in line)
    assert changes_of(plan_of(ORDERED), plan_of(ORDERED.replace(first + last, last + first)), "en") == ()


def test_the_order_of_tiers_is_told_and_a_difference() -> None:
    old, new = plan_of(ORDERED), plan_of(ORDERED.replace("low, middle, high", "low, high, middle"))
    [told] = changes_of(old, new, "en")
    assert told.rows == (("range", "low, middle, high", "low, high, middle"),)
    assert not compare(old, new, ("sha256:old", "sha256:new"), seconds=1).same


def test_metrics_in_another_order_mean_the_same() -> None:
    plain = changed()
    first, last = (line for line in plain.splitlines(keepends=True) if line.startswith("metric"))
    found = compare(plan_of(plain), plan_of(plain.replace(first + last, last + first)), ("sha256:old", "sha256:new"), seconds=1)
    assert found.same
    assert document(found, "en")["rules"] == []


LINES = """\
ruleset example.lines
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 0 .. 100
subject shop_id { industry one of food, toys }
input x points 0 .. 100
table lines by industry (least, steps) { food -> 60, 40  toys -> 70, 50 }
total {
  part whole weight 100% = ladder x { >= lines.steps -> 100, else -> 20 } { deduct 3 when x < lines.least }
}
gate deals open when score >= lines.least and x > 3
"""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("after", "rules", "told"), [("61, 40", {"whole", "deals"}, "61"), ("60, 41", {"whole"}, "41")])
def test_a_row_of_a_table_that_limits_are_read_from_is_told_where_it_counts(after: str, rules: set[str], told: str, language: str) -> None:
    text = LINES.replace("  toys ->", "\n  toys ->")
    changes = changes_of(plan_of(text), plan_of(text.replace("60, 40", after)), language)
    assert {change.name for change in changes} == rules
    for change in changes:
        assert any(f"food → {told}" in part for row in change.rows for part in row)


def test_of_conditions_that_must_all_hold_those_that_differ_are_told() -> None:
    text = LINES.replace("  toys ->", "\n  toys ->")
    [change] = changes_of(plan_of(text), plan_of(text.replace("x > 3", "x > 4")), "en")
    assert change.rows == (("open", "x > 3", "x > 4"),)
    [dropped] = changes_of(plan_of(text), plan_of(text.replace("gate deals open when score >= lines.least and x > 3", "")), "en")
    assert dropped.rows[0][1].endswith(" and x > 3")
