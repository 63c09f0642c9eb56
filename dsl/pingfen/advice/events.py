"""Advice in terms of events: how many more good events a metric needs, and what each coming day brings if nothing happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, assert_never

from attrs import frozen

from ..arithmetic import divide
from ..plan.events import Aggregate, Aggregated, Derived, Metric, Rate
from ..plan.quantity import Exact, Numeric
from ..plan.ruleset import Plan
from ..reference import Data, Evaluation, Value, evaluate
from ..reference.crossing import Scored, rows_of_subject, score_subjects
from ..reference.metrics import Quotient, entering, period
from ..reference.populations import Populations
from ..reference.rows import Row, key_of
from .goal import value_of
from .ways import Advice, Move, Way

Rows = tuple[Mapping[str, Sequence[Row]], Populations]
"""One subject's rows of each table and population on a day, and the populations that they are read among."""
MOST_EVENTS = 10**9
NAMED = 3


@frozen
class MoreEvents:
    """So many more rows of a source move a metric to its goal: rows that count in a share, rows that do not, or rows with the best value in a mean. Each adds
    `adds` to the numerator; `value` is the best value."""

    source: str
    count: int
    kind: Literal["counted", "not counted", "best value"]
    adds: int
    value: int | None = None


@frozen(repr=False)
class Departure:
    """A metric that changes as rows that it was made of leave its window (or as time passes); `rows` are the keys of the first of them, `left` says how many
    there are."""

    metric: str
    before: Value
    after: Value
    rows: tuple[str, ...]
    left: int


@frozen(repr=False)
class Day:
    """One coming day, if nothing happens: its scorecard, and the metrics that are others than the day before."""

    day: int
    evaluation: Evaluation
    departures: tuple[Departure, ...]


def more_events(advice: Advice, way: Way, move: Move, scored: Scored) -> MoreEvents | None:
    """How many more events of one kind take a metric as far as a move of the way; None where events of one kind cannot be said to, or where they take it past
    the move to a value with which the way, all its other moves made, does not lead where it does."""
    metric = next((each for each in advice.plan.events.metrics if each.name == move.lever.name), None)
    if metric is None:
        return None
    quotient = scored.measured[metric.name].quotient
    match metric:
        case Metric(made=Aggregated(aggregate=Aggregate(form="share" | "mean" as form, weight=None, recency=(), latest=None, shorter=()) as made) as how):
            if quotient is None or isinstance(metric.type, Exact):
                return None
            more = _more(made, how, quotient, move, form)
            return more if more and _leads(advice, way, metric.name, _value_with(how, quotient, more.count, more.adds)) else None
        case _:
            return None


def _leads(advice: Advice, way: Way, metric: str, value: int) -> bool:
    """Whether a way still leads where it does if one of its metrics comes to another value, by the interpreter."""
    goal = advice.goal_of(way)
    return goal.is_met(value_of(goal, evaluate(advice.plan.record, {**way.record, metric: value})))


def _more(made: Aggregate, how: Aggregated, quotient: Quotient, move: Move, form: Literal["share", "mean"]) -> MoreEvents | None:
    up = move.lever.improvable.direction == "up"
    if form == "mean":
        kind = made.value.type if made.value is not None else None
        if not isinstance(kind, Numeric):
            return None
        each = kind.high if up else kind.low
        count = _least_count(how, quotient, each, move.value, up)
        return None if count is None else MoreEvents(made.source, count, "best value", each, each)
    count = _least_count(how, quotient, int(up), move.value, up)
    return None if count is None else MoreEvents(made.source, count, "counted" if up else "not counted", int(up))


def _least_count(how: Aggregated, quotient: Quotient, each: int, goal: int, up: bool) -> int | None:
    """The fewest rows that add `each` to the numerator and 1 to the denominator and take the quotient to the goal."""

    def reaches(count: int) -> bool:
        value = _value_with(how, quotient, count, each)
        return value >= goal if up else value <= goal

    if not reaches(MOST_EVENTS):
        return None
    low, high = 0, MOST_EVENTS
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reaches(middle) else (middle + 1, high)
    return low


def _value_with(how: Aggregated, quotient: Quotient, count: int, each: int) -> int:
    """The metric's value with so many rows more, each of which adds so much to the numerator."""
    numerator, denominator = quotient.numerator + each * count, quotient.denominator + count
    return divide(numerator * how.scale, denominator * how.unit, how.mode) * how.step


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
