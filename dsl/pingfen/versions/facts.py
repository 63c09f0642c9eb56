"""What the header of a file says of its version."""

from __future__ import annotations

from ..calendar import day_number
from ..node import frozen
from ..source import Source, Span
from ..syntax.declarations import Document, EffectiveHeader, RulesetHeader, SubjectBlock, VersionHeader
from ..syntax.expressions import DateLiteral


@frozen
class VersionFacts:
    """Ruleset, version, first and last day in effect (days since 1970-01-01, both included; `last` None is open), the subject's key, and their spans."""

    ruleset: str
    version: str
    first: int
    last: int | None
    subject: str
    ruleset_span: Span
    version_span: Span
    effective_span: Span
    subject_span: Span


@frozen
class VersionFile:
    """A file and what it says of itself."""

    source: Source
    facts: VersionFacts


def facts_of(document: Document) -> VersionFacts | None:
    """The facts in a document's header, or None where the header is incomplete or wrong (which the compiler reports)."""
    headers = {type(declaration): declaration for declaration in reversed(document.declarations)}
    match (headers.get(RulesetHeader), headers.get(VersionHeader), headers.get(EffectiveHeader), headers.get(SubjectBlock)):
        case (RulesetHeader() as ruleset, VersionHeader() as version, EffectiveHeader() as effective, SubjectBlock() as subject):
            return _collect(ruleset, version, effective, subject)
        case _:
            return None


def _collect(ruleset: RulesetHeader, version: VersionHeader, effective: EffectiveHeader, subject: SubjectBlock) -> VersionFacts | None:
    first = _day(effective.first)
    last = _day(effective.last) if effective.last else None
    if first is None or (effective.last and last is None):
        return None
    name = Span(ruleset.name[0].span.start, ruleset.name[-1].span.end)
    words = ".".join(part.text for part in ruleset.name)
    spans = (name, version.version.span, effective.span, subject.key.span)
    return VersionFacts(words, version.version.text, first, last, subject.key.text, *spans)


def _day(date: DateLiteral) -> int | None:
    return day_number(date.year, date.month, date.day)
