"""A gate that a linked subject closes is closed: the advice says through whom, and that no metric of the shop's own opens it."""

from __future__ import annotations

from pathlib import Path

from .running import PRAISE, advised, documented, orders

RULES = (
    PRAISE
    + """total missing no score { part k = curve praise { 0% -> 0, 100% -> 100 } }
gate g "活动" "Deals" open when score >= 50, closed without a score
sanction s "降权" "Demotion" applies when score < 20, clear without a score
linked by owner { close g for all when any has praise given and praise < 30% }
linked by boss { close g, s for all when any has praise given and praise < 20% }
"""
)
GOOD, FAIR, BAD = orders("A", [True] * 7 + [False] * 3), orders("A", [True] * 4 + [False] * 6), orders("B", [True] + [False] * 9)


def with_subjects(own: list[str], owner: str = "o", boss: str = "") -> dict[str, list[str]]:
    """Shop A with an owner and a boss, B with the owner `o` and the boss `x`."""
    return {"orders": [*own, *BAD], "subjects": [f"A,{owner},{boss}", "B,o,x"]}


def test_a_gate_closed_by_a_linked_shop_is_not_told_to_be_open(tmp_path: Path) -> None:
    told = advised(tmp_path, RULES, with_subjects(GOOD), "--open", "g")
    assert told.return_value == 1
    first, second, third, *_ = told.stdout.splitlines()
    assert first == "Deals is closed; wanted: open"
    assert second == "Deals is closed through `B` of the same owner: Praise is given and Praise < 30%; while that holds, no metric of this one changes it"
    assert third == "what it asks of this one is met"
    assert "nothing is to be done" not in told.stdout
    document = documented(tmp_path, RULES, with_subjects(GOOD), "--open", "g")
    assert (document["goal"]["now"], document["goal"]["met"], document["goal"]["own"], document["reachable"]) == ("closed", False, True, False)
    assert [(closing["by"], closing["subjects"]) for closing in document["closings"]] == [("owner", ["B"])]


def test_each_closing_is_told_by_its_own_attribute(tmp_path: Path) -> None:
    document = documented(tmp_path, RULES, with_subjects(GOOD, boss="x"), "--open", "g")
    assert [closing["by"] for closing in document["closings"]] == ["owner", "boss"]
    document = documented(tmp_path, RULES, with_subjects(GOOD, owner="", boss="x"), "--open", "g")
    assert [closing["by"] for closing in document["closings"]] == ["boss"]


def test_a_sanction_that_applies_through_a_linked_shop_is_not_told_to_be_clear(tmp_path: Path) -> None:
    told = advised(tmp_path, RULES, with_subjects(GOOD, boss="x"), "--open", "s", "--lang", "zh").stdout
    assert told.startswith("降权 为 生效; 目标: 不生效\n降权 因同一boss的 `B` 而 生效: ")
    assert "无需改变" not in told


def test_the_ways_of_a_shop_that_fails_itself_too_are_told_as_its_own_part(tmp_path: Path) -> None:
    told = advised(tmp_path, RULES, with_subjects(FAIR), "--open", "g")
    assert told.return_value == 1
    assert "way 1: cost 10, then Deals is open but for the linked closing" in told.stdout
    document = documented(tmp_path, RULES, with_subjects(FAIR), "--open", "g")
    assert (document["goal"]["own"], document["reachable"]) == (False, False)
    assert [(way["cost"], way["result"], way["own"]) for way in document["ways"]] == [(10, "closed", "open")]


def test_a_shop_that_closes_its_group_itself_is_led_out_of_it(tmp_path: Path) -> None:
    told = advised(tmp_path, RULES, with_subjects(GOOD), "--open", "g", subject="B")
    assert told.return_value == 0
    assert "way 1: cost 40, then Deals is open\n" in told.stdout
    assert "through" not in told.stdout


def test_a_shop_of_no_group_is_closed_by_none(tmp_path: Path) -> None:
    told = advised(tmp_path, RULES, with_subjects(GOOD, owner=""), "--open", "g")
    assert (told.return_value, told.stdout.splitlines()[:2]) == (0, ["Deals is open; wanted: open", "nothing is to be done"])
