"""Whether any data can produce a record: relations between metrics of the same rows, such as that a part of the rows never outnumbers them all.

Metrics are searched as if they were independent; a counterexample that breaks one of these relations is still a counterexample to the claim as
written, and is labelled. Only sure relations are used, so a record without a label may be impossible too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations

from ..plan.events import Aggregate, Aggregated, EventPlan, Metric
from ..plan.expressions import AllOf, Expression
from ..plan.label import Label
from ..plan.ruleset import Plan
from ..reference import Value


def impossibilities(plan: Plan, record: Mapping[str, Value]) -> tuple[Label, ...]:
    """Why no data can produce the record, in both languages; empty where nothing is known against it."""
    metrics = [metric for metric in plan.events.metrics if metric.name in record and isinstance(metric.made, Aggregated)]
    found = [reason for first, second in permutations(metrics, 2) for reason in _against(plan.events, first, second, record)]
    return tuple(dict.fromkeys(found))


def _against(plan: EventPlan, other: Metric, count: Metric, record: Mapping[str, Value]) -> Iterator[Label]:
    """What a count says against the value of another metric."""
    assert isinstance(other.made, Aggregated)
    assert isinstance(count.made, Aggregated)
    rows = record[count.name]
    if count.made.aggregate.form != "count" or not isinstance(rows, int):
        return
    if _among(plan, other.made.aggregate, count.made.aggregate):
        yield from _against_part(other, other.made, record[other.name], count.name, rows)
    if other.made.aggregate.form == "share" and _among(plan, count.made.aggregate, other.made.aggregate):
        yield from _against_whole(other, other.made, record[other.name], count.name, rows)
    if _is_numerator(count.made.aggregate, other.made.aggregate) and rows == 0 and record[other.name] not in (0, None):
        yield Label(zh=f"`{count.name}` 为 0 时 `{other.name}` 为 0 或缺", en=f"`{other.name}` is 0 or none where `{count.name}` is 0")


def _against_part(part: Metric, made: Aggregated, value: Value, count: str, rows: int) -> Iterator[Label]:
    """For a metric of some of the counted rows: no more than all of them, and none where there are too few."""
    match made.aggregate.form:
        case "count" | "distinct" if isinstance(value, int) and value > rows:
            yield Label(zh=f"`{part.name}` 不会多于 `{count}`", en=f"`{part.name}` is never more than `{count}`")
        case "share" | "mean" | "minimum" | "maximum" if value is not None and rows < max(made.needs, 1):
            yield Label(zh=f"`{count}` 为 {rows} 时 `{part.name}` 必缺", en=f"`{part.name}` is none where `{count}` is {rows}")
        case _:
            return


def _against_whole(share: Metric, made: Aggregated, value: Value, count: str, rows: int) -> Iterator[Label]:
    """For a share of rows among which the counted ones are: given where these are enough."""
    if value is None and rows >= max(made.needs, 1):
        yield Label(zh=f"`{count}` 为 {rows} 时 `{share.name}` 不缺", en=f"`{share.name}` is given where `{count}` is {rows}")


def _is_numerator(count: Aggregate, share: Aggregate) -> bool:
    """Whether a count counts just what a share counts."""
    wanted = {*_conjuncts(share.condition), *_conjuncts(share.counted)}
    alike = (count.source, count.window, count.by) == (share.source, share.window, share.by)
    return share.form == "share" and alike and _reads_all(count) and _reads_all(share) and set(_conjuncts(count.condition)) == wanted


def _among(plan: EventPlan, part: Aggregate, whole: Aggregate) -> bool:
    """Whether every row that enters the first surely enters the second."""
    windows = part.window == whole.window or (
        part.window.unit == whole.window.unit and part.window.lag == whole.window.lag and part.window.length <= whole.window.length
    )
    conditions = set(_conjuncts(whole.condition)) <= set(_conjuncts(part.condition))
    return windows and conditions and part.by == whole.by and whole.source in _sources(plan, part.source) and _reads_all(part) and _reads_all(whole)


def _reads_all(aggregate: Aggregate) -> bool:
    """Whether every row of the window enters that holds the condition, and weighs something."""
    return not aggregate.shorter and aggregate.latest is None and all(band.weight for band in aggregate.recency)


def _conjuncts(condition: Expression | None) -> tuple[Expression, ...]:
    match condition:
        case None:
            return ()
        case AllOf(conditions=conditions):
            return conditions
        case _:
            return (condition,)


def _sources(plan: EventPlan, name: str) -> set[str]:
    """A population and all that it is taken from; `any orders` makes one that is called like its table."""
    population = next((each for each in plan.populations if each.name == name), None)
    return {name} if population is None or population.source == name else {name, *_sources(plan, population.source)}
