"""Events of another subject that change a metric: made for it, replayed by the interpreter, and made few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from random import Random

from attrs import evolve as changed

from ..node import evolve
from ..plan.events import Metric
from ..plan.label import Label
from ..plan.record import Field
from ..plan.ruleset import Plan
from ..reference import InterpretationError
from ..trial.cleanness import unclean_rows
from .bundles import Stock, stock_of
from .collisions import OTHER, OWN, Change, Collisions
from .keys import in_own_keys, with_text_keys
from .reach import Reach
from .replay import Replayed, Scene, owner_of, replay, scores_on
from .verdict import KEYS_COMPUTED, NOT_FOUND

SHOPS, ROWS = 400, 40_000  # of one metric: so many shops, of so many rows in all, some three seconds: a search that finds nothing ends
CONFIRMED = 5


class Strangers:
    """The search for one plan; its rows are made once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._searched = with_text_keys(plan)
        self._stock: Stock | None = None

    @property
    def reason(self) -> Label:
        """Why nothing is found where rows of other subjects may get in."""
        return KEYS_COMPUTED if self._searched is None else NOT_FOUND

    def find(self, metric: Metric, reaches: Sequence[Reach]) -> Replayed | None:
        """A row of another subject that changes the metric; None where none is found."""
        if self._searched is None:
            return None
        if self._stock is None:
            self._stock = stock_of(self._searched)
        foreign = {reach.table: reach.foreign for reach in reaches if reach.foreign}
        search = _Search(_watching(self._searched, metric), self._stock, metric, foreign)
        found = (in_own_keys(_watching(self._plan, metric), each) for each in islice(search.found(Random(metric.name)), CONFIRMED))
        return next((each for each in found if each is not None), None)


def _watching(plan: Plan, metric: Metric) -> Plan:
    """The plan whose record holds the metric in any case: one that only other metrics read is no field."""
    if any(field.name == metric.name for field in plan.record.fields):
        return plan
    return evolve(plan, record=evolve(plan.record, fields=(*plan.record.fields, Field(metric.name, metric.label, "metric", metric.type, 0))))


class _Search:
    def __init__(self, plan: Plan, stock: Stock, metric: Metric, foreign: Mapping[str, str]) -> None:
        self._plan, self._stock, self._metric = plan, stock, metric.name
        self._collisions = Collisions(plan.events, stock, metric, foreign)

    def found(self, random: Random) -> Iterator[Replayed]:
        """What changes the metric of the shop by a row of another."""
        rows = 0
        for _ in range(SHOPS):
            for change in self._collisions.changes(random):
                rows += sum(map(len, change.others.values()))
                found = self._tried(change)
                if found is not None:
                    yield self._smaller(change, found)
            if rows > ROWS:
                return

    def _smaller(self, change: Change, found: Replayed) -> Replayed:
        """The same with as few other rows of the shop as it takes, one bundle after the other."""
        for bundle in change.rest:
            less = changed(change, rest=tuple(each for each in change.rest if each is not bundle))
            tried = self._tried(less)
            if tried is not None:
                change, found = less, tried
        return found

    def _tried(self, change: Change) -> Replayed | None:
        """The change on the metric of a subject whose row it is not; None where there is none."""
        others, name = change.others, change.table.name
        earlier = [] if change.instead is None else [change.instead]
        data = [self._stock.data(self._stock.profiles[0], {**others, name: [*others.get(name, ()), *rows]}, [OWN, OTHER]) for rows in (earlier, [change.row])]
        if any(unclean_rows(self._plan, each) for each in data):
            return None
        try:
            scene = Scene(self._plan, data[0], self._stock.as_of, scores_on(self._plan, data[0], self._stock.as_of))
        except InterpretationError:
            return None
        tried = (changed(each, instead=change.instead) for each in replay(scene, change.table, change.row, data[1]))
        return next((each for each in tried if self._shows(each)), None)

    def _shows(self, replayed: Replayed) -> bool:
        return replayed.before.get(self._metric) != replayed.after.get(self._metric) and owner_of(self._plan, replayed) != replayed.subject
