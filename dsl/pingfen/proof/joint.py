"""What one more good row of a table does to its subject's score, by structure: how it moves each metric, each peer value behind the score, and by these
together the score.

A good row improves one metric, worsens no other, and neither brings a metric that was missing nor takes one away. All subjects but the row's own have the
metrics that they had, so among the same peers a peer value follows the subject's. What is made of peer values moves
for the others too, and may take them among the peers or away: all of that is told.
"""

from __future__ import annotations

from functools import cached_property
from typing import assert_never

from attrs import evolve

from ..analysis.evaluation import can_be
from ..analysis.scorecard import survey
from ..plan.events import Aggregate, Aggregated, Metric
from ..plan.expressions import Nothing
from ..plan.quantity import Numeric
from ..plan.record import Across, GroupExtreme, PeerMean, PeerMedian, PeerMultiple, PeerRank, PeerTop
from ..plan.ruleset import Plan
from .dependence import Dependence
from .direction import Mover
from .motion import ANY, LOOSE, RISING, STILL, Motion, joined, turned
from .reach import reaches_of
from .record_direction import inside_of
from .replay import Replayed
from .together import not_raised_with
from .touching import row_motion


class GoodRows:
    """Answers for one plan; `better` says for each metric whether more of it is better (1), less (-1), or neither (None): as declared, else as the score goes
    with it. A count or a sum of which nothing is declared is neither: that a larger shop is scored worse does not make an order a bad event."""

    def __init__(self, plan: Plan, dependence: Dependence) -> None:
        self.plan = plan
        self._dependence = dependence
        self._outlook = survey(plan.record)
        self._fields = {field.name for field in plan.record.fields}
        self.better = {metric.name: self._better(metric) for metric in plan.events.metrics}

    def _better(self, metric: Metric) -> int | None:
        if metric.better:
            return 1 if metric.better == "higher" else -1
        if metric.name not in self._fields or not self._has_score() or _counts(metric):
            return None
        motion = self._mover({metric.name: RISING}).number("score", inside=False)
        return None if motion.up == motion.down else 1 if motion.up else -1

    def moves(self, table: str) -> dict[str, Motion]:
        """What one more row of the table can do to each metric, good or not; metrics that it cannot touch are left out."""
        return self._moves[table]

    @cached_property
    def _moves(self) -> dict[str, dict[str, Motion]]:
        events = self.plan.events
        motions = {table.name: {metric.name: row_motion(events, metric, table.name) for metric in events.metrics} for table in events.tables}
        return {table: {name: motion for name, motion in moved.items() if not motion.still} for table, moved in motions.items()}

    def never_lowers(self, table: str, improved: Metric | None = None) -> bool:
        """Whether a good row of the table (one that improves this metric) is shown never to lower the score of its subject, where there is one before and
        after."""
        return not self._has_score() or not self._mover(self._of_good_row(table, improved)).number("score", inside=False).down

    def doubtful(self, table: str) -> list[str]:
        """The metrics without a better side that a row of the table may raise, and by which alone it may lower the score."""
        moves = self._of_good_row(table)
        counts = {metric.name for metric in self.plan.events.metrics if isinstance(metric.type, Numeric) and self.better[metric.name] is None}
        rising = [name for name, motion in moves.items() if name in counts and motion.up]
        return [name for name in rising if self._mover({name: RISING}).number("score", inside=False).down]

    def _of_good_row(self, table: str, improved: Metric | None = None) -> dict[str, Motion]:
        """How fields move by a good row."""
        moves = {name: _good(motion, self.better[name]) for name, motion in self.moves(table).items() if name in self._fields}
        if improved is not None and self.better[improved.name] == -1:
            moves |= {name: evolve(moves[name], up=False) for name in not_raised_with(self.plan.events, improved, table) & moves.keys()}
        for across in self.plan.record.across:
            motion = self._across(across, moves, table)
            if not motion.still:
                moves[across.name] = motion
        return moves

    def _across(self, across: Across, moves: dict[str, Motion], table: str) -> Motion:
        """How a peer or group value moves with the subject's own metrics."""
        among = None if isinstance(across, GroupExtreme) else across.among
        read = self._dependence.of(across.of) | (frozenset() if among is None else self._dependence.of(among))
        if moves.keys().isdisjoint(read):
            return STILL
        mover, other = self._mover(moves), self._mover(self._of_others(moves))
        value, others = mover.motion(across.of, inside_of(mover)), other.motion(across.of, other.outlook.anywhere)
        if not (value.steady and others.steady and self._has_full_stages_only()) or self._lets_others_in(read, table):
            return LOOSE
        if among is not None and (not other.stays(among) or (not mover.stays(among) and can_be(among, False, inside_of(mover)))):
            return LOOSE
        return _among_peers(across, value, others)

    def _of_others(self, moves: dict[str, Motion]) -> dict[str, Motion]:
        """How fields of the other subjects move, in whatever stage they are: peer and group values alone."""
        return {peer.name: _elsewhere(peer, moves[peer.name]) for peer in self.plan.record.across if peer.name in moves}

    def _has_full_stages_only(self) -> bool:
        """Whether a record with a score is in a full stage."""
        return all(row.full or row.value is None or isinstance(row.value, Nothing) for row in self.plan.record.stages)

    def _lets_others_in(self, read: frozenset[str], table: str) -> bool:
        """Whether a row of the table can change the metrics of another subject."""
        metrics = [metric for metric in self.plan.events.metrics if metric.name in read]
        return any(reach.foreign and reach.table == table for metric in metrics for reach in reaches_of(self.plan.events, metric))

    def _has_score(self) -> bool:
        return any(number.kind == "score" for number in self.plan.record.numbers)

    def _mover(self, moves: dict[str, Motion]) -> Mover:
        return Mover(self.plan.record, moves, self._outlook, self._dependence)


def _counts(metric: Metric) -> bool:
    match metric.made:
        case Aggregated(aggregate=Aggregate(form="count" | "distinct" | "sum")):
            return True
        case _:
            return False


def is_good(rows: GoodRows, replayed: Replayed) -> bool:
    """Whether one more row worsened no metric, and brought and took none."""
    for name, better in rows.better.items():
        old, new = replayed.before.get(name), replayed.after.get(name)
        if (old is None) != (new is None):
            return False
        if isinstance(old, int) and isinstance(new, int) and better is not None and (new - old) * better < 0:
            return False
    return True


def _good(motion: Motion, better: int | None) -> Motion:
    """A motion of those that worsen nothing."""
    match better:
        case 1:
            return evolve(motion, down=False)
        case -1:
            return evolve(motion, up=False)
        case _:
            return motion


def _among_peers(peer: Across, value: Motion, others: Motion) -> Motion:
    """How a peer or group value moves where what is compared moves so for the subject and so for the others, and the peers are the same."""
    match peer:
        case PeerMean(pooled=True):
            return LOOSE
        case PeerMean() | PeerMedian() | GroupExtreme():
            return joined([value, others])
        case PeerMultiple():
            return evolve(value if others.still else ANY, steady=False)
        case PeerRank(better=better) | PeerTop(better=better):
            return ANY if not others.still else value if better == "higher" else turned(value)
        case _:
            assert_never(peer)


def _elsewhere(peer: Across, motion: Motion) -> Motion:
    """How a peer or group value that moves so for the subject moves for another: a mean as it, the place of one as that of the other does not."""
    match peer:
        case PeerMean() | PeerMedian() | GroupExtreme():
            return motion
        case PeerRank() | PeerTop():
            return evolve(ANY, steady=motion.steady)
        case PeerMultiple():
            return LOOSE
        case _:
            assert_never(peer)
