"""Versions of one small shop score, by what is changed in them."""

from __future__ import annotations

from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.source import Source

SHOP = """ruleset example.shop "示例店铺分" "Example <b>shop</b> score"
version "2026-01"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 0 .. 100
subject shop_id

events orders {
  order_id  text   key
  shop_id   text   subject
  paid_at   time   happens
  stars     number 1 .. 5
  returned  flag
}
metric praise  "好评率" "Praise rate"  = share with stars >= 4 of orders over last 30 days to 1%
metric returns "退货率" "Return rate"  = share with returned of orders over last 30 days to 1%

total missing no score {
  indicator kindness "好评" "Praise"  weight 60% = ladder praise { >= 95% -> 100, >= 80% -> 80, none -> none, else -> 40 }
  indicator kept     "退货" "Returns" weight 40% = curve returns { 0% -> 100, 20% -> 0 }
}
gate campaigns open when score >= 80, closed without a score
tier level of unrated, bronze, silver, gold = ladder score { >= 90 -> gold, >= 70 -> silver, none -> unrated, else -> bronze }
"""


def changed(*changes: tuple[str, str]) -> str:
    """The text with other words in it; each must be there."""
    text = SHOP
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def plan_of(text: str) -> Plan:
    """The plan of a text."""
    compilation = compile_source(Source("shop.pf", text))
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    return compilation.plan
