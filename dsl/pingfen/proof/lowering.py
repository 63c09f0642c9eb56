"""Good events that lower the score: looked for in plain samples, then in shops in which a count stands one below a limit of the rules; replayed by the
interpreter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from random import Random

from ..plan.events import Table
from ..plan.expressions import NumberRead
from ..plan.ruleset import Claim, Plan
from ..trial.claims import Search, search_of
from .bundles import Stock, renamed, stock_of
from .candidates import Candidate, best_in, candidates_of, is_harmless
from .claims import Prover
from .crossings import Crossing, crossing_of, limits_to_cross
from .crowds import MORE, SUBJECT, Order, is_loaded, make_shop
from .joint import GoodRows, is_good
from .replay import Replayed, Scene, replay, replays, scenes, with_row

PLAIN_ROWS, NEAR_ROWS, SPOILED = 20, 2, 3
ROWS = 100_000  # of all shops of a plan together, some seven seconds: a search that finds nothing ends
FEWEST_SHOPS, SHOP_ROWS = 120, 3000  # shops tried for one limit: at least so many, and more if they are small


class Lowering:
    """The search for one plan, whose keys are texts; `found` are the good rows that lower the score by the metric that they improve."""

    def __init__(self, prover: Prover, plan: Plan, good: GoodRows) -> None:
        self.prover, self.plan, self.good = prover, plan, good
        self.found: dict[str, Replayed] = {}
        self._rows_left = ROWS

    def look_in(self, table: Table) -> None:
        """Looks for rows of the table, for the metrics that it moves and of which none is found; one row may show it for several."""
        random = Random(table.name)
        moved = [metric for metric in self.plan.events.metrics if metric.name in self.good.moves(table.name) and self.good.better[metric.name] is not None]
        wanted = [metric.name for metric in moved if metric.name not in self.found and not self.good.never_lowers(table.name, metric)]
        if not wanted:
            return
        for scene in self._scenes:
            self._note(replays(scene, table, random, PLAIN_ROWS), wanted)
        candidates = candidates_of(self._stock, table, random) if self._open(wanted) else []
        for crossing in self._crossings(table, random) if candidates else ():
            counted = [candidate for candidate in candidates if candidate.counts(crossing.count)]
            if counted:
                self._cross(table, crossing, wanted, counted, random)

    def _open(self, wanted: list[str]) -> list[str]:
        return [name for name in wanted if name not in self.found]

    def _note(self, tried: Iterator[Replayed], wanted: list[str]) -> None:
        for each in tried:
            self.found.update({name: each for name in wanted if name not in self.found and self._lowers(name, each)})

    @cached_property
    def _scenes(self) -> list[Scene]:
        return list(scenes(self.plan, 1))

    @cached_property
    def _stock(self) -> Stock:
        return stock_of(self.plan)

    def _crossings(self, table: Table, random: Random) -> list[Crossing]:
        """Counts that one more takes over a limit at which the score of some record falls, smaller ones first."""
        counts = [(name, limit) for name in self.good.doubtful(table.name) for limit in limits_to_cross(self.plan.record, name)]
        found = (crossing_of(self._search, name, limit, self.good.better, random) for name, limit in counts)
        return sorted((crossing for crossing in found if crossing is not None), key=lambda crossing: crossing.limit)

    @cached_property
    def _search(self) -> Search:
        score = next(number for number in self.plan.record.numbers if number.kind == "score")
        claim = Claim("score", "score", "within", NumberRead("score", score.type), None, None, "", "", None)
        return search_of(self.plan, claim, self.prover.quick)

    def _cross(self, table: Table, crossing: Crossing, wanted: list[str], candidates: list[Candidate], random: Random) -> None:
        for _ in range(max(SHOP_ROWS // (crossing.limit + 1), FEWEST_SHOPS)):
            if self._rows_left <= 0 or not (sought := self._open(wanted)):
                return
            chosen = random.choice(candidates)
            spoiled = (*random.sample(sought, min(len(sought), SPOILED)), *random.choices(crossing.spoiling, k=min(len(crossing.spoiling), 1)))
            order = Order(crossing.count, crossing.limit, spoiled, random.choice(crossing.keeping or [None]), self.good.better)
            shop = make_shop(self._stock, order, [] if chosen.before is None else [chosen.before], random)
            self._rows_left -= crossing.limit + 1 if shop is None else sum(map(len, shop.data.tables.values()))
            if shop is not None and is_loaded(shop, crossing.count):
                self._note(self._near(shop, table, candidates if chosen.before is None else [chosen], sought), wanted)

    def _near(self, shop: Scene, table: Table, candidates: list[Candidate], sought: list[str]) -> Iterator[Replayed]:
        """The candidates that fit the shop, for each metric that is sought the best of those that improve it."""
        record, better = shop.scored[SUBJECT][0], self.good.better
        moved = [name for name in self.good.moves(table.name) if name in better]
        harmless = [each for each in candidates if is_harmless(each, record, better, moved)]
        best = {name: best_in(name, harmless, record, better)[:NEAR_ROWS] for name in sought}
        for candidate in {id(each): each for found in best.values() for each in found}.values():
            more = with_row(shop, table, renamed(candidate.rows, MORE, SUBJECT).rows[-1][1])
            if more is not None:
                yield from replay(shop, table, *more)

    def _lowers(self, metric: str, tried: Replayed) -> bool:
        """Whether the row is good for the metric, and the score lower with it."""
        before, after = tried.scores
        old, new = tried.before.get(metric), tried.after.get(metric)
        improves = isinstance(old, int) and isinstance(new, int) and (new - old) * (self.good.better[metric] or 0) > 0
        return improves and before is not None and after is not None and after < before and is_good(self.good, tried)
