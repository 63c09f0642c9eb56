"""When a metric that stands in the way is better by itself: the day is told however far ahead it lies, and it is the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from .running import PRAISE, advised, documented, orders

COUNTED = 'metric b "违规" "Breaches" = count of breaches over last {window} improvable down by 1, cost 20, within 0 .. 100\n'
SUM = "total missing no score {\n  part k = curve praise { 0% -> 0, 100% -> 100 }\n  deduct 10 per b\n}\n"
TABLES = {"orders": orders("A", [True] * 9 + [False]), "breaches": ["b0,A,2026-02-01 10:00:00", "b1,A,2026-05-25 10:00:00", "b2,A,2026-05-27 23:59:59"]}


@pytest.mark.parametrize(("window", "day"), [("30 days", "2026-06-25"), ("90 days", "2026-08-24"), ("3 months", "2026-08-26"), ("400 days", "2027-03-09")])
def test_the_day_is_told_under_a_move_that_lowers(tmp_path: Path, window: str, day: str) -> None:
    rules = PRAISE + COUNTED.replace("{window}", window) + SUM
    count, row = ("3", "b0") if window == "400 days" else ("2", "b1")
    told = advised(tmp_path, rules, TABLES, "--to", "95").stdout
    assert f"    if nothing happens, on {day}: Breaches {count} to {int(count) - 1} as `{row}` leaves its period\n" in told


@pytest.mark.parametrize("window", ["30 days", "45 days ending 10 days ago", "2 months", "full month"])
def test_the_day_is_the_first_on_which_the_metric_is_lower(tmp_path: Path, window: str) -> None:
    """By scoring every day."""
    over = f"previous {window}" if "full" in window else f"last {window}"
    rules = PRAISE + COUNTED.replace("last {window}", over) + SUM
    tables = {**TABLES, "breaches": ["b1,A,2026-05-02 10:00:00", "b2,A,2026-05-14 23:59:59", "b3,A,2026-05-14 00:00:00"]}
    document = documented(tmp_path, rules, tables, "--to", "95", "--days", "80")
    changes = [(day["date"], change) for day in document["days"] for change in day["changes"] if change["metric"] == "b"]
    first = next(day for day, change in changes if int(change["to"]) < 3)
    told = {move["leaving"]["date"] for way in document["ways"] for move in way["moves"] if "leaving" in move}
    assert told == {first}


def test_a_share_is_lower_when_what_counts_in_it_leaves(tmp_path: Path) -> None:
    """The rows that do not count in it leave first, and that makes the share higher."""
    late = 'metric late_rate "迟发率" "Late" = share with late of orders over last 30 days to 1% improvable down by 1%, cost 1, within 0% .. 100%\n'
    rules = late + "total missing no score { part k = curve late_rate { 0% -> 100, 100% -> 0 } }\n"
    tables = {"orders": [*orders("A", [True] * 3), *(f"x{row}" for row in orders("A", [True] * 2, first=15, late=True)), *orders("C", [True])]}
    tables["orders"] += [f"y{row}" for row in orders("A", [True] * 3, first=20)]
    told = advised(tmp_path, rules, {**tables}, "--to", "90").stdout
    assert "if nothing happens, on 2026-06-16: Late 25% to 0% as 5 rows leave its period (`A0`, `A1`, `A2`, …)\n" in told


GATE = (
    PRAISE
    + COUNTED.replace("{window}", "90 days").split(" improvable")[0]
    + """
total missing no score { part k = curve praise { 0% -> 0, 100% -> 100 } }
gate g "活动" "Deals" open when score >= 50 and b <= 0, closed without a score
"""
)


def test_what_keeps_a_goal_out_of_reach_is_told_with_its_day(tmp_path: Path) -> None:
    """A count that nobody can move closes the gate for 90 days."""
    told = advised(tmp_path, GATE, TABLES, "--open", "g")
    assert told.return_value == 1
    assert "if nothing happens, on 2026-08-24: Breaches 2 to 1 as `b1` leaves its period\n" in told.stdout
    [leaving] = documented(tmp_path, GATE, TABLES, "--open", "g")["leaving"][-1:]
    del leaving["said"]
    assert leaving == {"date": "2026-08-24", "metric": "b", "from": "2", "to": "1", "rows": ["b1"], "left": 1}
    chinese = advised(tmp_path, GATE, TABLES, "--open", "g", "--lang", "zh").stdout
    assert "若不再发生任何事件, 2026-08-24: 违规 2 变为 1 (`b1` 移出统计周期)" in chinese


def test_what_never_leaves_is_not_told(tmp_path: Path) -> None:
    told = advised(tmp_path, GATE.replace("over last 90 days", "over last 5 rows"), TABLES, "--open", "g").stdout
    assert "cannot be reached" in told
    assert "Breaches" not in told
