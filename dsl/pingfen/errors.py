"""Exceptions of the Python interface: each carries the diagnostics that the command line would show.

Nothing is imported until somebody reads the text: scoring from an artifact needs none of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .diagnostics.diagnostic import Diagnostic


class DiagnosticError(Exception):
    """Something that was given is refused; `diagnostics` say what, where and why."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        from .diagnostics.language import choose_language
        from .diagnostics.rendering import render

        return render(self.diagnostics, "text", choose_language()).rstrip("\n")


class CompileError(DiagnosticError):
    """A ruleset has mistakes, or a file holds none."""


class ArtifactError(CompileError):
    """An artifact is damaged, changed, too new or no artifact at all."""


class InputError(DiagnosticError):
    """A record does not hold what the ruleset reads: a field is omitted, unknown, of another kind, out of range or has too many places."""
