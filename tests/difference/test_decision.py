"""Whether two versions mean the same is proved; what differs most is shown by shops that the interpreter has scored."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest

from pingfen.difference import Comparison, bounding, compare
from pingfen.difference.deciding import Question
from pingfen.difference.pairing import Record, pair
from pingfen.difference.report import report
from pingfen.difference.rules import changes_of
from pingfen.difference.searching import Both
from pingfen.difference.telling import document, lines
from pingfen.plan.record import RecordPlan
from pingfen.reference import Value, evaluate

from .shops import SHOP, changed, plan_of

pytestmark = pytest.mark.slow

DIGESTS = ("sha256:old", "sha256:new")
RANGES = "ranges praise { [0% .. 79%] -> 40, [80% .. 94%] -> 80, [95% .. 100%] -> 100, none -> none }"
LADDER = "ladder praise { >= 95% -> 100, >= 80% -> 80, none -> none, else -> 40 }"
WEIGHTS = (("weight 60%", "weight 55%"), ("weight 40%", "weight 45%"))

INPUTS = """ruleset example.inputs
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 0.00 .. 100.00
subject shop_id
input audit number 0 .. 1000
input kind one of food, toys
total missing no score {
  part pa weight 50% = curve audit { 0 -> 0.00, 1000 -> 100.00 }
  part pk weight 50% = cases { 10 when kind is food, else 80 }
}
gate g open when score >= 40, closed without a score
"""


def comparison(new: str, old: str = SHOP) -> Comparison:
    return compare(plan_of(old), plan_of(new), DIGESTS)


def test_a_ruleset_is_the_same_as_itself_by_structure() -> None:
    found = comparison(SHOP)
    assert found.same
    assert found.decision.method == "structure"
    assert changes_of(found.pairing.old, found.pairing.new, "en") == ()


def test_labels_are_no_meaning() -> None:
    found = comparison(changed(('"Praise rate"', '"Share of praise"'), ("Example <b>shop</b> score", "Another")))
    assert found.same
    assert changes_of(found.pairing.old, found.pairing.new, "en") == ()


def test_a_ladder_written_as_ranges_is_proved_the_same() -> None:
    found = comparison(changed((LADDER, RANGES)))
    assert found.same
    assert found.decision.method == "solver"
    assert (found.rise, found.fall, found.moves) == (None, None, ())


def test_another_window_measures_otherwise_though_the_scorecards_are_the_same() -> None:
    found = comparison(changed(("stars >= 4 of orders over last 30 days", "stars >= 4 of orders over last 60 days")))
    assert not found.same
    assert (found.decision.scorecards, found.decision.measured) == ("same", False)
    [change] = changes_of(found.pairing.old, found.pairing.new, "en")
    assert (change.name, change.state) == ("praise", "changed")
    assert [(old.split(" (")[0], new.split(" (")[0]) for _, old, new in change.rows] == [
        ("the 30 days before the day of scoring", "the 60 days before the day of scoring")
    ]


@pytest.mark.parametrize(
    "new",
    [
        changed(*WEIGHTS),
        changed((">= 95% -> 100", ">= 97% -> 100")),
        changed(("20% -> 0", "30% -> 0")),
        changed(("weight 40%", "weight 40%"), (">= 80% -> 80", ">= 80% -> 75")),
        changed(("score 0 .. 100", "score 10 .. 100")),
    ],
    ids=["weights", "limit", "curve", "points", "floor"],
)
def test_the_largest_rise_and_fall_are_those_of_a_search_through_all_records(new: str) -> None:
    found = comparison(new)
    old, after = found.pairing.old.record, found.pairing.new.record
    records = [{"praise": praise, "returns": returns} for praise, returns in product(range(101), range(101))]
    scores = [(evaluate(old, record).numbers["score"], evaluate(after, record).numbers["score"]) for record in records]
    changes = [last - first for first, last in scores if isinstance(first, int) and isinstance(last, int)]
    assert (0 if found.rise is None else found.rise.change) == max(0, *changes)
    assert (0 if found.fall is None else found.fall.change) == min(0, *changes)
    for extreme in (found.rise, found.fall):
        if extreme is not None:
            assert extreme.proved
            shown = extreme.shop.after["score"], extreme.shop.before["score"]
            assert shown == (evaluate(after, extreme.shop.new).numbers["score"], evaluate(old, extreme.shop.old).numbers["score"])
            assert isinstance(shown[0], int)
            assert isinstance(shown[1], int)
            assert shown[0] - shown[1] == extreme.change


def test_every_outcome_that_changes_is_shown_by_a_shop() -> None:
    found = comparison(changed(("score >= 80", "score >= 85"), (">= 90 -> gold", ">= 92 -> gold")))
    assert {(move.name, move.old, move.new) for move in found.moves} == {("campaigns", "open", "closed"), ("level", "gold", "silver")}
    for move in found.moves:
        assert (
            evaluate(found.pairing.old.record, move.shop.old).outcomes[move.name],
            evaluate(found.pairing.new.record, move.shop.new).outcomes[move.name],
        ) == (
            move.old,
            move.new,
        )


def test_a_part_of_one_metric_differs_on_exact_ranges() -> None:
    found = comparison(changed((">= 95% -> 100", ">= 95% -> 100, >= 90% -> 90"), ("20% -> 0", "20% -> 10")))
    regions = {region.new.path: [(each.low, each.high, each.old, each.new) for each in region.stretches] for region in found.regions}
    assert regions["kindness"] == [(90, 94, (80, 80), (90, 90))]
    first, *_ = regions["kept"]
    assert first[0] == min(value for value in range(101) if round(value * 5) != round(value * 4.5))


def test_a_field_of_one_version_varies_by_itself_and_is_named() -> None:
    old = SHOP.replace("total missing", "input bonus_points count 0 .. 5\ntotal missing").replace("2026-01-01\ncites", "2026-01-01\ncites")
    new = old.replace("  indicator kept", "  indicator kept").replace(
        "curve returns { 0% -> 100, 20% -> 0 }\n}", "curve returns { 0% -> 100, 20% -> 0 }\n  bonus 1 per bonus_points\n}"
    )
    found = comparison(new, old)
    assert found.pairing.only_new == ("bonus_points",)
    assert found.rise is not None
    assert (found.rise.change, found.rise.proved, found.fall) == (5, True, None)


def test_a_gate_that_was_dropped_is_a_difference() -> None:
    new = SHOP.replace("gate campaigns open when score >= 80, closed without a score\n", "")
    found = comparison(new)
    assert found.decision.scorecards == "different"
    assert [(change.kind, change.name, change.state) for change in changes_of(found.pairing.old, found.pairing.new, "zh")] == [("gate", "campaigns", "dropped")]


def test_what_z3_has_no_time_for_is_not_proved_and_counts_as_different() -> None:
    """A ladder written as ranges is the same, but only z3 can tell."""
    found = compare(plan_of(SHOP), plan_of(changed((LADDER, RANGES))), DIGESTS, seconds=0)
    assert (found.decision.scorecards, found.decision.method, found.same) == ("not proved", "", False)
    assert not found.none_rises
    assert not found.none_falls


def test_all_questions_for_an_extreme_take_the_given_time_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer is a record with a slightly larger fall and takes a second: after three seconds no more is asked, and nothing is proved."""
    pairing = pair(plan_of(INPUTS), plan_of(INPUTS.replace("1000 -> 100.00", "1000 -> 90.00")))
    both = Both(pairing)
    records: list[Record] = [{"audit": value, "kind": "food"} for value in range(0, 500, 50)]
    falling = {-change: record for record in records if (change := both.change(record) or 0) < 0}
    steps, clock, asked = iter(sorted(falling)), [0.0], []

    def ask(question: Question, condition: object, seconds: float) -> tuple[str, Record | None]:
        if seconds <= 0:
            return "unknown", None
        asked.append(seconds)
        clock[0] += 1
        return ("unknown", None) if len(asked) == 1 else ("yes", falling[next(steps)])

    monkeypatch.setattr(Question, "ask", ask)
    monkeypatch.setattr(bounding, "monotonic", lambda: clock[0])
    assert len(falling) > 4
    record, proved = bounding.furthest(pairing, both, None, -1, 3.0)
    assert (asked, proved) == ([1.5, 2.0, 1.0], False)
    assert record == falling[sorted(falling)[1]]


