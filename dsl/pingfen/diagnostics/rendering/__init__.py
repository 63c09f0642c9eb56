"""Renderings of diagnostics: text for people, JSON, SARIF 2.1.0 and GitHub workflow annotations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, assert_never

from ..diagnostic import Diagnostic
from ..language import Language

Format = Literal["text", "json", "sarif", "github"]


def render(diagnostics: Sequence[Diagnostic], form: Format, language: Language) -> str:
    """The diagnostics in one of the formats, without colour, ending in a line break where there is anything to say."""
    match form:
        case "text":
            from .text import render_text

            return render_text(diagnostics, language)
        case "json":
            from .record import render_json

            return render_json(diagnostics, language)
        case "sarif":
            from .sarif import render_sarif

            return render_sarif(diagnostics, language)
        case "github":
            from .github import render_github

            return render_github(diagnostics, language)
        case _:
            assert_never(form)
