"""What the comments of a statement say: the rule as it is written, and its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..pipeline import Compilation
    from ..plan.events import EventPlan
    from ..plan.record import RecordPlan
    from ..ruleset import Ruleset
    from ..source import Span

    Rules = Iterator[tuple[str, Sequence[object]]]
    """What rules are of, each with the nodes of which the first that stands in the text is told; of the stages each is."""

LONGEST = 300


def comments_of(ruleset: Ruleset) -> dict[str, str]:
    """Comments by what they are of: `metric volume`, `number product.praise`, `adjusted total.cap.1`, `outcome campaigns`, `population valid_orders`,
    `field typical` (a peer or group value, an input), `column orders waiting`, `stage`, `closing 0`, `hidden 0`. None for an artifact, which holds no text."""
    origin = Path(ruleset.path)
    if origin.suffix != ".pf":
        return {}
    from ..diagnostics.diagnostic import Diagnostic
    from ..pipeline import compile_source
    from ..reading import read_source

    source = read_source(origin)
    if isinstance(source, Diagnostic):
        return {}
    compilation = compile_source(source, ruleset.parameters)
    return {} if compilation.plan is None else _of_plan(compilation)


def _of_plan(compilation: Compilation) -> dict[str, str]:
    plan, span_of = compilation.plan, compilation.source_map.span_of
    assert plan is not None
    found: dict[str, list[Span]] = {}
    for of, nodes in (*_of_events(plan.events), *_of_record(plan.record)):
        spans = [span for span in map(span_of, nodes) if span.end]
        found[of] = spans if of == "stage" else spans[:1]
    return {of: "; ".join(_said(compilation, span) for span in spans) for of, spans in found.items() if spans}


def _of_events(events: EventPlan) -> Rules:
    for table in events.tables:
        yield from ((f"column {table.name} {column.name}", (column, column.computed)) for column in table.columns if column.computed is not None)
    yield from ((f"population {population.name}", (population,)) for population in events.populations)
    yield from ((f"metric {metric.name}", (metric,)) for metric in events.metrics)


def _of_record(record: RecordPlan) -> Rules:
    yield from ((f"field {field.name}", (field,)) for field in record.fields if field.kind == "input")
    yield from ((f"field {across.name}", (across,)) for across in record.across)
    yield "stage", record.stages
    for number in record.numbers:
        yield f"number {number.path}", (number, number.value)
        yield from ((f"adjusted {number.path}.{each.kind}.{index}", (each,)) for index, each in enumerate(number.adjustments, start=1))
    yield from ((f"outcome {outcome.name}", (outcome,)) for outcome in record.outcomes)
    yield from ((f"closing {index}", (rule, rule.condition)) for index, rule in enumerate(record.linked))
    yield from ((f"hidden {index}", (rule, rule.condition)) for index, rule in enumerate(record.hidden))


def _said(compilation: Compilation, span: Span) -> str:
    source = compilation.source
    words = " ".join(source.text[span.start : span.end].split())
    return f"line {source.line_of(span.start)}: {words if len(words) <= LONGEST else words[:LONGEST] + ' ...'}"
