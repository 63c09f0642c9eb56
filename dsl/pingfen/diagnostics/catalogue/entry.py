"""One entry of the catalogue: a severity and templates that a diagnostic's arguments fill.

A template names arguments in braces: `{name}`; `{kind:word}` puts a word of the language (metric, gate, money) into the message's language.
Of several hints the first one counts whose arguments are all given and not empty.
"""

from __future__ import annotations

from typing import Literal

from ...node import frozen

Severity = Literal["error", "warning"]


@frozen
class Text:
    """One template in the two languages."""

    en: str
    zh: str


@frozen
class Entry:
    """What is said of one code: a title, the label of its place, hints, and labels of other places by name."""

    severity: Severity
    title: Text
    label: Text | None
    hints: tuple[Text, ...]
    labels: dict[str, Text]


def say(en: str, zh: str) -> Text:
    """A template in English and Chinese."""
    return Text(en, zh)


def error(title: Text, label: Text | None = None, *hints: Text, **labels: Text) -> Entry:
    """An entry for a text or data that has no meaning, or not the one its reader would expect."""
    return Entry("error", title, label, hints, labels)


def warning(title: Text, label: Text | None = None, *hints: Text, **labels: Text) -> Entry:
    """An entry for a text that has a meaning and yet needs a look."""
    return Entry("warning", title, label, hints, labels)
