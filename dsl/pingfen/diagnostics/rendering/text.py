"""Diagnostics for people: code, place, the lines of the text with the spans underlined, labels and a hint.

Carets are aligned by terminal cells (a Chinese character takes two). The text is made of pieces with a role each; the terminal colours roles,
a file gets the words alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...source import NOWHERE, Span
from ..diagnostic import Diagnostic
from ..language import Language
from ..message import Message, message_of
from .excerpt import Mark, Piece, excerpt_of
from .place import path_of, place_of

SEVERITIES = {"error": {"en": "error", "zh": "错误"}, "warning": {"en": "warning", "zh": "警告"}}
HINT = {"en": "hint", "zh": "提示"}


def render_text(diagnostics: Sequence[Diagnostic], language: Language) -> str:
    """All diagnostics as plain text, an empty line after each."""
    return "".join("".join(text for text, _ in pieces_of(diagnostic, language)) for diagnostic in diagnostics)


def pieces_of(diagnostic: Diagnostic, language: Language) -> list[Piece]:
    """One diagnostic as pieces of text with their roles."""
    message = message_of(diagnostic, language)
    head: list[Piece] = [
        (f"{SEVERITIES[message.severity][language]}[{diagnostic.code}]", message.severity),
        (f": {message.title}\n", "title"),
    ]
    body, width = _body(diagnostic, message)
    hint: list[Piece] = [(" " * (width + 1) + "= ", "gutter"), (HINT[language], "hint"), (f": {message.hint}\n", "")] if message.hint else []
    return [*head, *body, *hint, ("\n", "")]


def _body(diagnostic: Diagnostic, message: Message) -> tuple[list[Piece], int]:
    place = place_of(diagnostic)
    if diagnostic.source is None or place is None or (diagnostic.span == NOWHERE and not message.label):
        where = path_of(diagnostic)
        return ([("  --> ", "gutter"), (f"{where}\n", "place")] if where else []), 2
    marks = [Mark(diagnostic.span, message.label, True), *(Mark(span, text, False) for span, text in _distinct(diagnostic.span, message))]
    lines, width = excerpt_of(diagnostic.source, marks)
    arrow: list[Piece] = [(" " * width + "--> ", "gutter"), (f"{path_of(diagnostic)}:{place.line}:{place.column}\n", "place")]
    return [*arrow, *lines], width


def _distinct(span: Span, message: Message) -> list[tuple[Span, str]]:
    return [(other, text) for other, text in message.others if other != span or text]
