"""Fills a diagnostic's templates: from a code and arguments to the texts that people read."""

from __future__ import annotations

import unicodedata
from string import Formatter

from ..node import frozen
from ..source import Span
from .catalogue import Severity, Text, entry_of
from .diagnostic import Diagnostic
from .language import Language
from .terms import TERMS


@frozen
class Message:
    """The texts of one diagnostic in one language: a title, the label of its place (may be ""), other labelled places, a hint (may be "")."""

    severity: Severity
    title: str
    label: str
    others: tuple[tuple[Span, str], ...]
    hint: str


def message_of(diagnostic: Diagnostic, language: Language) -> Message:
    """The diagnostic's texts in `language`."""
    entry = entry_of(diagnostic.code)
    arguments = {name: visible(value) for name, value in diagnostic.arguments.items()}

    def said(text: Text | None) -> str:
        return fill(text, arguments, language) if text else ""

    others = tuple((label.span, said(entry.labels.get(label.text))) for label in diagnostic.labels)
    hint = next((text for text in entry.hints if is_filled(text, arguments)), None)
    return Message(entry.severity, said(entry.title), said(entry.label), others, said(hint))


def fill(text: Text, arguments: dict[str, str], language: Language) -> str:
    """The template in `language` with its arguments in place; `{kind:word}` is translated, an argument that is not given reads `?`."""
    template = text.zh if language == "zh" else text.en
    pieces = []
    for literal, name, form, _ in Formatter().parse(template):
        value = "" if name is None else arguments.get(name, "?")
        value = value.replace("` or `", "` 或 `") if language == "zh" else value
        pieces += [literal, TERMS.get(value, value) if form == "word" and language == "zh" else value]
    return "".join(pieces)


def is_filled(text: Text, arguments: dict[str, str]) -> bool:
    """Whether every argument that the template names is given and not empty."""
    return all(arguments.get(name) for name in names_in(text))


def names_in(text: Text) -> set[str]:
    """The arguments that a template names, in either language."""
    return {name for template in (text.en, text.zh) for _, name, _, _ in Formatter().parse(template) if name}


def visible(text: str) -> str:
    """The text on one line and without characters that steer a terminal or hide text; a ruleset's text comes from strangers."""
    shown = "".join(" " if char in "\t\r\n" else "�" if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Cs") else char for char in text)
    return shown if len(shown) <= 300 else f"{shown[:299]}…"
