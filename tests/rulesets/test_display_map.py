"""The published display map of the 100-point Douyin score, whole point by whole point."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from pingfen.reference import Value, evaluate
from tests.clean import clean_of

from .published import RULESETS, plan_of

FOLDER = RULESETS / "douyin-store-100"
ZONE = "Asia/Shanghai"
TABLE = [
    tuple(Decimal(cell) for cell in line.strip("| ").split(" | "))
    for line in Path(__file__).with_name("display_map.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and line[2].isdigit()
]

# A shop with 1,000 orders whose indicators stand on a step each; what a step needs, from 100 down to 50.
STEPS = (100, 90, 80, 70, 60, 50)
RATING = ("4.90", "4.80", "4.70", "4.50", "4.20", "4.00")
QUALITY = ("0.30%", "0.60%", "1.00%", "2.00%", "3.00%", "9.00%")
DELIVERY = ("98%", "95%", "90%", "85%", "75%", "10%")
LOGISTICS = ("0.10%", "0.20%", "0.40%", "0.80%", "1.50%", "9.00%")
AFTERSALE = ("98%", "95%", "90%", "80%", "70%", "10%")
REPLY = ("30 seconds", "60 seconds", "2 minutes", "3 minutes", "5 minutes", "1 hour")
SHOP = {
    "industry": "electronics", "listed_industry": "no", "shop_kind": "ordinary", "joined_on": "2024-01-01", "remote_service": "no", "lower_line": "no",
    "return_insurance": "no", "bulky_insurance": "no", "intervention": "untouched", "items_on_sale": "9", "volume": "1000", "bad_count": "9",
    "quality_count": "9", "logistics_count": "9", "remote_count": "0", "late_pickups": "0", "rude_count": "0", "fake_count": "0", "severe_30": "0",
    "severe_180": "0", "insured_count": "0", "bulky_count": "0", "install_count": "0", "next_day_share": "0%", "address_count": "0", "invoice_count": "0",
    "advertising_count": "0", "shipping_count": "0", "brand_count": "0", "rated_count": "9", "help_count": "9",
}  # fmt: skip


@cache
def levels_for(score: int) -> tuple[int, ...]:
    """Steps of rating, quality, delivery, logistics, after-sale and replies, and fifths of pick-up points, that give this score to the second place.

    Weights are 45% of 90/10, 25% of 15 (pick-up)/70/15 and 30% of 70/30: ten thousandths of a point a point, 75 for a fifth of a pick-up point.
    """
    for rating, quality, delivery, logistics, aftersale, reply in product(STEPS, repeat=6):
        rest = 10_000 * score - 4050 * rating - 450 * quality - 1750 * delivery - 375 * logistics - 2100 * aftersale - 900 * reply
        fifths = (2 * rest + 75) // 150
        if 250 <= fifths <= 500:
            return rating, quality, delivery, logistics, aftersale, reply, fifths
    raise AssertionError(score)


def by_steps(score: int) -> dict[str, str]:
    """Metrics of 2026-05-07 that give this score."""
    rating, quality, delivery, logistics, aftersale, reply, fifths = levels_for(score)
    return {
        "product_rating": RATING[STEPS.index(rating)], "quality_rate": QUALITY[STEPS.index(quality)], "delivery_rate": DELIVERY[STEPS.index(delivery)],
        "logistics_rate": LOGISTICS[STEPS.index(logistics)], "aftersale_rate": AFTERSALE[STEPS.index(aftersale)], "reply_time": REPLY[STEPS.index(reply)],
        "pickup_mean": str(Decimal(fifths) / 5),
    }  # fmt: skip


def by_curves(score: int) -> dict[str, str]:
    """Metrics of 2026-09-08 that give this score: every curve runs straight from 100 to 50."""
    lost = Decimal(100 - score) / 50
    return {
        "product_rating": str(5 - lost), "quality_rate": f"{lost * 5}%", "damage_rate": f"{lost * 2}%", "delivery_rate": f"{100 - lost * 25}%",
        "pickup_mean": f"{600 + int(lost * 3_000)} minutes", "review_time": f"{int(lost * 3_000)} minutes", "reply_time": f"{int(lost * 500)} seconds",
        "dissatisfaction": f"{lost * 25}%", "help_rate": f"{lost * 10}%",
    }  # fmt: skip


def test_the_table_has_every_whole_point() -> None:
    """50 to 100, from 3.0 to 5.0."""
    assert [points for points, _, _ in TABLE] == list(range(50, 101))
    assert TABLE[0][1:] == (Decimal("3.0"), Decimal("3.0"))
    assert TABLE[-1][1:] == (Decimal("5.0"), Decimal("5.0"))


def scored(version: str, metrics: Mapping[str, str]) -> tuple[Value, ...]:
    """Score, what consumers see, and stars of the shop with these metrics."""
    plan = plan_of(FOLDER / f"{version}.pf").record
    texts = {field.name: {**SHOP, **metrics}.get(field.name, "2026-10-01" if field.kind == "as of" else "none") for field in plan.fields}
    numbers = evaluate(plan, {field.name: clean_of(field.type, texts[field.name], ZONE) for field in plan.fields}).numbers
    return numbers["score"], numbers["shown_score"], numbers["stars"]


@pytest.mark.parametrize(("version", "metrics_for"), [("2026-05-07", by_steps), ("2026-09-08", by_curves)])
@pytest.mark.parametrize("row", TABLE, ids=[str(row[0]) for row in TABLE])
def test_a_score_is_shown_as_the_table_says(version: str, metrics_for: Callable[[int], dict[str, str]], row: tuple[Decimal, ...]) -> None:
    """Every whole point of the table, by metrics that give exactly this score."""
    points, shown, stars = row
    assert scored(version, metrics_for(int(points))) == (int(points * 100), int(shown * 10), int(stars * 10))


@pytest.mark.parametrize("kinds", range(6))
def test_50_and_below_is_shown_as_three_points(kinds: int) -> None:
    """The version of 2026-09-08 goes down to 0, and all of 0 to 50 is 3.0. Here every kind of misconduct costs ten points."""
    names = ("fake_count", "advertising_count", "shipping_count", "brand_count", "address_count")
    numbers = scored("2026-09-08", by_curves(50) | dict.fromkeys(names[:kinds], "5"))
    assert numbers == (5000 - 1000 * kinds, 30, 30)
