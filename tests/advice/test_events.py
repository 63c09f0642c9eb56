"""Moves in terms of events: told only where the way leads where it does with just these rows, whatever else they move."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pingfen.ruleset import Ruleset, load

from .running import PRAISE, THANKS, advised, documented, orders

HALF = {"orders": orders("A", [True] * 3 + [False] * 3)}
CURVE = "total { part kindness = cases { 50 when praise missing, else curve praise { 0% -> 40, 100% -> 90 } } }\n"


def test_rows_that_move_another_metric_against_the_way_are_not_told(tmp_path: Path) -> None:
    """Two more good orders make 59% and 70 points, but then there are eight orders, which are scored by another row."""
    rules = 'metric volume "订单数" "Volume" = count of orders over last 30 days\n' + PRAISE + CURVE.replace("cases {", "cases { 30 when volume >= {limit},")
    against = advised(tmp_path, rules.replace("{limit}", "8"), HALF, "--to", "70").stdout
    assert "Praise from 50% to 59%" in against
    assert "such as" not in against
    assert "such as 2 more of Orders that count in it, like `A2`" in advised(tmp_path, rules.replace("{limit}", "9"), HALF, "--to", "70").stdout


def test_rows_of_a_kind_that_the_shop_has_and_that_do_it_are_looked_for(tmp_path: Path) -> None:
    """The latest good order is late, and more like it would lower the score; the one before is not."""
    rules = (
        "metric late_rate = share with late of orders over last 30 days to 1%\n"
        + PRAISE
        + "total missing no score {\n  part k = curve praise { 0% -> 40, 100% -> 90 }\n  deduct 30 when late_rate given and late_rate > 20%\n}\n"
    )
    late = "late,A,2026-05-20 10:00:00,true,true"
    tables = {"orders": [*orders("A", [True] * 3 + [False] * 3), late]}
    assert "such as 1 more of Orders that count in it, like `A2`" in advised(tmp_path, rules, tables, "--to", "72").stdout
    tables = {"orders": [*orders("A", [False] * 4), late]}
    assert "such as" not in advised(tmp_path, rules, tables, "--to", "72").stdout


@pytest.mark.parametrize("window", ["last 30 days ending 14 days ago", "previous full month", "previous 4 full weeks", "last 5 rows"])
def test_windows_that_new_rows_do_not_enter_are_not_told_in_rows(tmp_path: Path, window: str) -> None:
    told = advised(tmp_path, PRAISE.replace("last 30 days", window) + CURVE, HALF, "--to", "75").stdout
    assert "way 1" in told
    assert "such as" not in told


@pytest.mark.parametrize("window", ["last 30 days", "last 2 months"])
def test_windows_that_new_rows_enter_are_told_in_rows(tmp_path: Path, window: str) -> None:
    assert "such as 2 more of Orders that count in it\n" in advised(tmp_path, PRAISE.replace("last 30 days", window) + CURVE, HALF, "--to", "70").stdout


TWO = (
    PRAISE
    + """metric late_rate "迟发率" "Late" = share with late of orders over last 30 days to 1% improvable down by 1%, cost 1, within 0% .. 100%
total missing no score {
  part k weight 50% = curve praise { 0% -> 0, 100% -> 100 }
  part l weight 50% = curve late_rate { 0% -> 100, 100% -> 0 }
}
"""
)
MIXED = [*orders("A", [True, True, False], late=True), *(f"x{row}" for row in orders("A", [True, False, False], first=20))]


@pytest.mark.parametrize("least", ["60", "70", "80", "90"])
def test_what_is_told_is_true_when_the_rows_are_added(tmp_path: Path, least: str) -> None:
    """Each told move by itself: after so many rows like the one named the metric is there. Where a way is told wholly in rows, all of them reach the goal."""
    document = documented(tmp_path, TWO, {"orders": MIXED}, "--to", least)
    by_key = {row.split(",")[0]: row for row in MIXED}
    told = [(way, move) for way in document["ways"] for move in way["moves"] if "events" in move]
    for way, move in told:
        extra = copies(by_key, [move])
        measured = scored(tmp_path, MIXED, extra)
        moved = measured[f"metric.{move['metric']}"]
        assert float(moved) >= float(move["to"]) if move["metric"] == "praise" else float(moved) <= float(move["to"])
        if all("events" in each for each in way["moves"]):
            assert scored(tmp_path, MIXED, copies(by_key, way["moves"]))["score"] >= int(least)


def copies(by_key: dict[str, str], moves: list[Any]) -> list[str]:
    """Rows like those that the moves name, under new keys, on the last day."""
    found = []
    for move in moves:
        for number in range(move["events"]["count"]):
            _, shop, _, *rest = by_key[move["events"]["like"]].split(",")
            found.append(",".join([f"x{move['metric']}{number}", shop, "2026-05-31 10:00:00", *rest]))
    return found


def scored(folder: Path, rows: list[str], extra: list[str]) -> dict[str, Any]:
    """The shop's row of the result with more orders."""
    path = folder / "more.csv"
    path.write_text("\n".join(["order_id,shop_id,paid_at,good,late", *rows, *extra]) + "\n", "utf-8")
    ruleset = load(str(folder / "shop.pf"))
    assert isinstance(ruleset, Ruleset)
    events = {"orders": str(path), "breaches": str(folder / "breaches.csv")}
    [row] = ruleset.score(events, date(2026, 6, 1)).table.to_pylist()
    return dict(row)


THANKED = """metric thanked "致谢率" "Thanked" = share with any thanks of {source} over last 30 days to 1% improvable up by 1%, cost 1, within 0% .. 100%
metric volume "订单数" "Volume" = count of orders over last 30 days
total missing no score {
  part k = curve thanked { 0% -> 0, 100% -> 100 }
  deduct 90 when volume > 20
}
"""


@pytest.mark.parametrize("source", ["orders", "few"])
def test_rows_that_refer_to_a_row_come_with_its_like(tmp_path: Path, source: str) -> None:
    """An order counts by the thanks that refer to it, and so do orders like it; also where what others buy must be read."""
    rules = THANKS + "population few = orders first 50 per late by paid_at\n" * (source == "few") + THANKED.replace("{source}", source)
    tables = {"orders": [*orders("A", [True] * 4), *orders("B", [True] * 3)], "thanks": ["t1,A2,2026-05-20 10:00:00"]}
    told = advised(tmp_path, rules, tables, "--to", "50").stdout
    assert "Thanked from 25% to 50%" in told
    assert "such as 2 more of" in told
    assert "that count in it, like `A2`" in told


def test_rows_that_another_population_does_not_let_in_are_not_told(tmp_path: Path) -> None:
    """Of orders on time only the first five are looked at, those of all shops together."""
    rules = "population few = orders first 5 per late by paid_at\n" + PRAISE.replace("of orders", "of few") + CURVE.replace("cases {", "cases {")
    rules += 'metric volume "订单数" "Volume" = count of orders over last 30 days\ndisplay d = volume\n'
    tables = {"orders": [*orders("A", [True] * 2 + [False] * 2), *orders("B", [True])]}
    told = advised(tmp_path, rules, tables, "--to", "70").stdout
    assert "way 1" in told
    assert "such as" not in told
