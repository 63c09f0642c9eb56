"""Can one more good event lower the score? All other metrics being as they are, that is whether the score follows the metric; and, where the metric was
missing, whether the first good event, which brings it at its best, gives no less than none did."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ..analysis.scorecard import survey
from ..plan.events import Metric
from ..plan.expressions import NumberRead
from ..plan.label import Label
from ..plan.quantity import Numeric
from ..plan.ruleset import Claim
from ..trial.claims import search_of
from ..trial.target import Record
from .arrival import Arrivals
from .claims import Prover
from .direction import Mover
from .verdict import EventVerdict

DRAWN, FIRST_SECONDS = 300, 4.0
IMPROVED = Label(zh="使其更好的事件不会降低分数 (其余指标不变)", en="an event that improves it never lowers the score, all other metrics being as they are")
FIRST = Label(zh="使其从缺变为最好的首个事件不会降低分数", en="the first event, which brings it at its best, never lowers the score")


def one_more(prover: Prover, metric: Metric) -> Iterator[EventVerdict]:
    """The statements about one more event of a metric; none for one that the score does not read, or that it follows neither way."""
    plan = prover.plan
    score = next((number for number in plan.record.numbers if number.kind == "score"), None)
    if score is None or metric.name not in prover.dependence.behind(("number", "score")) or not isinstance(metric.type, Numeric):
        return
    better = _better(prover, metric)
    if better is None:
        return
    claim = Claim(f"events {metric.name}", IMPROVED.en, "rises" if better > 0 else "falls", NumberRead("score", score.type), None, None, metric.name, "", None)
    verdict = prover.settle(claim)
    yield EventVerdict(metric.name, "one more", verdict.state, IMPROVED, refutations=verdict.refutations)
    if metric.type.optional:
        yield _first(prover, metric, claim, metric.type.high if better > 0 else metric.type.low)


def _better(prover: Prover, metric: Metric) -> int | None:
    """1 where a higher value is better, -1 where a lower one is: as declared, else as the score goes; None where it goes both ways or neither."""
    if metric.better:
        return 1 if metric.better == "higher" else -1
    motion = Mover(prover.plan.record, metric.name, survey(prover.plan.record), prover.dependence).number("score", inside=False)
    return None if motion.up == motion.down else 1 if motion.up else -1


def _first(prover: Prover, metric: Metric, claim: Claim, best: int) -> EventVerdict:
    """Whether the score with the metric at its best is never below the score without it: by records drawn, then by z3."""
    if Arrivals(prover.plan.record, metric.name, best, prover.dependence).score_holds():
        return EventVerdict(metric.name, "first", "proved", FIRST)
    found = _drawn(prover, metric, claim, best)
    if found is not None:
        return EventVerdict(metric.name, "first", "refuted", FIRST, records=found)
    from .solving import solve_first

    answer = solve_first(prover.plan.record, metric.name, best, min(prover.seconds, FIRST_SECONDS))
    if answer.records:
        return EventVerdict(metric.name, "first", "refuted", FIRST, records=answer.records)
    return EventVerdict(metric.name, "first", "proved" if answer.proved else "unknown", FIRST)


def _drawn(prover: Prover, metric: Metric, claim: Claim, best: int) -> tuple[Record, ...] | None:
    search, random = search_of(prover.plan, claim, prover.quick), Random(metric.name)
    for _ in range(DRAWN):
        record = search.drawer.draw(random, {metric.name: None})
        without, brought = search.rank(record), search.rank(record | {metric.name: best})
        if without is not None and brought is not None and brought < without:
            return record, record | {metric.name: best}
    return None
