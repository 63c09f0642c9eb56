"""On given shops: who gains and loses a score and why, who moves between tiers, what one version alone has, and points at the places of the scores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .test_report import run

SHOP = """ruleset example.shop "店铺分" "Shop score"
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id
score 0 .. 100
input praise "好评率" "Praise rate" share 0% .. 100% to 1% optional
input volume "单量" "Volume" count 0 .. 100
total "总分" "Total" missing drop {
  part goods "商品" "Goods" weight 50% = ladder praise { >= 80% -> 100, >= 60% -> 40, none -> none, else -> 0 }
  part other "其他" "Other" weight 50% = ladder volume { >= 50 -> 100, else -> 20 }
}
hide score when volume < 1
gate deals "活动" "Deals" open when score >= 50, closed without a score
tier level "等级" "Level" of low, high = cases { high when volume >= 50, else low }
"""
INPUTS = "shop_id,praise,volume\na,0.90,60\nb,,60\nc,,0\nd,0.70,0\ne,0.50,2\n"
NO_SCORE = ("missing drop", "missing no score")


class Shops:
    """The versions and five shops: `b` and `c` without praise, `c` and `d` with a score that is not shown."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "inputs.csv").write_text(INPUTS, "utf-8")

    def diff(self, old: str, new: str, *more: str) -> str:
        """What the command prints."""
        for name, text in (("old.pf", old), ("new.pf", new)):
            (self.folder / name).write_text(text, "utf-8")
        files = [str(self.folder / name) for name in ("old.pf", "new.pf", "inputs.csv")]
        return run("diff", *files[:2], "--inputs", files[2], "--as-of", "2026-06-01", *more).stdout

    def document(self, old: str, new: str) -> dict[str, Any]:
        """The part on the data."""
        found: dict[str, Any] = json.loads(self.diff(old, new, "--format", "json"))["data"]
        return found

    def page(self, old: str, new: str, *more: str) -> str:
        """The report."""
        self.diff(old, new, "-o", str(self.folder / "report.html"), *more)
        return (self.folder / "report.html").read_text("utf-8")


@pytest.fixture
def shops(tmp_path: Path) -> Shops:
    return Shops(tmp_path)


def with_other(*changes: tuple[str, str]) -> str:
    text = SHOP
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "5 shops; 0 rise, 0 fall, 2 lose their score, 0 gain one; the mean change is +0.00."),
        ("zh", "共 5 家; 0 家上升, 0 家下降, 2 家失去评分, 0 家获得评分; 平均变化 +0.00。"),
    ],
)
def test_shops_that_lose_their_score_are_counted(shops: Shops, language: str, told: str) -> None:
    """Hidden or not: of `b` it is shown, of `c` it is not."""
    assert told in shops.diff(SHOP, with_other(NO_SCORE), "--lang", language)
    assert told in shops.page(SHOP, with_other(NO_SCORE), "--lang", language)


def test_gains_are_the_losses_of_the_way_back(shops: Shops) -> None:
    told = shops.document(with_other(NO_SCORE), SHOP)
    assert (told["loses"], told["gains"]) == (0, 2)


def test_the_document_holds_the_mean_and_the_scores_before_and_after(shops: Shops) -> None:
    told = shops.document(SHOP, with_other(NO_SCORE))
    assert (told["loses"], told["gains"], told["mean"]) == (2, 0, "0.00")
    scores = told["scores"]
    assert (scores["low"], scores["width"], scores["without"]) == ("0", "4", {"old": 2, "new": 3})
    assert (sum(scores["old"]), sum(scores["new"])) == (3, 2)
    assert scores["old"][-1] == 2


def test_what_took_a_score_is_told_of_each_shop(shops: Shops) -> None:
    new = with_other(NO_SCORE)
    told = {each["subject"]: each["without"] for each in shops.document(SHOP, new)["affected"]}
    assert {subject: [[lack["code"] for lack in without[side]] for side in ("old", "new")] for subject, without in told.items()} == {
        "b": [[], ["goods:missing"]],
        "c": [["score:hidden"], ["goods:missing"]],
    }
    page = shops.page(SHOP, new)
    assert "after: Goods missing" in page
    assert "before: not shown as Volume &lt; 1; after: Goods missing" in page
    assert "此前: 因 单量 &lt; 1 不展示; 此后: 商品 缺" in shops.page(SHOP, new, "--lang", "zh")


def test_a_stage_that_takes_scores_is_the_reason(shops: Shops) -> None:
    staged = with_other(('total "总分"', 'stages {\n  small "小店" "Small" when volume < 3 no score\n  usual else full\n}\ntotal "总分"'))
    told = {each["subject"]: each["without"]["new"] for each in shops.document(SHOP, staged)["affected"]}
    assert [lack["code"] for lack in told["e"]] == ["stage:small"]
    page = shops.page(SHOP, staged)
    assert "after: stage Small without a score" in page
    assert "put together" not in page


