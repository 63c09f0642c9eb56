"""Diagnostics as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from ...release import VERSION
from ...source import Span
from ..catalogue import entry_of
from ..diagnostic import Diagnostic, Fix
from ..language import Language
from ..message import message_of
from .place import path_of, place_of

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render_sarif(diagnostics: Sequence[Diagnostic], language: Language) -> str:
    """One SARIF log with one run; columns are UTF-16 units, as the run says."""
    codes = sorted({diagnostic.code for diagnostic in diagnostics})
    driver = {"name": "pingfen", "version": VERSION, "rules": [_rule(code, language) for code in codes]}
    results = [_result(diagnostic, codes.index(diagnostic.code), language) for diagnostic in diagnostics]
    run = {"tool": {"driver": driver}, "columnKind": "utf16CodeUnits", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, language: Language) -> dict[str, object]:
    title = entry_of(code).title
    return {
        "id": code,
        "shortDescription": {"text": title.zh if language == "zh" else title.en},
        "help": {"text": f"docs/diagnostics/{code}.md"},
        "defaultConfiguration": {"level": entry_of(code).severity},
    }


def _result(diagnostic: Diagnostic, index: int, language: Language) -> dict[str, object]:
    message = message_of(diagnostic, language)
    said = "; ".join(text for text in (message.title, message.label, message.hint) if text)
    result: dict[str, object] = {"ruleId": diagnostic.code, "ruleIndex": index, "level": message.severity, "message": {"text": said}}
    if path_of(diagnostic):
        result["locations"] = [_location(diagnostic, diagnostic.span, "")]
    if message.others:
        result["relatedLocations"] = [_location(diagnostic, span, text) for span, text in message.others]
    if diagnostic.fix is not None and place_of(diagnostic) is not None:
        result["fixes"] = [_fix(diagnostic, diagnostic.fix, message.hint)]
    return result


def _location(diagnostic: Diagnostic, span: Span, text: str) -> dict[str, object]:
    region = _region(diagnostic, span)
    physical: dict[str, object] = {"artifactLocation": _artifact(diagnostic), **({"region": region} if region else {})}
    return {"physicalLocation": physical, **({"message": {"text": text}} if text else {})}


def _artifact(diagnostic: Diagnostic) -> dict[str, str]:
    return {"uri": quote(path_of(diagnostic).replace("\\", "/"))}


def _region(diagnostic: Diagnostic, span: Span) -> dict[str, int]:
    place = place_of(diagnostic, span)
    if place is None:
        return {}
    return {"startLine": place.line, "startColumn": place.utf16_column, "endLine": place.end_line, "endColumn": place.end_utf16_column}


def _fix(diagnostic: Diagnostic, fix: Fix, hint: str) -> dict[str, object]:
    replacement = {"deletedRegion": _region(diagnostic, fix.span), "insertedContent": {"text": fix.text}}
    change = {"artifactLocation": _artifact(diagnostic), "replacements": [replacement]}
    return {"artifactChanges": [change]} | ({"description": {"text": hint}} if hint else {})
