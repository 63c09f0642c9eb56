"""The rule page says what the plan says, in both languages, and nothing in a label is read as markup."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pingfen.documents.html import html_page
from pingfen.documents.markdown import escape, escape_start
from pingfen.documents.page import rule_page
from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.source import Source

ROOT = Path(__file__).resolve().parents[2]
RULESETS = sorted((ROOT / "rulesets").glob("*/*.pf"))
SAMPLES = ROOT / "tests" / "cases" / "samples"


@cache
def plan_of(path: Path) -> Plan:
    plan = compile_source(Source(str(path), path.read_text(encoding="utf-8"))).plan
    assert plan is not None
    return plan


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", RULESETS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_part_gate_metric_and_source_stands_on_the_page(path: Path, language: str) -> None:
    plan = plan_of(path)
    page = rule_page(plan, language)
    named = [(number.label, number.name) for number in plan.record.numbers if number.kind in ("part", "display")]
    named += [(outcome.label, outcome.name) for outcome in plan.record.outcomes] + [(metric.label, metric.name) for metric in plan.events.metrics]
    missing = [name for label, name in named if escape(label.text(language, name)) not in page]
    assert missing == []
    assert [each.source for each in plan.citations if escape(each.source) not in page] == []


def test_the_sample_page_shows_weights_bands_deductions_and_a_worked_example() -> None:
    page = rule_page(plan_of(SAMPLES / "douyin-store.pf"), "zh")
    for line in (
        "| apparel | 50% | 20% | 30% |",
        "| ≤ 0.30% | 100.00 |",
        "- 总分: 扣 3.00, 按 负向服务 计, 合计不超过 15.00",
        "评分在 50.00 至 100.00 之间, 以 0.01 为一档。",
        "+17.68",
    ):
        assert line in page, line


def test_days_of_an_exclusion_are_told_in_the_rulesets_own_zone() -> None:
    assert "2026-06-10 00:00" in rule_page(plan_of(SAMPLES / "douyin-store.pf"), "en")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "**bold** | cell", "`code` &lt; ![i](u)"])
def test_a_label_is_text_and_never_markup(text: str) -> None:
    html = html_page(f"# {escape(text)}\n\n| a |\n| --- |\n| {escape(text)} |\n", text, "en")
    body = html.split("<body>")[1]
    assert "<script" not in html
    assert not any(tag in body for tag in ("<strong>", "<code>", "<a ", "<img"))
    assert body.count("<td>") == 1


def test_a_line_that_looks_like_a_list_stays_a_paragraph() -> None:
    body = html_page(f"{escape_start('- a')}\n\n{escape_start('1. b')}\n\n{escape_start('# c')}\n", "", "en").split("<body>")[1]
    assert "<li>" not in body
    assert "<h1>" not in body


def test_an_html_page_loads_nothing_from_elsewhere() -> None:
    html = html_page(rule_page(plan_of(SAMPLES / "wechat-promoter.pf"), "en"), "title", "en")
    assert "http://" not in html
    assert "https://" not in html
    assert 'lang="en"' in html


def test_gates_close_and_sanctions_apply_to_all_linked_subjects() -> None:
    text = """
ruleset example.shop
version "1"
effective from 2026-01-01
cites "x"
timezone "Asia/Shanghai"
subject shop_id { owner text }
input severe count 0 .. 9
gate campaigns open when severe < 2
sanction warning applies when severe > 4
linked by owner { close campaigns for all when any has severe > 6
                  apply warning for all when any has severe > 7 }
"""
    plan = compile_source(Source("shop.pf", text)).plan
    assert plan is not None
    page = rule_page(plan, "en")
    assert "- Linked by owner: when one has severe \\> 6, campaigns of all close" in page
    assert "- Linked by owner: when one has severe \\> 7, warning of all apply" in page


def test_the_weights_of_a_missing_key_stand_on_the_page() -> None:
    text = """
ruleset example.shop
version "1"
effective from 2026-01-01
cites "x"
subject shop_id { industry one of food, toys optional }
score 0 .. 100
table weights by industry (goods, speed) {
  food    -> 60%, 40%
  default -> 50%, 50%
  none    -> 70%, 30%
}
input a points 0 .. 100
total { part goods weight weights.goods = a, part speed weight weights.speed = a }
"""
    plan = compile_source(Source("shop.pf", text)).plan
    assert plan is not None
    assert "| missing | 70% | 30% |" in rule_page(plan, "en")


CLAUSES = {
    "drop": ("Goods: A part without a value leaves and its weight goes to the others", "货: 缺值的项目退出, 权重分给其余项目"),
    "drop needs 2 parts": (
        "Goods: A part without a value leaves and its weight goes to the others; none below 2 parts",
        "货: 缺值的项目退出, 权重分给其余项目; 不足 2 项时为缺",
    ),
    "drop needs 60% of the weight": (
        "Goods: A part without a value leaves and its weight goes to the others; none below 60% of the weight",
        "货: 缺值的项目退出, 权重分给其余项目; 不足权重 60% 时为缺",
    ),
    "no score": ("Goods: no score", "货: 不评分"),
    "60": ("Goods: 60", "货: 60"),
}


@pytest.mark.parametrize("clause", CLAUSES)
def test_what_becomes_of_a_part_without_a_value_stands_on_the_page(clause: str) -> None:
    text = """\
ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 0 .. 100
subject shop_id
input x points 0 .. 100 optional
input y points 0 .. 100
total "货" "Goods" missing CLAUSE { part first weight 70% = x, part second weight 30% = y }
"""
    plan = compile_source(Source("shop.pf", text.replace("CLAUSE", clause))).plan
    assert plan is not None
    for language, told in zip(("en", "zh"), CLAUSES[clause], strict=True):
        assert f"- {told}\n" in rule_page(plan, language)


def test_tables_that_limits_are_read_from_stand_on_the_page_with_all_rows() -> None:
    text = """\
ruleset example.lines
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 0 .. 100
subject shop_id { industry one of food, toys }
input x points 0 .. 100
table lines by industry (least, steps) {
  food -> 60, 40
  toys -> 70, 50
}
total { part whole weight 100% = ladder x { >= lines.steps -> 100, else -> 20 } }
gate deals open when score >= lines.least
"""
    plan = compile_source(Source("shop.pf", text)).plan
    assert plan is not None
    page = rule_page(plan, "en")
    assert "- deals: open when score ≥ by industry (food → 60; toys → 70)\n" in page
    assert "| ≥ by industry (food → 40; toys → 50) | 100 |" in page
