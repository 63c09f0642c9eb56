"""What shops are compared with, what is hidden, and what closes linked shops is meaning: a change of it is never called the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pingfen.difference import Comparison, compare
from pingfen.difference.rules import changes_of
from pingfen.difference.telling import document, lines
from pingfen.ruleset import Ruleset, load

from .shops import plan_of

pytestmark = pytest.mark.slow

RULES = """\
ruleset example.across
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 0.00 .. 100.00
subject shop_id {
  category one of food, toys optional
  owner text optional
}
events orders {
  order_id  text key
  shop_id   text subject
  paid_at   time happens
  good      flag
}
metric a = share with good of orders over last 30 days to 1%
metric n = count of orders over last 30 days
peer r = rank rate of a by category at least 5 subjects to 1%
peer m = mean of a by category at least 5 subjects to 1%
total missing no score {
  part pa weight 50% = curve a { 0% -> 0.00, 100% -> 100.00 }
  part pr weight 50% = curve r { 0% -> 0.00, 100% -> 100.00, none -> 50.00 }
}
hide score when n < 3
gate g open when score >= 80 and (m missing or a >= m), closed without a score
group low = lowest score by owner
gate h open when low given and low >= 30, closed without a score
linked by owner { close g for all when any has n < 2 }
"""
MEASURED = {
    "the smallest number of peers": ("rank rate of a by category at least 5", "rank rate of a by category at least 9"),
    "which way of a rank is better": ("5 subjects to 1%\npeer m", "5 subjects to 1% better lower\npeer m"),
    "which way of the metric of a rank is better": ("good of orders over last 30 days to 1%", "good of orders over last 30 days to 1% better lower"),
    "a mean or a median": ("peer m = mean", "peer m = median"),
    "who the peers are": ("mean of a by category", "mean of a by owner"),
    "among whom": ("mean of a by category at least 5 subjects to 1%", "mean of a by category at least 5 subjects to 1% among n >= 3"),
    "the worst or the best of a group": ("lowest score", "highest score"),
}
DECIDED = {
    "who is linked": ("linked by owner", "linked by category"),
    "what closes linked shops": ("any has n < 2", "any has n < 1"),
    "nothing closes linked shops": ("linked by owner { close g for all when any has n < 2 }\n", ""),
    "when a score is hidden": ("hide score when n < 3", "hide score when n < 4"),
    "a score is never hidden": ("hide score when n < 3\n", ""),
}


def compared(*changes: tuple[str, str]) -> Comparison:
    new = RULES
    for before, after in changes:
        assert new.count(before) == 1
        new = new.replace(before, after)
    return compare(plan_of(RULES), plan_of(new), ("sha256:old", "sha256:new"), seconds=1)


@pytest.mark.parametrize("change", MEASURED)
def test_a_changed_peer_or_group_value_is_measured_otherwise(change: str) -> None:
    found = compared(MEASURED[change])
    assert (found.same, found.decision.scorecards, found.decision.measured) == (False, "same", False)
    assert [each.kind for each in changes_of(found.pairing.old, found.pairing.new, "zh")] == ["across"]


@pytest.mark.parametrize("change", DECIDED)
def test_what_is_hidden_or_closes_linked_shops_differs_on_a_shop_that_is_shown(change: str) -> None:
    found = compared(DECIDED[change])
    assert (found.same, found.decision.scorecards, found.decision.measured) == (False, "different", True)
    assert found.moves
    for move in found.moves:
        assert (move.shop.before[move.name], move.shop.after[move.name]) == (move.old, move.new)
    assert {each.kind for each in changes_of(found.pairing.old, found.pairing.new, "en")} <= {"linked", "hidden"}


def test_a_shop_whose_score_is_hidden_is_told_in_words() -> None:
    found = compared(DECIDED["when a score is hidden"])
    assert "score (shown or not): shown → not shown" in list(lines(found, "en"))
    assert "评分 (是否展示): 展示 → 不展示" in list(lines(found, "zh"))


def test_a_condition_in_other_words_hides_and_closes_the_same() -> None:
    found = compared(("hide score when n < 3", "hide score when n <= 2"), ("any has n < 2", "any has n <= 1"))
    assert (found.same, found.decision.method) == (True, "solver")


def test_an_extreme_with_a_changed_peer_is_proved_for_equal_peer_values_alone_and_says_so() -> None:
    found = compared(MEASURED["a mean or a median"], ("weight 50% = curve a", "weight 60% = curve a"), ("weight 50% = curve r", "weight 40% = curve r"))
    assert found.rise is not None
    assert (found.rise.proved, found.decision.alike, document(found, "en")["same results of others"]) == (True, False, False)
    told = list(lines(found, "en"))
    assert "What is proved here is proved for shops that both versions measure, compare and link with the same results." in told
    assert "  No shop can have a larger one (proved, where both measure, compare and link it with the same results)." in told
    assert "  No shop can have a larger one (proved)." not in told


def test_a_group_value_of_a_score_that_changes_is_not_alike_though_it_is_written_alike() -> None:
    found = compared(("weight 50% = curve a", "weight 60% = curve a"), ("weight 50% = curve r", "weight 40% = curve r"))
    assert (found.decision.measured, found.decision.alike) == (True, False)
    assert compared(("gate h open when low given and low >= 30", "gate h open when low given and low >= 40")).decision.alike


def test_a_change_that_is_called_measured_otherwise_gives_other_scores_on_data(tmp_path: Path) -> None:
    """The counterexample to "the same": six shops, of which the best ranks last once less is better."""
    before, after = MEASURED["which way of a rank is better"]
    orders = ["order_id,shop_id,paid_at,good"]
    orders += [f"{shop}-{row},s{shop},2026-05-{1 + row:02d} 10:00:00,{'true' if row < shop else 'false'}" for shop in range(6) for row in range(6)]
    (tmp_path / "orders.csv").write_text("\n".join(orders) + "\n", "utf-8")
    (tmp_path / "subjects.csv").write_text("shop_id,category,owner\n" + "".join(f"s{shop},food,\n" for shop in range(6)), "utf-8")
    scores = []
    for name, text in (("old", RULES), ("new", RULES.replace(before, after))):
        (tmp_path / f"{name}.pf").write_text(text, "utf-8")
        ruleset = load(tmp_path / f"{name}.pf")
        assert isinstance(ruleset, Ruleset)
        table = ruleset.score({"orders": str(tmp_path / "orders.csv")}, date(2026, 5, 20), subjects=str(tmp_path / "subjects.csv")).table
        scores.append(table.column("score").to_pylist())
    assert scores[0] != scores[1]
