"""The rule page that merchants read, made from the plan: definitions, periods, bands, a worked example, sources, effective dates."""

from __future__ import annotations

from ..calendar import date_of
from ..plan.expressions import Nothing
from ..plan.record import Gate, Hidden, Linked, Number, RecordPlan, StageRow, Tier
from ..plan.ruleset import Plan
from ..plan.values import decimal_text
from ..wording import Wording, wording_of
from .comparison import across_text
from .example import write_example
from .markdown import Page
from .measures import write_metrics, write_populations
from .points import write_adjustments, write_bands, write_parts, write_weights
from .tables import write_value


def rule_page(plan: Plan, language: str) -> str:
    """The page as Markdown, in `language` ("en" or "zh")."""
    words, page = wording_of(plan, language).full(), Page()
    _write_head(page, plan, words)
    write_parts(page, plan.record, words)
    write_weights(page, plan.record, words)
    _write_stages(page, plan.record.stages, words)
    write_bands(page, plan.record, words)
    write_adjustments(page, plan.record, words)
    _write_outcomes(page, plan.record, words)
    _write_displays(page, plan.record, words)
    write_metrics(page, plan, words)
    _write_across(page, plan.record, words)
    write_populations(page, plan.events, words)
    write_example(page, plan, words)
    _write_sources(page, plan, words)
    return page.text


def _write_head(page: Page, plan: Plan, words: Wording) -> None:
    version = plan.version
    page.heading(1, version.label.text(words.language, version.ruleset))
    first = date_of(version.first_day).isoformat()
    if version.last_day is None:
        page.paragraph(words.say("version open", version=version.version, first=first))
    else:
        page.paragraph(words.say("version", version=version.version, first=first, last=date_of(version.last_day).isoformat()))
    page.paragraph(words.say("zone", zone=plan.events.zone.zone))
    if scale := plan.record.scale:
        low, high, step = (decimal_text(value, scale.places) for value in (scale.low, scale.high, scale.step))
        page.paragraph(words.say("scale", low=low, high=high, step=step))


def _write_stages(page: Page, stages: tuple[StageRow, ...], words: Wording) -> None:
    if not stages:
        return
    page.heading(2, words.say("stages"))
    page.table([words.say(key) for key in ("stage", "when", "score")], [_stage_row(row, words) for row in stages])


def _stage_row(row: StageRow, words: Wording) -> list[str]:
    condition = words.say("otherwise") if row.condition is None else words.describe(row.condition)
    score = words.say("full") if row.value is None else words.say("no score") if isinstance(row.value, Nothing) else words.describe(row.value)
    return [row.label.text(words.language, row.name), condition, score]


def _write_outcomes(page: Page, record: RecordPlan, words: Wording) -> None:
    gates = [_gate_text(outcome, words) for outcome in record.outcomes if isinstance(outcome, Gate)]
    linked = [text for each in record.linked for text in _linked_texts(each, record, words)]
    if gates or linked or record.hidden:
        page.heading(2, words.say("gates"))
        page.points([*gates, *linked, *(_hidden_text(each, words) for each in record.hidden)])
    for outcome in record.outcomes:
        if isinstance(outcome, Tier):
            _write_tier(page, outcome, words)


def _gate_text(gate: Gate, words: Wording) -> str:
    text = words.say("open" if gate.kind == "gate" else "applies", gate=gate.label.text(words.language, gate.name), condition=words.describe(gate.condition))
    return text + "".join(words.say("without", outcome=words.outcome(outcome), value=words.describe(value)) for value, outcome in gate.without)


def _linked_texts(linked: Linked, record: RecordPlan, words: Wording) -> list[str]:
    """The gates that close for all, and the sanctions that apply to all."""
    kinds = {outcome.name: outcome.kind for outcome in record.outcomes if isinstance(outcome, Gate)}
    told = {"by": words.name("field", linked.by), "condition": words.describe(linked.condition)}
    texts = []
    for kind, key in (("gate", "linked"), ("sanction", "linked sanctions")):
        names = [words.name("outcome", name) for name in linked.outcomes if kinds[name] == kind]
        texts += [words.say(key, outcomes=", ".join(names), **told)] if names else []
    return texts


def _hidden_text(hidden: Hidden, words: Wording) -> str:
    return words.say("hidden", condition=words.describe(hidden.condition))


def _write_tier(page: Page, tier: Tier, words: Wording) -> None:
    page.heading(2, tier.label.text(words.language, tier.name))
    write_value(page, tier.value, words)
    page.points([words.say("force", tier=force.tier, condition=words.describe(force.condition)) for force in tier.forces])


def _write_displays(page: Page, record: RecordPlan, words: Wording) -> None:
    displays = [number for number in record.numbers if number.kind == "display"]
    if displays:
        page.heading(2, words.say("displays"))
    for number in displays:
        _write_display(page, number, words)


def _write_display(page: Page, number: Number, words: Wording) -> None:
    page.heading(3, words.name("number", number.path))
    write_value(page, number.value, words)


def _write_across(page: Page, record: RecordPlan, words: Wording) -> None:
    rows = [[words.name("field", each.name), across_text(each, words)] for each in record.across]
    if rows:
        page.heading(2, words.say("across"))
        page.table([words.say("name"), words.say("definition")], rows)


def _write_sources(page: Page, plan: Plan, words: Wording) -> None:
    if plan.citations:
        page.heading(2, words.say("sources"))
        page.table([words.say("source"), words.say("note")], [[each.source, each.note] for each in plan.citations])
    if plan.assumptions:
        page.heading(2, words.say("assumed"))
        rows = [[each.path, each.text, f"{each.low} .. {each.high}" if each.low else ""] for each in plan.assumptions]
        page.table([words.say("name"), words.say("number"), words.say("within")], rows)
