"""Sums over rows and over subjects: what compiles is shown to stay within 64 bits, and what no checker of ours makes is not."""

from __future__ import annotations

import json
from itertools import islice

import pytest

from pingfen.pipeline import compile_source
from pingfen.plan.encoding import decode, encode
from pingfen.plan.ruleset import Plan
from pingfen.proof.obligations import overflow_verdict
from pingfen.proof.totals import wide_events, wide_peers
from pingfen.source import Source

from .attack import plan_of_seed

SHOP = """
ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 0 .. 100
at most 1000 rows a subject
at most 5000 rows
at most 70 subjects
subject shop_id { industry text optional }
events orders {
  order_id text  key
  shop_id  text  subject
  paid_at  time  happens
  good     flag
  amount   money 0.00 .. 1000.00
}
metric praise  = share with good of orders over last 30 days recency { <= 7 days -> 77, else -> 1 } to 0.01%
metric average = mean of amount in orders over last 30 days to 0.01
peer   usual   = pooled mean of average by industry at least 3 subjects
peer   place   = rank rate of praise by industry at least 3 subjects to 0.01%
peer   times   = multiple of mean of average by industry at least 3 subjects to 0.01
total { part kindness = ladder praise { >= 90% -> 100, none -> 0, else -> 50 } {
  bonus 1 when usual given and usual > 5.00 or place given and place > 50.00% or times given and times > 2.00
} }
"""


def plan_of(text: str) -> Plan:
    compilation = compile_source(Source("shop.pf", text))
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    return compilation.plan


def test_every_generated_ruleset_is_shown_to_stay_within_64_bits() -> None:
    """The checker bounds sums from the text; the proof finds the same anew from the plan."""
    plans = list(islice((plan for seed in range(200) if (plan := plan_of_seed(seed)) is not None), 40))
    assert sum(len(plan.record.across) for plan in plans) > 20
    for plan in plans:
        assert not list(wide_events(plan.events))
        assert not list(wide_peers(plan))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"rows_per_subject": 1000', '"rows_per_subject": 1000000000000000'),
        ('"rows": 5000', '"rows": 100000000000000'),
        ('"most": 70', '"most": 100000000000000000'),
        ('"weight": 77', '"weight": 770000000000000000'),
    ],
    ids=["rows of a subject", "rows in all", "subjects", "weight by age"],
)
def test_a_larger_bound_is_not_shown(was: str, now: str) -> None:
    """On plans that no checker of ours makes, each bound by itself: more rows, more subjects, heavier rows."""
    plan = plan_of(SHOP)
    assert overflow_verdict(plan, 5).state == "proved"
    text = json.dumps(encode(plan))
    assert was in text
    wider = overflow_verdict(decode(json.loads(text.replace(was, now)), Plan), 5)
    assert wider.state == "unknown"
    assert wider.reason is not None
    assert all(wider.reason.text(language, "") for language in ("en", "zh"))
