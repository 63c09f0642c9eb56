"""What checking one text gives, as data that can be stored: its diagnostics and the facts of its version."""

from __future__ import annotations

from typing import Any

from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..node import frozen
from ..source import Source, Span
from ..versions.facts import VersionFacts


@frozen
class Finding:
    """The diagnostics of one text and, where its header is complete, the facts of its version."""

    diagnostics: tuple[Diagnostic, ...]
    facts: VersionFacts | None


def find(source: Source) -> Finding:
    """Compile a text as far as it goes."""
    from ..pipeline import compile_source
    from ..versions.facts import facts_of

    compilation = compile_source(source)
    facts = facts_of(compilation.document) if compilation.document else None
    dated = facts is not None and not any(_touches(diagnostic.span, facts.effective_span) for diagnostic in compilation.diagnostics)
    return Finding(tuple(compilation.diagnostics), facts if dated else None)


def _touches(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def pack(finding: Finding) -> dict[str, Any]:
    """The finding as JSON-able data, without the text."""
    return {"diagnostics": [_pack(diagnostic) for diagnostic in finding.diagnostics], "facts": _pack_facts(finding.facts)}


def unpack(data: dict[str, Any], source: Source) -> Finding:
    """The finding of a text from its data. Raises KeyError, TypeError or ValueError on data of another shape."""
    return Finding(tuple(_unpack(packed, source) for packed in data["diagnostics"]), _unpack_facts(data["facts"]))


def _pack_facts(facts: VersionFacts | None) -> list[Any] | None:
    if facts is None:
        return None
    spans = (facts.ruleset_span, facts.version_span, facts.effective_span, facts.subject_span)
    return [facts.ruleset, facts.version, facts.first, facts.last, facts.subject, *([span.start, span.end] for span in spans)]


def _unpack_facts(data: list[Any] | None) -> VersionFacts | None:
    if data is None:
        return None
    ruleset, version, first, last, subject, *spans = data
    return VersionFacts(ruleset, version, first, last, subject, *(_span(ends) for ends in spans))


def _pack(diagnostic: Diagnostic) -> dict[str, Any]:
    fix = diagnostic.fix
    return {
        "code": diagnostic.code,
        "span": [diagnostic.span.start, diagnostic.span.end],
        "arguments": dict(diagnostic.arguments),
        "labels": [[label.span.start, label.span.end, label.text] for label in diagnostic.labels],
        "fix": [fix.span.start, fix.span.end, fix.text] if fix else None,
    }


def _unpack(data: dict[str, Any], source: Source) -> Diagnostic:
    labels = tuple(Label(Span(start, end), text) for start, end, text in data["labels"])
    fix = Fix(_span(data["fix"][:2]), data["fix"][2]) if data["fix"] else None
    arguments = {str(name): str(value) for name, value in data["arguments"].items()}
    return Diagnostic(data["code"], _span(data["span"]), arguments, labels, fix, source)


def _span(ends: list[int]) -> Span:
    start, end = ends
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end):
        raise ValueError(f"no span: {ends}")
    return Span(start, end)