@pytest.mark.parametrize(
    "changes",
    [
        [("0 .. 1000\n", "0 .. 2000\n")],
        [("0 .. 1000\n", "0 .. 2000\n"), ("1000 -> 100.00 }", "1000 -> 100.00, 2000 -> 0.00 }")],
        [("food, toys\n", "food, toys, cars\n")],
        [("food, toys\n", "food, toys, cars\n"), ("10 when kind is food", "10 when kind is food, 90 when kind is cars")],
    ],
    ids=["range", "range and curve", "choice", "choice and case"],
)
def test_values_that_one_version_alone_allows_make_them_differ(changes: list[tuple[str, str]]) -> None:
    new = INPUTS
    for before, after in changes:
        assert new.count(before) == 1
        new = new.replace(before, after)
    for found in (comparison(new, INPUTS), comparison(INPUTS, new)):
        assert (found.same, found.decision.scorecards, found.decision.allowed) == (False, "same", False)
        told = list(lines(found, "en"))
        assert "The same scorecard for all values that both allow (proved); one version allows values that the other does not." in told
        assert (document(found, "en")["same"], document(found, "en")["allowed the same"]) == (False, False)
        assert any("data that is read" in line for line in told)


@pytest.mark.parametrize(
    ("curve", "count"),
    [("{ 0 -> 100.00, 1000 -> 0.00 }", 2), ("{ 0 -> 0.00, 1000 -> 100.00 } ", 0), ("{ 0 -> 5.00, 500 -> 50.00, 1000 -> 95.00 }", 2)],
    ids=["crossing", "same", "touching"],
)
def test_a_part_differs_on_every_value_of_the_ranges_that_are_told_and_on_no_other(curve: str, count: int) -> None:
    """Where two curves cross, the ranges are cut: told by the interpreter on every value."""
    new = INPUTS.replace("curve audit { 0 -> 0.00, 1000 -> 100.00 }", f"curve audit {curve}")
    found = comparison(new, INPUTS)
    plans = [found.pairing.old.record, found.pairing.new.record]
    points = [[evaluate(plan, {"audit": value, "kind": "food"}).numbers["pa"] for plan in plans] for value in range(1001)]
    told = [stretch for region in found.regions for stretch in region.stretches]
    assert len(told) == count
    assert all(region.exact and region.proved for region in found.regions)
    assert {value for each in told for value in range(each.low, each.high + 1)} == {value for value, (old, after) in enumerate(points) if old != after}


