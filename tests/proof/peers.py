"""Generated rulesets in which peer values read peer values, and stages do, with samples of a few shops, and what one more order does there."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.proof.replay import Replayed, Scene, first_as_of, replay, scores_on, with_row
from pingfen.reference import Data
from pingfen.source import Source

HEADER = """ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id { kind one of x, y
  sector one of u, v }
score 0 .. 9000
events orders {
  order_id text key
  shop_id  text subject
  paid_at  time happens
  good     flag
}
metric praise = share with good of orders over last 30 days to 1% better higher
"""
DAY = 86400


def text_of_seed(seed: int) -> str:
    """A ruleset with a first peer value of the metric, perhaps a stage by it, a part that may read both, and a second peer value of that part."""
    random = Random(seed)
    forms = ("mean of", "median of", "rank rate of", "multiple of mean of")
    first, second = random.choice(forms), random.choice(forms)
    read = "first * 100" if first.startswith("multiple") else "points(first)"
    values = ("points(praise)", "points(praise)", "40", "70", read, f"points(praise) + 5 * {read}", f"points(praise) * 2 + 300 - {read}")
    chosen, other = random.choice(values), random.choice(values)
    absent = "none when praise missing, " + "none when first missing, " * ("first" in chosen + other)
    share = "points(second)" if second.startswith("rank") else "second * 3"
    placed = random.choice((share, share, share, f"900 - {share}"))
    lines = [
        HEADER,
        _peer("first", f"{first} praise", random),
        _peer("second", f"{second} boosted", random),
        _stages(random, "first < 1.00" if first.startswith("multiple") else "first < 50%"),
        "total sum missing 0 {",
        f"  part boosted within 0 .. 2000 = cases {{ {absent}{chosen} when kind is x, else {other} }}",
        f"  part placed within 0 .. 2000 = cases {{ none when second missing, else {placed} }}",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _peer(name: str, of: str, random: Random) -> str:
    step = "1%" if of.startswith("rank") else "0.01" if of.startswith("multiple") else "1%" if of.endswith("praise") else "1"
    among = random.choice(("", "", "", " among kind is x"))
    return f"peer {name} = {of} by sector at least 1 subjects to {step}{among}"


def _stages(random: Random, below: str) -> str:
    conditions = (f"first missing or {below} and kind is x", f"first missing or {below}", "praise missing or praise < 30%")
    condition = random.choice(("", "", "", *conditions))
    return f"stages {{\n  low when {condition} no score\n  regular else full\n}}" if condition else ""


def peers_plan(seed: int) -> Plan | None:
    """The plan of a seed; None where the text has a mistake."""
    return compile_source(Source("peers.pf", text_of_seed(seed))).plan


def one_more_order(plan: Plan, random: Random, scenes: int) -> Iterator[Replayed]:
    """What one more order of any shop does to that shop, on small samples."""
    for _ in range(scenes):
        scene = _scene(plan, random)
        for shop in scene.scored:
            more = with_row(scene, plan.events.tables[0], _order("", str(shop), scene.as_of, random.random() < 0.7))
            assert more is not None
            yield from (each for each in replay(scene, plan.events.tables[0], *more) if each.subject == shop)


def _scene(plan: Plan, random: Random) -> Scene:
    as_of = first_as_of(plan)
    shops = [f"s{number}" for number in range(random.randint(2, 4))]
    subjects = {shop: [{"shop_id": shop, "kind": random.choice("xy"), "sector": random.choice("uuv")}] for shop in shops}
    orders = [_order(f"{shop} {number}", shop, as_of, random.random() < 0.5) for shop in shops for number in range(random.randint(1, 3))]
    data = Data({"orders": orders}, subjects, {})
    return Scene(plan, data, as_of, scores_on(plan, data, as_of))


def _order(key: str, shop: str, as_of: int, good: bool) -> dict[str, str | int | bool | None]:
    return {"order_id": key, "shop_id": shop, "paid_at": (as_of - 9) * DAY, "good": good}
