"""Shows diagnostics on a stream, coloured where it is a terminal, in the language of the run."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import IO

import click

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.language import Language, choose_language
from ..diagnostics.rendering import Format, render

CHOSEN = "pingfen.language"


def language_of_run() -> Language:
    """The language that `--lang` chose, else the locale's."""
    context = click.get_current_context(silent=True)
    return choose_language(context.meta.get(CHOSEN) if context else None)


def show(diagnostics: Sequence[Diagnostic], form: Format = "text", stream: IO[str] | None = None) -> None:
    """Print the diagnostics; to the error stream unless another one is named."""
    stream = stream or sys.stderr
    if form == "text" and not diagnostics:
        return
    if form == "text" and is_coloured(stream):
        from ..diagnostics.rendering.terminal import print_coloured

        print_coloured(diagnostics, language_of_run(), stream)
    else:
        stream.write(render(diagnostics, form, language_of_run()))


def is_coloured(stream: IO[str]) -> bool:
    """Whether the stream is a terminal that wants colour."""
    return stream.isatty() and not os.environ.get("NO_COLOR")
