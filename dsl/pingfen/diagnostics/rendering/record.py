"""Diagnostics as JSON: a list of records with code, severity, texts and places."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..diagnostic import Diagnostic, Fix
from ..language import Language
from ..message import message_of
from .place import Place, path_of, place_of

FORMAT_VERSION = 1


def render_json(diagnostics: Sequence[Diagnostic], language: Language) -> str:
    """One JSON document, `{"format": 1, "diagnostics": [...]}`; lines and columns are counted from 1."""
    records = [record_of(diagnostic, language) for diagnostic in diagnostics]
    return json.dumps({"format": FORMAT_VERSION, "diagnostics": records}, ensure_ascii=False, indent=2) + "\n"


def record_of(diagnostic: Diagnostic, language: Language) -> dict[str, object]:
    """One diagnostic as a JSON-able record."""
    message = message_of(diagnostic, language)
    labels = [{"text": text} | _range(place_of(diagnostic, span)) for span, text in message.others]
    return {
        "code": diagnostic.code,
        "severity": message.severity,
        "message": message.title,
        "label": message.label,
        "hint": message.hint,
        "path": path_of(diagnostic),
        **_range(place_of(diagnostic)),
        "labels": labels,
        "arguments": dict(diagnostic.arguments),
        "fix": _fix(diagnostic, diagnostic.fix),
    }


def _fix(diagnostic: Diagnostic, fix: Fix | None) -> dict[str, object] | None:
    return None if fix is None else {"text": fix.text} | _range(place_of(diagnostic, fix.span))


def _range(place: Place | None) -> dict[str, object]:
    if place is None:
        return {"start": None, "end": None}
    return {"start": _point(place.line, place.column, place.utf16_column), "end": _point(place.end_line, place.end_column, place.end_utf16_column)}


def _point(line: int, column: int, utf16_column: int) -> dict[str, int]:
    return {"line": line, "column": column, "utf16_column": utf16_column}
