"""What is measured, on a page: metrics with their periods, and which events count."""

from __future__ import annotations

from typing import assert_never

from ..plan.events import Aggregate, Aggregated, Derived, EventPlan, First, Keep, Metric, Population, Rate, Shorter, Window
from ..plan.expressions import ColumnRead, Expression
from ..plan.ruleset import Plan
from ..wording import Wording
from .markdown import Page


def write_metrics(page: Page, plan: Plan, words: Wording) -> None:
    """A row for each metric: definition and period; then the values that come from elsewhere."""
    if plan.events.metrics:
        page.heading(2, words.say("metrics"))
        header = [words.say(key) for key in ("metric", "definition", "window")]
        page.table(header, [_metric_row(metric, plan.events, words) for metric in plan.events.metrics])
    inputs = [field for field in plan.record.fields if field.kind == "input"]
    if inputs:
        page.heading(2, words.say("inputs"))
        page.points([field.label.text(words.language, field.name) for field in inputs])


def write_populations(page: Page, events: EventPlan, words: Wording) -> None:
    """A row for each population: its steps in order."""
    if events.populations:
        page.heading(2, words.say("populations"))
        rows = [[words.name("table", each.name), population_text(each, words)] for each in events.populations]
        page.table([words.say("population"), words.say("definition")], rows)


def _metric_row(metric: Metric, events: EventPlan, words: Wording) -> list[str]:
    definition, window = definition_of(metric, events, words)
    return [words.name("field", metric.name), definition, window]


def definition_of(metric: Metric, events: EventPlan, words: Wording) -> tuple[str, str]:
    """What a metric is, and its period ("" for one that is made of others)."""
    match metric.made:
        case Derived(value=value):
            return words.describe(value), ""
        case Rate(counted=counted, per=per, needs=needs):
            text = words.say("rate", counted=_aggregate_text(counted, words), per=_aggregate_text(per, words))
            return text + _needs(needs, words), _window_text(counted, events, words)
        case Aggregated(aggregate=aggregate, needs=needs):
            return _aggregate_text(aggregate, words) + _needs(needs, words), _window_text(aggregate, events, words)
        case _:
            assert_never(metric.made)


def _needs(needs: int, words: Wording) -> str:
    return words.say("needs", needs=needs) if needs > 1 else ""


def _aggregate_text(aggregate: Aggregate, words: Wording) -> str:
    parts = {key: words.describe(node) for key, node in (("value", aggregate.value), ("counted", aggregate.counted)) if node is not None}
    text = words.say(aggregate.form, source=words.name("table", aggregate.source), **parts)
    if aggregate.weight is not None:
        text += words.say("weighted", weight=words.describe(aggregate.weight))
    if aggregate.condition is not None:
        text += words.say("with", condition=words.describe(aggregate.condition))
    return text + _recency_text(aggregate, words)


def _recency_text(aggregate: Aggregate, words: Wording) -> str:
    """The weights by age, the newest first."""
    bands = [words.say("older band" if band.days is None else "age band", days=band.days, weight=band.weight) for band in aggregate.recency]
    return words.say("recency", bands=", ".join(bands)) if bands else ""


def _window_text(aggregate: Aggregate, events: EventPlan, words: Wording) -> str:
    text = days_text(aggregate.window, words)
    if aggregate.latest is not None:
        text = words.say("latest", latest=aggregate.latest, window=text)
    if aggregate.shorter:
        text = words.say("growing", steps="; ".join(_shorter_text(each, aggregate, words) for each in aggregate.shorter), window=text)
    return text if _is_plain_time(aggregate.by, aggregate.table, events) else text + words.say("by", time=words.describe(aggregate.by))


def days_text(window: Window, words: Wording) -> str:
    """The days of a window, in words."""
    return words.say(f"last {window.unit}" + (" lag" if window.lag else ""), length=window.length, lag=window.lag)


def _shorter_text(shorter: Shorter, aggregate: Aggregate, words: Wording) -> str:
    own = shorter.volume.source == aggregate.source
    source = words.name("table", shorter.volume.source)
    return words.say("enough" if own else "enough of", window=days_text(shorter.window, words), least=shorter.least, source=source)


def _is_plain_time(by: Expression, table: str, events: EventPlan) -> bool:
    happens = {column.name for each in events.tables if each.name == table for column in each.columns if column.role == "happens"}
    return isinstance(by, ColumnRead) and by.name in happens


def population_text(population: Population, words: Wording) -> str:
    """The steps of a population in order."""
    steps = [_step_text(step, words) for step in population.steps]
    return "; ".join([words.say("all rows", source=words.name("table", population.source)), *steps])


def _step_text(step: Keep | First, words: Wording) -> str:
    if isinstance(step, Keep):
        return words.say("only", condition=words.describe(step.condition))
    keys = ", ".join(words.describe(key) for key in step.keys)
    return words.say("first" if step.days is None else "first back", count=step.count, keys=keys, time=words.describe(step.time), days=step.days)
