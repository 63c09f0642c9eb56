"""What a long command is doing, on a terminal's error stream."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def status_shown() -> Iterator[Callable[[str], None]]:
    """A function to be told what comes next; it shows that on a terminal, else it does nothing."""
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda name: status.update(_safe(name))


def _safe(name: str) -> str:
    from rich.markup import escape

    from ..diagnostics.message import visible

    return escape(visible(name))
