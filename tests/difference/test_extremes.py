"""The largest rise and fall are those of all records, also where they need a whole dimension to drop out; their shops have ordinary values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from pingfen.difference import Comparison, compare
from pingfen.difference.comparison import Extreme
from pingfen.difference.saying import Speaker
from pingfen.difference.telling import document, lines
from pingfen.reference import Value, evaluate

from .shops import SHOP, plan_of

pytestmark = pytest.mark.slow

METRICS = ("replies", "praise", "quality", "reviews", "dispatch")
LADDER = "{ >= 90% -> 5.00, >= 60% -> 4.00, none -> none, else -> 3.00 }"
DIMENSIONS = f"""ruleset example.shop "示例店铺分" "Shop score"
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 3.00 .. 5.00
subject shop_id

input replies share 0% .. 100% optional
input praise share 0% .. 100% optional
input quality share 0% .. 100% optional
input reviews share 0% .. 100% optional
input dispatch share 0% .. 100% optional
input volume count 0 .. 100000000

total missing drop {{
  dimension service weight 40% missing drop {{
    indicator replying weight 50% = ladder replies {LADDER}
    indicator praising weight 50% = ladder praise {LADDER}
  }}
  dimension product weight 40% missing drop {{
    indicator quality_of weight 50% = ladder quality {LADDER}
    indicator reviewing weight 50% = ladder reviews {LADDER}
  }}
  indicator logistics weight 20% = ladder dispatch {LADDER}
}}
gate campaigns open when volume >= 30 and score >= 4.00, closed without a score
example "a usual shop" {{
  given replies 95%, praise 95%, quality 95%, reviews 95%, dispatch 95%, volume 120
  expect score 5.00
}}
"""
HEAVIER = (("product weight 40%", "product weight 25%"), ("logistics weight 20%", "logistics weight 35%"))


def compared(*changes: tuple[str, str], old: str = DIMENSIONS, seconds: float = 3.0) -> Comparison:
    new = old
    for before, after in changes:
        assert before in new, before
        new = new.replace(before, after)
    return compare(plan_of(old), plan_of(new), ("sha256:old", "sha256:new"), seconds=seconds)


def every_kind_of_record() -> Iterator[dict[str, Value]]:
    """A record for each step of each ladder, missing values included: all scores there are."""
    for values in product((None, 0, 60, 90), repeat=len(METRICS)):
        yield dict(zip(METRICS, values, strict=True)) | {"volume": 120}


def size(extreme: Extreme | None) -> int:
    return 0 if extreme is None else extreme.change


@pytest.mark.parametrize(
    "changes", [HEAVIER, (("service weight 40%", "service weight 10%"), ("product weight 40%", "product weight 70%"))], ids=["two", "dimensions"]
)
def test_the_largest_changes_are_found_where_a_dimension_drops_out_and_proved(changes: tuple[tuple[str, str], ...]) -> None:
    found = compared(*changes)
    old, new = found.pairing.old.record, found.pairing.new.record
    scores = [[evaluate(plan, record).numbers["score"] for plan in (old, new)] for record in every_kind_of_record()]
    changed = [after - before for before, after in scores if isinstance(before, int) and isinstance(after, int)]
    assert (size(found.rise), size(found.fall)) == (max(changed), min(changed))
    assert found.rise is not None
    assert found.fall is not None
    assert (found.rise.proved, found.fall.proved) == (True, True)


def test_that_no_shop_rises_or_falls_is_proved_where_the_score_is_made_alike() -> None:
    found = compared(("score >= 4.00", "score >= 4.50"))
    assert (found.rise, found.fall, found.none_rises, found.none_falls) == (None, None, True, True)
    assert document(found, "en")["proved none"] == ["rise", "fall", "loss", "gain"]
    assert "No shop rises (proved)." in list(lines(found, "en"))
    assert "没有店铺下降 (已证明)。" in list(lines(found, "zh"))


def test_a_shop_has_the_values_of_the_example_and_else_those_nearest_to_it() -> None:
    found = compared(("  indicator logistics", "  deduct 1.00 when volume >= 500\n  indicator logistics"))
    assert found.fall is not None
    assert {name: found.fall.shop.union[name] for name in found.fall.shop.unlike} == {"volume": 500}


def test_what_the_old_version_alone_reads_is_as_in_its_own_example() -> None:
    old = DIMENSIONS.replace("input volume", "input stock count 0 .. 100000000\ninput volume").replace("volume >= 30", "volume >= 30 and stock >= 5")
    old = old.replace("volume 120", "volume 120, stock 700")
    found = compared(("input stock count 0 .. 100000000\n", ""), (" and stock >= 5", ""), (", stock 700", ""), *HEAVIER, old=old)
    assert found.rise is not None
    assert found.rise.shop.union["stock (old)"] == 700
    assert "stock (old)" not in found.rise.shop.unlike


@pytest.mark.parametrize(
    ("language", "title", "verdict"),
    [
        ("en", "Shop score 1 and Another score 7: two rulesets", "The rulesets differ."),
        ("zh", "示例店铺分 1 与 另一个分 7: 两个规则集的差异", "两个规则集不同。"),
    ],
)
def test_two_rulesets_are_named_each_and_are_not_versions_of_one(language: str, title: str, verdict: str) -> None:
    other = (('ruleset example.shop "示例店铺分" "Shop score"\nversion "1"', 'ruleset example.other "另一个分" "Another score"\nversion "7"'),)
    found = compared(*other, *HEAVIER)
    speaker = Speaker(found, language)
    assert [speaker.title(), speaker.verdict()] == [title, verdict]
    told = document(found, language)
    assert (told["title"], told["old"]["ruleset"], told["new"]["ruleset"]) == (title, "example.shop", "example.other")
    assert list(lines(found, language))[:2] == [title, verdict]


def test_versions_of_one_ruleset_are_named_once() -> None:
    assert Speaker(compared(('version "1"', 'version "2"')), "en").title() == "Shop score: 1 to 2"


def test_a_ruleset_under_another_name_may_mean_the_same() -> None:
    found = compared(("ruleset example.shop", "ruleset example.other"), old=SHOP)
    assert found.same
    assert Speaker(found, "en").verdict() == "Both versions mean the same (proved)."
