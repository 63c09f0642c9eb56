"""What each coming day brings if nothing happens: its scorecard, and the rows that leave the periods of metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from attrs import frozen

from ..plan.events import Aggregate, Aggregated, Derived, Metric, Rate
from ..plan.ruleset import Plan
from ..reference import Data, Evaluation, Value
from ..reference.crossing import Scored, rows_of_subject, score_subjects
from ..reference.metrics import entering, period
from ..reference.populations import Populations
from ..reference.rows import Row, key_of

Rows = tuple[Mapping[str, Sequence[Row]], Populations]
"""One subject's rows of each table and population on a day, and the populations that they are read among."""
NAMED = 3


@frozen(repr=False)
class Departure:
    """A metric that changes as rows that it was made of leave its window (or as time passes); `rows` are the keys of the first of them, `left` says how many
    there are."""

    metric: str
    before: Value
    after: Value
    rows: tuple[str, ...]
    left: int
    alone: bool = True
    """Whether the rows that left are all that changed it."""


@frozen(repr=False)
class Day:
    """One coming day, if nothing happens: its scorecard, and the metrics that are others than the day before."""

    day: int
    evaluation: Evaluation
    departures: tuple[Departure, ...]


def outlook(plan: Plan, data: Data, as_of: int, subject: Value, days: int) -> tuple[Day, ...]:
    """The subject's scorecard on each of the days after `as_of` with the same events. Events that are known but happen later come in on their day."""
    before = score_subjects(plan, data, as_of)[subject]
    found: list[Day] = []
    for day in range(as_of + 1, as_of + days + 1):
        scored = score_subjects(plan, data, day).get(subject)
        if scored is None:
            break
        found.append(Day(day, scored.evaluation, tuple(_departures(plan, data, day, subject, before, scored))))
        before = scored
    return tuple(found)


def _departures(plan: Plan, data: Data, day: int, subject: Value, before: Scored, after: Scored) -> list[Departure]:
    fields = {field.name for field in plan.record.fields}
    changed = [metric for metric in plan.events.metrics if metric.name in fields and before.values[metric.name] != after.values[metric.name]]
    found = []
    ends = [rows_of_subject(plan, data, each, subject) for each in (day - 1, day)] if changed else []
    for metric in changed:
        keys = list(dict.fromkeys(key for made in _aggregates(metric) for key in _leaving(made, *ends)))
        found.append(Departure(metric.name, before.values[metric.name], after.values[metric.name], tuple(keys[:NAMED]), len(keys)))
    return found


def _aggregates(metric: Metric) -> tuple[Aggregate, ...]:
    """What a metric is made of itself; of one made of other metrics, nothing."""
    match metric.made:
        case Aggregated(aggregate=made):
            return (made,)
        case Rate(counted=counted, per=per):
            return counted, per
        case Derived():
            return ()
        case _:
            assert_never(metric.made)


def _leaving(made: Aggregate, before: Rows, after: Rows) -> list[str]:
    """The keys of the subject's rows that entered the day before and lie before the window of the day."""
    low, _ = period(made, *after)
    return [str(row.read[key_of(row.table)]) for time, row in entering(made, *before) if time < low]
