"""Coloured diagnostics in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING

from ..diagnostic import Diagnostic
from ..language import Language
from .text import pieces_of

if TYPE_CHECKING:
    from rich.text import Text

STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "title": "bold",
    "gutter": "blue",
    "place": "cyan",
    "main": "red",
    "other": "blue",
    "hint": "bold green",
    "": "",
}


def print_coloured(diagnostics: Sequence[Diagnostic], language: Language, stream: IO[str]) -> None:
    """Print the diagnostics to a terminal; NO_COLOR is heeded."""
    from rich.console import Console

    console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
    for diagnostic in diagnostics:
        console.print(_styled(diagnostic, language), end="")


def _styled(diagnostic: Diagnostic, language: Language) -> Text:
    from rich.text import Text

    return Text.assemble(*((text, STYLES[role]) for text, role in pieces_of(diagnostic, language)))
