"""Places as lines and columns, for formats that people and editors read."""

from __future__ import annotations

from ...node import frozen
from ...source import NOWHERE, Span
from ..diagnostic import Diagnostic


@frozen
class Place:
    """A range of a text: lines and columns counted from 1, columns in code points, `utf16` columns counted from 1 in UTF-16 units; the end is not included."""

    line: int
    column: int
    utf16_column: int
    end_line: int
    end_column: int
    end_utf16_column: int


def place_of(diagnostic: Diagnostic, span: Span | None = None) -> Place | None:
    """Where a span (the diagnostic's own by default) lies, or None for a diagnostic that has no place in a text."""
    source, span = diagnostic.source, span or diagnostic.span
    if source is None or (span == NOWHERE and not source.text):
        return None
    start = min(span.start, len(source.text))
    end = min(max(span.end, start), len(source.text))
    return Place(
        source.line_of(start),
        source.column_of(start),
        source.utf16_column_of(start) + 1,
        source.line_of(end),
        source.column_of(end),
        source.utf16_column_of(end) + 1,
    )


def path_of(diagnostic: Diagnostic) -> str:
    """The name of the text that the diagnostic is about, or ""."""
    return diagnostic.source.name if diagnostic.source else ""
