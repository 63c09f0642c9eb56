"""What the analysis reports, and what it leaves alone; each code's plain case stands on its page in docs/diagnostics."""

from __future__ import annotations

import pytest

from pingfen.diagnostics.message import message_of
from pingfen.pipeline import compile_source
from pingfen.source import Source

HEAD = """ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id
score 0 .. 100
"""
SPEED = "input speed points 0 .. 100\n"
TOTAL = "total { part delivery = speed }\n"
ORDERS = """events orders {
  order_id text key
  shop_id text subject
  paid_at time happens
  amount money 0.00 .. 1000.00
}
metric volume = count of orders over last 30 days
"""


def codes(text: str, head: str = HEAD) -> list[str]:
    return [diagnostic.code for diagnostic in compile_source(Source("a.pf", head + text)).diagnostics]


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ("a range as written is one condition, though one of its ends decides nothing", SPEED + TOTAL + "gate g open when speed in 0 .. 60\n", []),
        ("a range that holds every value decides nothing", SPEED + TOTAL + "gate g open when speed in 0 .. 100\n", ["threshold-always-met"]),
        ("the end of a range is within it", SPEED + TOTAL + "gate g open when speed >= 100\n", []),
        ("beyond the end nothing is met", SPEED + TOTAL + "gate g open when speed > 100\n", ["threshold-never-met"]),
        ("arithmetic moves the range", SPEED + TOTAL + "gate g open when speed - 100 > 0\n", ["threshold-never-met"]),
        ("a threshold at other places is the same threshold", SPEED + TOTAL + "gate g open when speed > 99.99\n", []),
        (
            "a switch by parameter may be off",
            "param strict = no\n" + SPEED + TOTAL + "gate g open when strict or speed >= 60\n",
            [],
        ),
        (
            "a threshold by parameter lies within the range too",
            "param least = 160\n" + SPEED + TOTAL + "gate g open when speed >= least\n",
            ["threshold-never-met"],
        ),
        (
            "a condition in an event table is asked of its columns' ranges",
            ORDERS + "metric large = count of orders with amount > 1000.00 over last 30 days\n" + SPEED + TOTAL
            + "gate g open when volume > 2 and large > 2\n",
            ["threshold-never-met"],
        ),
        (
            "a part is asked only where the stage is full",
            "input size count 0 .. 90\n" + SPEED + "stages { small when size < 30 no score\n big else full }\n"
            "total { part delivery = cases { 0 when size < 20, else speed } }\n",
            ["threshold-never-met"],
        ),
        (
            "the score of a stage counts for a gate",
            "input size count 0 .. 90\ninput speed points 0 .. 50\nstages { small when size < 30 { score 90 }\n big else full }\n" + TOTAL
            + "gate g open when score >= 80\n",
            [],
        ),
        (
            "what a ladder can give bounds what follows",
            SPEED + "total { part delivery = ladder speed { >= 50 -> 90, else -> 40 } }\ngate g open when score >= 95\n",
            ["threshold-never-met"],
        ),
        (
            "a deduction widens the range downward",
            SPEED + "input cases_lost count 0 .. 9\ntotal { part delivery = ladder speed { >= 50 -> 90, else -> 40 }\n deduct 2 per cases_lost }\n"
            "gate g open when score >= 30\n",
            [],
        ),
        (
            "a protection may lift to a value that is reached otherwise",
            SPEED + "input fine flag\ntotal { part delivery = speed\n protect at least 100 when fine }\n",
            [],
        ),
        (
            "a cap and a protection under different conditions may both be meant",
            SPEED + "input fine flag\ninput caught flag\ntotal { part delivery = speed\n protect at least 90 when fine\n cap at most 60 when caught }\n",
            [],
        ),
        (
            "weights from a table bound the sum row by row",
            "table w by industry (a, b) { \"food\" -> 40%, 60%\n \"clothes\" -> 60%, 40% }\n" + SPEED
            + "total { part one weight w.a = speed\n part two weight w.b = ladder speed { >= 50 -> 50, else -> 40 } }\ngate g open when score > 80\n",
            ["threshold-never-met"],
        ),
        (
            "`better higher` may be said of what only a gate reads",
            "input praise points 0 .. 100 better higher\n" + SPEED + TOTAL + "gate g open when praise > 50\n",
            [],
        ),
        (
            "a claim through a stage depends on what decides the stage",
            "input size count 0 .. 90\n" + SPEED + "stages { small when size < 30 no score\n big else full }\n" + TOTAL
            + "always score rises with speed, size\n",
            [],
        ),
        (
            "a protection above all that its number can be always applies",
            "input speed points 0 .. 40\ntotal { part delivery = speed { protect at least 50 } }\n",
            ["protection-always-applies"],
        ),
        (
            "a cap below all that its number can be always applies",
            "input speed points 30 .. 90\ntotal { part delivery = speed { cap at most 30 } }\n",
            ["cap-always-applies"],
        ),
        (
            "a protection that reaches everybody under a condition leaves the others as they are",
            "input fine flag\ninput speed points 0 .. 40\ntotal { part delivery = speed { protect at least 50 when fine } }\n",
            [],
        ),
        (
            "a protection one below the top leaves the top",
            "input speed points 0 .. 40\ntotal { part delivery = speed { protect at least 39 } }\n",
            [],
        ),
        (
            "a protection and a cap at one place leave one value",
            SPEED + "total { part delivery = speed { protect at least 50\n cap at most 50 } }\n",
            ["cap-always-applies"],
        ),
        (
            "a protection is asked only of those who meet its condition",
            SPEED + "total { part delivery = ladder speed { >= 50 -> 90, else -> 40 } { protect at least 60 when speed >= 50 } }\n",
            ["protection-never-applies"],
        ),
        (
            "what an earlier adjustment does to those who meet the condition counts",
            SPEED + "total { part delivery = ladder speed { >= 50 -> 90, else -> 40 } { deduct 40\n protect at least 60 when speed >= 50 } }\n",
            [],
        ),
        (
            "a cap is asked only of those who meet its condition",
            SPEED + "total { part delivery = ladder speed { >= 50 -> 90, else -> 40 } { cap at most 60 when speed < 50 } }\n",
            ["cap-never-applies"],
        ),
        ("a range that its number never leaves", SPEED + "total { part delivery within 0 .. 100 = speed }\n", ["range-never-needed"]),
        ("a range with one end that holds something", SPEED + "total { part delivery within 0 .. 99 = speed }\n", []),
        ("a range that an adjustment makes needed", SPEED + "total { part delivery within 0 .. 100 = speed { deduct 5 when speed < 50 } }\n", []),
        ("a range above all that its number can be", "input speed points 0 .. 40\ntotal { part delivery within 40 .. 90 = speed }\n", ["range-always-acts"]),
        ("a range below all that its number can be", "input speed points 60 .. 90\ntotal { part delivery within 0 .. 10 = speed }\n", ["range-always-acts"]),
        (
            "the range of a block that is just what its parts can give is its scale",
            SPEED + "total { dimension service weight 100% within 0 .. 100 { indicator delivery weight 100% = speed } }\n",
            [],
        ),
        (
            "the range of a block that is wider than its parts can give holds nothing",
            "input speed points 10 .. 90\ntotal { dimension service weight 100% within 0 .. 100 { indicator delivery weight 100% = speed } }\n",
            ["range-never-needed"],
        ),
        ("a scale that nothing leaves is no finding", "input speed points 10 .. 90\n" + TOTAL, []),
        ("a scale that everything leaves", "input speed points 200 .. 300\n" + TOTAL, ["range-always-acts"]),
        (
            "a force is replaced where a later one holds whenever it does",
            SPEED + TOTAL + "tier level of a, b, c = cases { b when speed > 90, else a } {\n force b when speed > 50\n force c when speed > 40\n}\n",
            ["force-always-replaced"],
        ),
        (
            "a force counts where a later one may not hold",
            SPEED + TOTAL + "tier level of a, b, c = cases { b when speed > 90, else a } {\n force b when speed > 40\n force c when speed > 50\n}\n",
            [],
        ),
        (
            "an inner finding stands for the outer one",
            SPEED + TOTAL + "gate g open when score > 100\n",
            ["threshold-never-met"],
        ),
    ],
)  # fmt: skip
def test_finding(rule: str, text: str, found: list[str]) -> None:
    head = HEAD.replace("subject shop_id", 'subject shop_id { industry one of "food", "clothes" }') if "by industry" in text else HEAD
    assert codes(text, head) == found, rule


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (SPEED + "total { part delivery = ladder speed { >= 200 -> 100, >= 50 -> 80, else -> 20 } }\n", "outside 0 .. 100"),
        (SPEED + "total { part delivery = ladder speed { < 0 -> 100, < 50 -> 80, else -> 20 } }\n", "outside 0 .. 100"),
        (SPEED + TOTAL + "display shown = ranges speed { [200 .. 300] -> 1, [0 .. 200) -> 2 }\n", "outside 0 .. 100"),
        ("input speed points 15 .. 60\n" + TOTAL + "tier level of a, b, c = ladder score { >= 70 -> c, >= 16 -> b, else -> a }\n", "outside 15 .. 60"),
        (SPEED + "total { part delivery = ladder speed { >= 0 -> 80, >= -5 -> 30, else -> 20 } }\n", "every value within 0 .. 100"),
        (SPEED + "total { part delivery = curve speed { 0 -> 0, 100 -> 100, 200 -> 50, 300 -> 40 } }\n", "outside 0 .. 100"),
    ],
)  # fmt: skip
def test_a_row_outside_the_range_is_told_from_one_that_others_take(text: str, hint: str) -> None:
    found = [each for each in compile_source(Source("a.pf", HEAD + text)).diagnostics if each.code == "row-never-reached"]
    assert hint in message_of(found[0], "en").hint
    assert ("之外" in message_of(found[0], "zh").hint) == hint.startswith("outside")


