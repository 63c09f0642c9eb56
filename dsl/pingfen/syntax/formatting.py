"""Formats a source: the same rows and words in the canonical layout, keywords in the wished language, comments where they stood.

The result is parsed again and refused when its tree is another one.
"""

from __future__ import annotations

from ..diagnostics.diagnostic import Problems
from ..source import NOWHERE, Source
from .declarations import Comment, Document
from .machine import Taken
from .parser import parse_terminals
from .printing.columns import write_texts
from .printing.layout import Layout, pieces_of
from .printing.words import Keywords


def format_source(source: Source, keywords: Keywords, problems: Problems) -> str | None:
    """The formatted text; None where the source has mistakes (they are reported) or the words of the other language would change its meaning."""
    found = Problems(source)
    document, taken = parse_terminals(source, found)
    if found.found:
        problems.found += found.found
        return None
    formatted = _print(source.text, taken, document.comments, keywords)
    if not _means_the_same(document, formatted):
        problems.report("format-changes-meaning", NOWHERE)
        return None
    return formatted


def _print(text: str, taken: list[Taken], comments: tuple[Comment, ...], keywords: Keywords) -> str:
    lines = Layout(text, pieces_of(taken, keywords)).build(comments)
    write_texts(lines)
    texts = []
    for line in lines:
        if line.blank_before:
            texts.append("")
        texts.append(line.text.rstrip())
    return "\n".join(texts) + "\n" if texts else ""


def _means_the_same(document: Document, formatted: str) -> bool:
    source = Source("<formatted>", formatted)
    found = Problems(source)
    again, _ = parse_terminals(source, found)
    comments = [comment.text for comment in document.comments]
    return not found.found and again.declarations == document.declarations and comments == [comment.text for comment in again.comments]
