"""Diagnostics as workflow commands of GitHub Actions, which shows them beside the changed lines."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostic import Diagnostic
from ..language import Language
from ..message import message_of
from .place import path_of, place_of


def render_github(diagnostics: Sequence[Diagnostic], language: Language) -> str:
    """One `::error` or `::warning` line a diagnostic."""
    return "".join(f"{annotation_of(diagnostic, language)}\n" for diagnostic in diagnostics)


def annotation_of(diagnostic: Diagnostic, language: Language) -> str:
    """One workflow command; a range over several lines has no columns, as GitHub wants it."""
    message = message_of(diagnostic, language)
    place = place_of(diagnostic)
    properties = {"file": path_of(diagnostic)} if path_of(diagnostic) else {}
    if place is not None:
        properties |= {"line": str(place.line), "endLine": str(place.end_line)}
    if place is not None and place.line == place.end_line:
        properties |= {"col": str(place.utf16_column), "endColumn": str(place.end_utf16_column)}
    properties |= {"title": diagnostic.code}
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    label = f" ({message.label})" if message.label else ""
    hint = f"\n{message.hint}" if message.hint else ""
    return f"::{message.severity} {written}::{_data(message.title + label + hint)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