def test_a_score_that_is_no_longer_shown_is_not_lost(shops: Shops) -> None:
    """The record says that no shop loses its score; the data must not say otherwise."""
    new = with_other(("volume < 1", "volume < 3"))
    told = shops.diff(SHOP, new)
    assert "No shop loses or gains a score (proved)." in told
    assert "0 lose their score, 0 gain one" in told
    assert "  Total (shown or not): shown → not shown: 1" in told
    document = shops.document(SHOP, new)
    assert document["gates"]["hidden score"] == {"applies -> applies": 2, "clear -> applies": 1, "clear -> clear": 2}
    [hit] = document["affected"]
    assert (hit["subject"], [lack["code"] for lack in hit["without"]["new"]]) == ("e", ["score:hidden"])
    assert "after: not shown as Volume &lt; 3" in shops.page(SHOP, new)


def test_a_score_hidden_in_both_versions_is_not_said_to_stay_the_same(shops: Shops) -> None:
    page = shops.page(SHOP, with_other(("high when volume >= 50, else low", "low when volume >= 50, else high")))
    assert "before and after: not shown as Volume &lt; 1" in page
    assert page.count("the score stays the same") == 3


@pytest.mark.parametrize(("language", "told"), [("en", "  Level: high → low: 2"), ("zh", "  等级: high → low: 2")])
def test_tiers_that_shops_leave_are_told(shops: Shops, language: str, told: str) -> None:
    lines = shops.diff(SHOP, with_other(("volume >= 50, else low", "volume >= 90, else low")), "--lang", language).splitlines()
    assert told in lines
    assert [line for line in lines if line.startswith(told[:4])] == [told]


def test_a_gate_or_tier_of_one_version_alone_is_counted(shops: Shops) -> None:
    new = with_other(("gate deals", "gate offers"), ("tier level", "tier grade"))
    told = shops.diff(SHOP, new).splitlines()
    assert {"  Deals: open → none: 2", "  Deals: closed → none: 3", "  Deals: none → open: 2", "  Level: low → none: 3", "  Level: none → high: 2"} <= {*told}
    document = shops.document(SHOP, new)
    assert document["gates"]["deals"] == {"closed -> none": 3, "open -> none": 2}
    assert document["gates"]["offers"] == {"none -> closed": 3, "none -> open": 2}
    assert document["tiers"] == {"grade": {"none -> high": 2, "none -> low": 3}, "level": {"high -> none": 2, "low -> none": 3}}
    assert document["affected"] == []
    page = shops.page(SHOP, new)
    assert "none → closed" in page


def test_a_gate_that_becomes_a_sanction_is_one(shops: Shops) -> None:
    new = with_other(("gate deals", "sanction deals"), ("open when score >= 50, closed without", "applies when score < 50, applies without"))
    assert shops.document(SHOP, new)["gates"]["deals"] == {"closed -> applies": 3, "open -> clear": 2}


def test_rulesets_without_a_score_say_nothing_of_scores(shops: Shops) -> None:
    lines = SHOP.splitlines(keepends=True)
    old = "".join(line for line in lines if not line.startswith(("score", "total", "  part", "}", "hide", "gate")))
    new = old.replace("volume >= 50", "volume >= 90")
    told = shops.diff(old, new)
    assert "On the data as of 2026-06-01: 5 shops.\n  Level: high → low: 2" in told
    page = shops.page(old, new)
    for word in ("rises", "falls", "mean change", "the score stays the same", "The largest rise"):
        assert word not in page


def test_metrics_that_alone_differ_have_an_effect_on_the_data(tmp_path: Path) -> None:
    """The scorecards are the same, the shops are not."""
    old = """ruleset example.events
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id
score 0 .. 100
events orders { order_id text key
  shop_id text subject
  paid_at time happens }
metric volume "单量" "Volume" = count of orders over last 30 days
total { part whole "整体" "Whole" weight 100% = ladder volume { >= 2 -> 100, else -> 70 } }
tier level of low, high = ladder score { >= 80 -> high, else -> low }
"""
    for name, text in (
        ("old.pf", old),
        ("new.pf", old.replace("last 30 days", "last 10 days")),
        ("orders.csv", "order_id,shop_id,paid_at\n1,a,2026-05-05 10:00:00\n2,a,2026-05-30 10:00:00\n3,b,2026-05-30 10:00:00\n"),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    given = [str(tmp_path / "old.pf"), str(tmp_path / "new.pf"), "--events", f"orders={tmp_path / 'orders.csv'}", "--as-of", "2026-06-01"]
    told = run("diff", *given, "-o", str(tmp_path / "report.html")).stdout
    assert "The same values give the same scorecard (proved)" in told
    assert "2 shops; 0 rise, 1 fall, 0 lose their score, 0 gain one; the mean change is -15.00.\n  level: high → low: 1" in told
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "<td class=number>-30</td>" in page
    assert "-30.0" not in page
