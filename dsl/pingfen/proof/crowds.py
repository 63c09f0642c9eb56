"""Shops in which a count stands one below a limit of the rules: what one more row does shows there.

A shop is a few kinds of bundles, one of them most of the time, so that its shares and means vary from shop to shop.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from random import Random

from attrs import frozen

from ..reference import InterpretationError, evaluate
from ..trial.cleanness import unclean_rows
from .bundles import Bundle, Stock, joined, renamed
from .replay import Scene, score_of, scores_on

KINDS = 3
SUBJECT, MORE = "subject", "more"


@frozen(repr=False)
class Order:
    """A shop that is asked for: its `count` is `wanted`, a few of its rows are not at the best of the `spoiled` metrics, and those that do not count are at the
    best of `kept`, if any. `better` tells the way of each."""

    count: str
    wanted: int
    spoiled: tuple[str, ...]
    kept: str | None
    better: Mapping[str, int | None]

    def ranks(self, bundles: Sequence[Bundle], name: str) -> list[tuple[Bundle, int]]:
        """How good each of the bundles that have it is in a metric."""
        return [(bundle, (self.better[name] or 0) * value) for bundle in bundles if isinstance(value := bundle.alone.get(name), int)]


def make_shop(stock: Stock, order: Order, more: Sequence[Bundle], random: Random) -> Scene | None:
    """One subject of whom the metric counts so many rows, with the rows of `more` among the others; None where the bundles do not come to it."""
    chosen = [renamed(bundle, str(number), SUBJECT) for number, bundle in enumerate(_chosen(stock, order, random))]
    tables = joined([*chosen, *(renamed(bundle, MORE, SUBJECT) for bundle in more)])
    data = stock.data(random.choice(stock.profiles), tables, [SUBJECT])
    if unclean_rows(stock.plan, data):
        return None
    try:
        scored = scores_on(stock.plan, data, stock.as_of)
    except InterpretationError:
        return None
    return Scene(stock.plan, data, stock.as_of, scored) if scored[SUBJECT][0].get(order.count) == order.wanted else None


def _chosen(stock: Stock, order: Order, random: Random) -> list[Bundle]:
    counted = [bundle for bundle in stock.bundles if bundle.alone.get(order.count) == 1]
    others = [bundle for bundle in stock.bundles if bundle.alone.get(order.count) == 0]
    chosen = _parted([*_some(counted, 2, random), *_spoilt(counted, order, random)], order.wanted, random)
    for root in sorted({bundle.root.name for bundle in others}):
        kinds = _kept([bundle for bundle in others if bundle.root.name == root], order, random)
        chosen += _parted(_some(kinds, KINDS, random), random.choice((0, 40, order.wanted, order.wanted)), random)
    return chosen


def _spoilt(bundles: Sequence[Bundle], order: Order, random: Random) -> list[Bundle]:
    """For each metric that is to be spoiled one bundle, often the worst."""
    chosen = []
    for name in order.spoiled:
        ranks = order.ranks(bundles, name)
        ends = [rank for _, rank in ranks]
        spoilt = [bundle for bundle, rank in ranks if rank < max(ends)]
        worst = [bundle for bundle, rank in ranks if rank == min(ends)]
        chosen += _some(random.choice((spoilt, worst)), 1, random)
    return chosen


def _kept(bundles: Sequence[Bundle], order: Order, random: Random) -> Sequence[Bundle]:
    """Those at the best of what is to be kept; now and then, and where there are none, all."""
    if order.kept is None or random.random() < 0.25:
        return bundles
    ranks = order.ranks(bundles, order.kept)
    best = max((rank for _, rank in ranks), default=0)
    return [bundle for bundle, rank in ranks if rank == best] or bundles


def _some(bundles: Sequence[Bundle], most: int, random: Random) -> list[Bundle]:
    return random.choices(bundles, k=random.randint(1, most)) if bundles else []


def _parted(kinds: Sequence[Bundle], wanted: int, random: Random) -> list[Bundle]:
    """So many bundles of these kinds: often one kind is nearly all, and sometimes they are as many."""
    if not kinds:
        return []
    most = random.choice((2, wanted // 30, wanted // 8, wanted))
    ends = [0, *sorted(min(random.randint(0, max(most, 1)), wanted) for _ in kinds[1:]), wanted]
    kept = [*kinds[1:], kinds[0]]
    return [kind for kind, (low, high) in zip(kept, pairwise(ends), strict=True) for _ in range(high - low)]


def is_loaded(scene: Scene, metric: str) -> bool:
    """Whether the score falls if nothing but the count grows by one."""
    ((record, score),) = scene.scored.values()
    count = record[metric]
    if score is None or not isinstance(count, int):
        return False
    try:
        after = score_of(evaluate(scene.plan.record, {**record, metric: count + 1}))
    except InterpretationError:
        return False
    return after is not None and after < score
