"""Tables on standard output: aligned by cells, coloured only on a terminal, never cut when piped."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..diagnostics.message import visible
from .reporting import is_coloured

PIPED_WIDTH = 10_000


def print_table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print one table; nothing where there are no rows. Texts come from strangers and are shown as they are."""
    if not rows:
        return
    coloured = is_coloured(sys.stdout)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPED_WIDTH
    table = Table(*header, title=Text(title), title_justify="left", box=box.SIMPLE_HEAD, title_style="bold", pad_edge=False, show_edge=False)
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    console = Console(file=sys.stdout, force_terminal=coloured, no_color=not coloured, width=width, highlight=False)
    with console.capture() as shown:
        console.print(table, soft_wrap=False)
    sys.stdout.write("\n".join(line.rstrip() for line in shown.get().split("\n")))
