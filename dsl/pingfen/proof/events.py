"""What is true of events, metric by metric: which of them can change it, whose they are, and whether one more good event can lower the score.

The first two are read off the plan; where rows of other subjects get in, events that show it are made and replayed. The third is settled by what one
event moves and by the rule's structure, or refuted by events.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..documents.measures import days_text
from ..node import nodes_in
from ..plan.events import Metric
from ..plan.expressions import FieldRead
from ..plan.label import Label
from ..plan.record import GroupExtreme
from ..plan.ruleset import Plan
from ..wording import Wording, wording_of
from .claims import Prover
from .one_more import OneMore
from .reach import Reach, reaches_of
from .strangers import Strangers
from .verdict import EventVerdict


def event_verdicts(plan: Plan, prover: Prover) -> Iterator[EventVerdict]:
    """The statements about each metric, and one about the score."""
    one_more, strangers = OneMore(prover), Strangers(plan)
    for metric in plan.events.metrics:
        reaches = reaches_of(plan.events, metric)
        yield EventVerdict(metric.name, "window", "proved", Label(*(_reach_text(plan, reaches, language) for language in ("zh", "en"))))
        yield _subjects_verdict(metric, reaches, strangers)
        yield from one_more.verdicts(metric)
    if plan.events.metrics:
        yield EventVerdict("", "subjects", "proved", Label(*(others_told(plan, language) for language in ("zh", "en"))))


def _reach_text(plan: Plan, reaches: tuple[Reach, ...], language: str) -> str:
    words = wording_of(plan, language)
    return "; ".join(_one_reach(reach, words, language) for reach in reaches)


def _one_reach(reach: Reach, words: Wording, language: str) -> str:
    name, chinese = words.name("table", reach.table), language == "zh"
    if reach.window is None:
        return f"{name}: {'D 之前任何时候' if chinese else 'any time before D'}"
    text = f"{name}: {days_text(reach.window, words)}"
    if reach.by is not None:
        text += f" ({words.describe(reach.by)})"
    return text + ((f", 另向前 {reach.back} 天" if chinese else f", and {reach.back} days further back") if reach.back else "")


def _subjects_verdict(metric: Metric, reaches: tuple[Reach, ...], strangers: Strangers) -> EventVerdict:
    told = Label(zh="只有本主体的事件", en="only events of the subject itself")
    if not any(reach.foreign for reach in reaches):
        return EventVerdict(metric.name, "subjects", "proved", told)
    found = strangers.find(metric, reaches)
    if found is None:
        return EventVerdict(metric.name, "subjects", "unknown", told, reason=strangers.reason)
    return EventVerdict(metric.name, "subjects", "refuted", told, found)


def others_told(plan: Plan, language: str) -> str:
    """By what other subjects reach the score and its outcomes."""
    peers = [each.name for each in plan.record.across]
    links = sorted({rule.by for rule in plan.record.linked})
    metrics = _let_others_in(plan)
    chinese = language == "zh"
    if not metrics and not peers and not links:
        return "其他主体的事件不影响结果" if chinese else "no event of another subject changes a result"
    groups = {each.name for each in plan.record.across if isinstance(each, GroupExtreme)}
    told = [f"{'指标' if chinese else 'metric'} `{name}`" for name in metrics]
    told += [f"{'组值' if chinese else 'group'} `{name}`" if name in groups else f"{'同行值' if chinese else 'peer'} `{name}`" for name in peers]
    told += [f"{'关联' if chinese else 'link'} `{name}`" for name in links]
    return ("其他主体只通过 " if chinese else "other subjects reach results only by ") + ", ".join(told)


def _let_others_in(plan: Plan) -> list[str]:
    """The metrics that scoring reads and that rows of other subjects can change."""
    read = {node.name for node in nodes_in(plan.record) if isinstance(node, FieldRead)}
    return [metric.name for metric in plan.events.metrics if metric.name in read and any(reach.foreign for reach in reaches_of(plan.events, metric))]