BARE = HEAD.replace('cites "the platform\'s rules"\n', "").replace("score 0 .. 100\n", "").replace("from 2026-01-01", "from 2026-01-01 assumed")


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ("nothing but 0 needs a source", SPEED + "total to 1 { part delivery to 1 = speed }\ngate g open when speed > 0\n", 0),
        ("a number in a gate needs one", SPEED + "gate g open when speed > 50\n", 1),
        ("a number may be assumed", SPEED + "gate g open when speed > 50 assumed\n", 0),
        ("a clause covers its declaration", SPEED + 'gate g open when speed > 50 cites "rules, 3"\n', 0),
        ("a ladder may be assumed as a whole", SPEED + "display shown = ladder speed assumed { >= 50 -> 4, else -> 3 }\n", 0),
        ("the types of inputs are no rules", SPEED, 0),
        ("a header's citation covers the file", 'cites "rules"\n' + SPEED + "gate g open when speed > 50\n", 0),
        ("where some are cited, each declaration that is not is told", SPEED + 'gate g open when speed > 50 cites "rules"\ngate h open when speed > 5\n'
         "gate i open when speed > 5 and speed < 50\n", 2),
        ("windows and minimums are numbers too", ORDERS + "gate g open when volume > 0\n", 1),
    ],
)  # fmt: skip
def test_every_number_of_the_rules_has_a_source_or_is_assumed(rule: str, text: str, found: int) -> None:
    assert codes(text, BARE).count("uncited-number") == found, rule


def test_where_nothing_is_cited_or_assumed_one_finding_stands_for_the_file() -> None:
    text = SPEED + "gate h open when speed > 5\ngate i open when speed > 6\n"
    assert codes(text, BARE.replace(" assumed", "")) == ["uncited-number"]
