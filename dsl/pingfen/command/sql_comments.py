"""What the comments of a statement say: the rule as it is written, and its line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..pipeline import Compilation
    from ..ruleset import Ruleset
    from ..source import Span

LONGEST = 300


def comments_of(ruleset: Ruleset) -> dict[str, str]:
    """Comments by what they are of: `metric volume`, `number product.praise`, `outcome campaigns`, `population valid_orders`. None for an artifact, which
    holds no text."""
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
    plan, found = compilation.plan, {}
    assert plan is not None
    places = compilation.source_map
    for metric in plan.events.metrics:
        found[f"metric {metric.name} "] = places.span_of(metric)
    for population in plan.events.populations:
        found[f"population {population.name}"] = places.span_of(population)
    for number in plan.record.numbers:
        found[f"number {number.path}"] = places.span_of(number) if places.span_of(number).end else places.span_of(number.value)
    for outcome in plan.record.outcomes:
        found[f"outcome {outcome.name}"] = places.span_of(outcome)
    return {of: _said(compilation, span) for of, span in found.items() if span.end}


def _said(compilation: Compilation, span: Span) -> str:
    source = compilation.source
    words = " ".join(source.text[span.start : span.end].split())
    return f"line {source.line_of(span.start)}: {words if len(words) <= LONGEST else words[:LONGEST] + ' ...'}"
