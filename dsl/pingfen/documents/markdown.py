"""A Markdown writer: headings, tables and lists, with every text from a ruleset escaped (labels come from strangers)."""

from __future__ import annotations

import re

SPECIAL = re.compile(r"[\\`*\[\]<>|~&]|(?<!\w)_|_(?!\w)")
LEADING = re.compile(r"^(?:(?=[#+-])|(?P<number>\d+)(?=[.)](?:\s|$)))")


def escape(text: str) -> str:
    """Text as itself: nothing in it is read as Markdown or HTML, and it stays on one line."""
    return SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


def escape_start(text: str) -> str:
    """The same for text that starts a line, where `- `, `# ` and `1. ` mean something."""
    return LEADING.sub(lambda found: f"{found['number'] or ''}\\", escape(text), count=1)


class Page:
    """Collects blocks; `text` joins them with blank lines."""

    def __init__(self) -> None:
        self._blocks: list[str] = []

    def heading(self, level: int, text: str) -> None:
        """A heading; `text` is escaped."""
        self._blocks.append(f"{'#' * level} {escape(text)}")

    def paragraph(self, text: str) -> None:
        """A paragraph; `text` is escaped."""
        if text:
            self._blocks.append(escape_start(text))

    def points(self, texts: list[str]) -> None:
        """A list; each text is escaped."""
        if texts:
            self._blocks.append("\n".join(f"- {escape_start(text)}" for text in texts))

    def table(self, header: list[str], rows: list[list[str]]) -> None:
        """A table; all cells are escaped. Nothing is written for no rows."""
        if not rows:
            return
        lines = [header, ["---"] * len(header)]
        text = "\n".join("| " + " | ".join(cell if cell == "---" else escape(cell) or " " for cell in line) + " |" for line in [*lines, *rows])
        self._blocks.append(text)

    def code(self, text: str) -> None:
        """A block of text shown as it is."""
        fence = "`" * max(3, *(len(run) + 1 for run in [*re.findall("`+", text), ""]))
        self._blocks.append(f"{fence}text\n{text.rstrip()}\n{fence}")

    @property
    def text(self) -> str:
        """The whole page, ending in a line break."""
        return "\n\n".join(self._blocks) + "\n"
