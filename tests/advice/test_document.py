"""Advice for machines: the same values in both languages, numbers plain and outcomes by their codes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .running import PRAISE, documented, orders

RULES = (
    PRAISE.replace("within 0% .. 100%", "within 0% .. 80%")
    + """metric b "违规" "Breaches" = count of breaches over last 30 days
total missing no score { part k = curve praise { 0% -> 0, 100% -> 100 } }
gate g "活动" "Deals" open when score >= 90, closed without a score
sanction s "降权" "Demotion" applies when score < 70, clear without a score
"""
)
TABLES = {"orders": orders("A", [True] * 6 + [False] * 4)}


def without_words(document: Any) -> Any:
    """The document but for what is said."""
    match document:
        case dict():
            return {name: without_words(value) for name, value in document.items() if name != "said"}
        case list():
            return [without_words(value) for value in document]
        case _:
            return document


@pytest.mark.parametrize("goal", [("--open", "g"), ("--open", "s"), ("--to", "70"), ("--to", "90")])
def test_values_do_not_change_with_the_language(tmp_path: Path, goal: tuple[str, str]) -> None:
    english, chinese = (documented(tmp_path, RULES, TABLES, *goal, "--days", "20", "--lang", language) for language in ("en", "zh"))
    assert without_words(english) == without_words(chinese)
    assert english["goal"]["said"] != chinese["goal"]["said"]


def test_a_gate_out_of_reach_is_told_with_the_best_score(tmp_path: Path) -> None:
    document = documented(tmp_path, RULES, TABLES, "--open", "g")
    goal, best = document["goal"], document["best"]
    assert (goal["kind"], goal["wanted"], goal["now"], goal["met"], document["reachable"]) == ("outcome", "open", "closed", False, False)
    assert (best["score"], best["result"], best["cost"]) == ("80", "closed", 20)
    assert [(move["metric"], move["from"], move["to"]) for move in best["moves"]] == [("praise", "0.60", "0.80")]


def test_a_score_and_a_sanction_are_told_plainly(tmp_path: Path) -> None:
    score, sanction = (documented(tmp_path, RULES, TABLES, *goal) for goal in (("--to", "70"), ("--open", "s")))
    assert (score["goal"]["wanted"], score["goal"]["now"], score["goal"]["hidden"]) == ("70", "60", False)
    assert [(way["result"], way["score"]) for way in score["ways"]] == [("70", "70")]
    assert (sanction["goal"]["wanted"], sanction["goal"]["now"]) == ("clear", "applies")
    assert [(way["result"], way["score"]) for way in sanction["ways"]] == [("clear", "70")]
