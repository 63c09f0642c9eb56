"""Can one more good event lower the score?

A good event of a metric improves it, worsens no other metric, and neither brings a metric that was missing nor takes one away. What else it moves is read off
the plan, and by the rule's structure what all of it does to the score; where structure does not tell, events that lower the score are looked for, and replayed
by the interpreter. Where the metric was missing: whether the first good event, which brings it at its best, gives no less than none did, all other metrics
being as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from random import Random
from typing import Literal

from ..plan.events import Metric, Table
from ..plan.expressions import NumberRead
from ..plan.label import Label
from ..plan.quantity import Numeric
from ..plan.ruleset import Claim, Plan
from ..trial.claims import Search, search_of
from ..trial.target import Record
from ..wording import wording_of
from .arrival import Arrivals
from .claims import Prover
from .joint import GoodRows
from .keys import in_own_keys, with_text_keys
from .lowering import Lowering
from .replay import Replayed, table_named
from .verdict import KEYS_COMPUTED, NOT_LOWERED, NOT_REPLAYED, EventVerdict

DRAWN, FIRST_SECONDS = 300, 4.0
IMPROVED = Label(
    zh="使其更好且不使其他指标变差的一个新事件 (不使任何指标从缺到有或从有到缺) 不会降低分数",
    en="one more event that improves it, worsens no other metric, and brings or takes none never lowers the score",
)
FIRST = Label(
    zh="使其从缺变为最好的首个事件不会降低分数 (其余指标不变)",
    en="the first event, which brings it at its best, never lowers the score, all other metrics being as they are",
)


class OneMore:
    """Settles the statements about one more event of each metric of one plan; what they share is made once."""

    def __init__(self, prover: Prover) -> None:
        self.prover = prover
        self.plan: Plan = prover.plan
        self._searched = with_text_keys(prover.plan)
        self.good = GoodRows(prover.plan, prover.dependence)
        self._score = next((number for number in prover.plan.record.numbers if number.kind == "score"), None)

    def verdicts(self, metric: Metric) -> Iterator[EventVerdict]:
        """The statements about one metric; none for one of which it is not said what is better, or without a score."""
        better = self.good.better[metric.name]
        tables = [table.name for table in self.plan.events.tables if metric.name in self.good.moves(table.name)]
        yield from (self._touched(metric, table) for table in tables)
        if better is None or self._score is None or not isinstance(metric.type, Numeric):
            return
        yield self._improved(metric, tables)
        if metric.type.optional and metric.name in self.prover.dependence.behind(("number", "score")):
            form: Literal["rises", "falls"] = "rises" if better > 0 else "falls"
            claim = Claim(f"events {metric.name}", FIRST.en, form, NumberRead("score", self._score.type), None, None, metric.name, "", None)
            yield _first(self.prover, metric, claim, metric.type.high if better > 0 else metric.type.low)

    def _touched(self, metric: Metric, table: str) -> EventVerdict:
        """What else one more row moves."""
        return EventVerdict(metric.name, "touches", "proved", Label(*(self._touched_text(metric, table, language) for language in ("zh", "en"))))

    def _touched_text(self, metric: Metric, table: str, language: str) -> str:
        words, chinese = wording_of(self.plan, language), language == "zh"
        others = {name: motion for name, motion in self.good.moves(table).items() if name != metric.name}
        sides = {
            name: "" if motion.up and motion.down else ("只升" if chinese else "only up") if motion.up else ("只降" if chinese else "only down")
            for name, motion in others.items()
        }
        told = ", ".join(words.name("field", name) + (f" ({side})" if side else "") for name, side in sides.items())
        row = words.name("table", table)
        if chinese:
            return f"{row}的一个新事件还会影响: {told}" if told else f"{row}的一个新事件不影响其他指标"
        return f"one more row of {row} also moves: {told}" if told else f"one more row of {row} moves no other metric"

    def _improved(self, metric: Metric, tables: list[str]) -> EventVerdict:
        if all(self.good.never_lowers(table.name, metric) for table in self._doubtful if table.name in tables):
            return EventVerdict(metric.name, "one more", "proved", IMPROVED)
        found = self._refuted.get(metric.name)
        if found is not None:
            return EventVerdict(metric.name, "one more", "refuted", IMPROVED, found)
        return EventVerdict(metric.name, "one more", "unknown", IMPROVED, reason=KEYS_COMPUTED if self._searched is None else NOT_LOWERED)

    @cached_property
    def _doubtful(self) -> list[Table]:
        return [table for table in self.plan.events.tables if not self.good.never_lowers(table.name)]

    @cached_property
    def _refuted(self) -> dict[str, Replayed]:
        """By metric a good event that lowers the score."""
        if self._searched is None:
            return {}
        search = Lowering(self.prover, self._searched, self.good)
        for table in self._doubtful:
            search.look_in(table_named(self._searched, table.name))
        if self._searched is self.plan:
            return search.found
        told = {name: in_own_keys(self.plan, found) for name, found in search.found.items()}
        return {name: found for name, found in told.items() if found is not None}


def _first(prover: Prover, metric: Metric, claim: Claim, best: int) -> EventVerdict:
    """Whether the score with the metric at its best is never below the score without it: by records drawn, then by z3."""
    if Arrivals(prover.plan.record, metric.name, best, prover.dependence).score_holds():
        return EventVerdict(metric.name, "first", "proved", FIRST)
    search = search_of(prover.plan, claim, prover.quick)
    found = _drawn(search, metric, best)
    if found is not None:
        return EventVerdict(metric.name, "first", "refuted", FIRST, records=found)
    from .solving import solve_first

    answer = solve_first(prover.plan.record, metric.name, best, min(prover.seconds, FIRST_SECONDS))
    if answer.records and not _lowers(search, *answer.records):
        return EventVerdict(metric.name, "first", "unknown", FIRST, reason=NOT_REPLAYED)
    if answer.records:
        return EventVerdict(metric.name, "first", "refuted", FIRST, records=answer.records)
    return EventVerdict(metric.name, "first", "proved", FIRST) if answer.proved else EventVerdict(metric.name, "first", "unknown", FIRST, reason=answer.reason)


def _drawn(search: Search, metric: Metric, best: int) -> tuple[Record, ...] | None:
    random = Random(metric.name)
    drawn = (search.drawer.draw(random, {metric.name: None}) for _ in range(DRAWN))
    return next(((record, record | {metric.name: best}) for record in drawn if _lowers(search, record, record | {metric.name: best})), None)


def _lowers(search: Search, record: Record, other: Record) -> bool:
    """Whether the score is lower on the other record, where both have one."""
    before, after = search.rank(record), search.rank(other)
    return before is not None and after is not None and after < before
