"""The reasons of a result: one row a subject and reason, in the language of the run; they add up to each subject's score."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from pingfen import compile, load
from pingfen.command.group import pingfen
from pingfen.ruleset import Ruleset
from pingfen.warehouse.reasons import reasons_table

TEXT = """
ruleset reasons.case
version "1"
effective from 2024-01-01
cites "language.md"
timezone "Asia/Shanghai"
score 0.00 .. 100.00
subject store_id
events orders {
  order_id  text  key
  store_id  text  subject
  paid_at   time  happens
  rude      flag
}
metric volume = count of orders over last 30 days
metric polite = share with not rude of orders over last 30 days to 0.01%
stages {
  starting "起步" "starting" when volume < 1 { score 80 }
  running else full
}
total missing no score {
  part manners "态度" "manners" weight 75% = ladder polite { >= 90% -> 100.00, >= 50% -> 60.00, none -> none, else -> 0.00 }
  part trade "经营" "trade" weight 25% = curve volume { 0 -> 0.00, 4 -> 100.00 }
  bonus 1.25 when volume > 2 "勤勉" "diligence"
}
hide score when volume > 3
gate open_shop open when score >= 50, closed without a score
"""
HEAD = "order_id,store_id,paid_at,rude"
ORDERS = [HEAD, "o1,乙,2024-04-01 10:00,no", "o2,甲,2024-05-01 10:00,yes", "o3,甲,2024-05-01 10:00,no", "o4,甲,2024-05-02 10:00,no"]
MANY = [f"m{number},many,2024-05-01 10:00,no" for number in range(4)]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the ruleset and its events, and the working folder."""
    (tmp_path / "case.pf").write_text(TEXT, "utf-8")
    (tmp_path / "orders.csv").write_text("\n".join([*ORDERS, *MANY]) + "\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_subject_with_a_score_has_its_reasons_and_they_add_up(place: Path) -> None:
    """Worked by hand: 甲 has 60 at 75% and 75 at 25% and the bonus, 65.00; 乙 starts at 80; `many` has a hidden score."""
    ruleset = load(place / "case.pf")
    assert isinstance(ruleset, Ruleset)
    result = ruleset.score({"orders": place / "orders.csv"}, date(2024, 5, 21)).table
    rows = reasons_table(ruleset.plan.record, result, "en").to_pylist()
    assert [(row["store_id"], row["rank"], row["code"], str(row["points"]), row["label"]) for row in rows] == [
        ("乙", 1, "stage:starting", "-20.00", "stage starting"),
        ("甲", 1, "manners", "-30.00", "manners"),
        ("甲", 2, "trade", "-6.25", "trade"),
        ("甲", 3, "total:bonus:1", "1.25", "diligence"),
    ]
    scores = {row["store_id"]: row["score"] for row in result.to_pylist()}
    assert scores == {"many": None, "乙": Decimal("80.00"), "甲": Decimal("65.00")}


def test_a_result_lists_what_acted_by_stable_codes_and_in_both_languages(place: Path) -> None:
    """Codes are those of the reasons with points wherever both tell the same; texts speak by the labels of the ruleset."""
    ruleset = load(place / "case.pf")
    assert isinstance(ruleset, Ruleset)
    rows = ruleset.score({"orders": place / "orders.csv"}, date(2024, 5, 21)).table.to_pylist()
    assert {row["store_id"]: (row["reasons"], row["reasons_en"], row["reasons_zh"]) for row in rows} == {
        "many": (
            ["total:bonus:1", "score:range"],
            ["diligence: bonus 1.25 when volume > 2", "score: held within its range"],
            ["勤勉: 加 1.25, 因为 volume > 2", "评分: 限于其范围"],
        ),
        "乙": (["stage:starting"], ["stage: starting"], ["阶段: 起步"]),
        "甲": (["total:bonus:1"], ["diligence: bonus 1.25 when volume > 2"], ["勤勉: 加 1.25, 因为 volume > 2"]),
    }


@pytest.mark.parametrize(("language", "told"), [("en", "diligence: bonus 1.25 when volume > 2"), ("zh", "勤勉: 加 1.25, 因为 volume > 2")])
def test_the_command_shows_reasons_in_the_language_of_the_run(place: Path, language: str, told: str) -> None:
    arguments = ["score", "case.pf", "--events", "orders=orders.csv", "--as-of", "2024-05-21", "--lang", language]
    done = CliRunner().invoke(pingfen, arguments, standalone_mode=False)
    assert done.exception is None, done.output
    assert done.output.count(told) == 2
    assert "total:bonus:1" not in done.output


def test_a_key_that_is_called_reasons_keeps_its_name(tmp_path: Path) -> None:
    """The list of reasons makes room, as the other columns beside the ruleset's own do."""
    (tmp_path / "orders.csv").write_text("\n".join(ORDERS) + "\n", "utf-8")
    ruleset = compile(TEXT.replace("subject store_id", "subject reasons"))
    row = ruleset.score({"orders": tmp_path / "orders.csv"}, date(2024, 5, 21)).table.to_pylist()[0]
    assert (row["reasons"], row["reasons_of_ruleset"], row["reasons_en"]) == ("乙", ["stage:starting"], ["stage: starting"])


def test_the_command_writes_reasons_in_the_language_of_the_run(place: Path) -> None:
    arguments = ["score", "case.pf", "--events", "orders=orders.csv", "--as-of", "2024-05-21", "-o", "result.csv", "--reasons", "reasons.csv", "--lang", "zh"]
    done = CliRunner().invoke(pingfen, arguments, standalone_mode=False)
    assert done.exception is None, done.output
    with open("reasons.csv", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["store_id"], row["code"], row["label"], row["points"]) for row in rows if row["store_id"] == "甲"] == [
        ("甲", "manners", "态度", "-30.00"),
        ("甲", "trade", "经营", "-6.25"),
        ("甲", "total:bonus:1", "勤勉", "1.25"),
    ]