def test_ranges_that_are_not_cut_where_points_are_the_same_say_so() -> None:
    """Curves so close that rounding alone makes them the same here and there are told as one range."""
    new = INPUTS.replace("0 .. 1000\n", "0 .. 100000\n").replace("1000 -> 100.00", "100000 -> 100.00")
    old = INPUTS.replace("0 .. 1000\n", "0 .. 100000\n").replace("1000 -> 100.00", "100000 -> 99.50")
    found = comparison(new, old)
    [region] = found.regions
    assert not region.exact
    assert len(region.stretches) <= 2
    assert "Within these ranges the points may be the same on some values" in report(found, "en")


@pytest.mark.parametrize(
    "new",
    [
        changed((">= 95% -> 100", ">= 97% -> 100")),
        changed(("20% -> 0", "30% -> 0")),
        changed((">= 95% -> 100", ">= 95% -> 100, >= 90% -> 90")),
        changed(("score >= 80", "score >= 85")),
        changed(*WEIGHTS),
    ],
    ids=["limit", "curve", "step", "gate", "weights"],
)
def test_outside_the_ranges_that_are_told_no_shop_differs(new: str) -> None:
    """The ranges are those of a search through all records, proved or the whole metric, and the records at their ends differ by the interpreter."""
    found = comparison(new)
    old, after = found.pairing.old.record, found.pairing.new.record

    def told(plan: RecordPlan, record: Mapping[str, Value]) -> tuple[Value, Mapping[str, Value]]:
        card = evaluate(plan, record)
        return card.numbers["score"], card.outcomes

    every = [{"praise": praise, "returns": returns} for praise, returns in product(range(101), range(101))]
    differing = [record for record in every if told(old, record) != told(after, record)]
    ranges = {each.field: each for each in found.ranges}
    assert ranges.keys() == {"praise", "returns"}
    for name, each in ranges.items():
        assert (each.low, each.high) == (min(record[name] for record in differing), max(record[name] for record in differing))
        assert each.state in ("whole", "proved")
        assert [record[name] for record in each.records] == [each.low, each.high]
        assert all(told(old, record) != told(after, record) for record in each.records)


def test_a_part_is_proved_to_be_the_same_on_all_other_values() -> None:
    found = comparison(changed((">= 95% -> 100", ">= 95% -> 100, >= 90% -> 90"), ("20% -> 0", "20% -> 10")))
    assert {region.new.path: region.proved for region in found.regions} == {"kindness": True, "kept": True}


def test_what_z3_has_no_time_for_is_only_seen() -> None:
    """Without time a range that is not the whole metric is told as seen, never as proved."""
    found = compare(plan_of(SHOP), plan_of(changed((">= 95% -> 100", ">= 97% -> 100"))), DIGESTS, seconds=0.000001)
    assert {each.state for each in found.ranges if (each.low, each.high) != (each.kind.low, each.kind.high)} == {"seen"}


PARTS = """\
ruleset example.parts
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 0.00 .. 100.00
subject shop_id { industry one of food, toys, books }
"""
PARTS += "".join(f"input x{index} points 0.00 .. 100000.00\n" for index in range(8))
PARTS += (
    "total {\n"
    + "".join(f"  part p{index} weight {12 if index else 16}% = curve x{index} {{ 100.00 -> 0.00, 300.00 -> 100.00 }}\n" for index in range(8))
    + "}\n"
)
PARTS += "gate deals open when industry is books and p0 < 20 and p1 < 20 and p2 < 20 and p3 < 20 and score >= 45.10\n"


def test_a_limit_that_moves_by_little_is_found_where_outcomes_turn() -> None:
    """Of drawn records hardly one lies between the two limits; that no score changes is plain from the rules."""
    found = compare(plan_of(PARTS), plan_of(PARTS.replace("45.10", "45.11")), ("", ""))
    assert [(move.name, move.old, move.new) for move in found.moves] == [("deals", "open", "closed")]
    assert found.none_rises
    assert found.none_falls
