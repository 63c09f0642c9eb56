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


def _against(plan: EventPlan, part: Metric, whole: Metric, record: Mapping[str, Value]) -> Iterator[Label]:
    """What two metrics say against a record, when the rows of the first are among those of the second."""
    assert isinstance(part.made, Aggregated)
    assert isinstance(whole.made, Aggregated)
    if whole.made.aggregate.form != "count" or not _among(plan, part.made.aggregate, whole.made.aggregate):
        return
    value, rows = record[part.name], record[whole.name]
    if not isinstance(rows, int):
        return
    match part.made.aggregate.form:
        case "count" | "distinct" if isinstance(value, int) and value > rows:
            yield Label(zh=f"`{part.name}` 不会多于 `{whole.name}`", en=f"`{part.name}` is never more than `{whole.name}`")
        case "share" | "mean" | "minimum" | "maximum" if value is not None and rows < max(part.made.needs, 1):
            yield Label(zh=f"`{whole.name}` 为 {rows} 时 `{part.name}` 必缺", en=f"`{part.name}` is none where `{whole.name}` is {rows}")
        case "share" if value is None and rows >= part.made.needs and rows > 0 and _among(plan, whole.made.aggregate, part.made.aggregate):
            yield Label(zh=f"`{whole.name}` 为 {rows} 时 `{part.name}` 不缺", en=f"`{part.name}` is given where `{whole.name}` is {rows}")
        case _:
            return


def _among(plan: EventPlan, part: Aggregate, whole: Aggregate) -> bool:
    """Whether every row that enters the first surely enters the second."""
    windows = part.window == whole.window or (
        part.window.unit == whole.window.unit and part.window.lag == whole.window.lag and part.window.length <= whole.window.length
    )
    conditions = set(_conjuncts(whole.condition)) <= set(_conjuncts(part.condition))
    return windows and conditions and part.by == whole.by and whole.source in _sources(plan, part.source)


def _conjuncts(condition: Expression | None) -> tuple[Expression, ...]:
    match condition:
        case None:
            return ()
        case AllOf(conditions=conditions):
            return conditions
        case _:
            return (condition,)


def _sources(plan: EventPlan, name: str) -> set[str]:
    """A population and all that it is taken from."""
    population = next((each for each in plan.populations if each.name == name), None)
    return {name} if population is None else {name, *_sources(plan, population.source)}
