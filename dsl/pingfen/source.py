"""Source text and places in it.

A span is two offsets into the text (in code points) and takes no part in equality. Lines, columns, UTF-16 columns (editors) and cells
(carets; a Chinese character is two wide) are asked of the source at the border, never stored.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cached_property

from .node import field, frozen


@frozen(repr=False)
class Span:
    """Half-open range of code points, `start <= end`."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@frozen(slots=False, repr=False)
class Source:
    """A text and the name by which people know it (a path, or `<text>`)."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(index + 1 for index, char in enumerate(self.text) if char == "\n")]

    def line_of(self, offset: int) -> int:
        """The line of an offset, counted from 1."""
        return bisect_right(self._starts, offset)

    def column_of(self, offset: int) -> int:
        """The column of an offset in code points, counted from 1."""
        return offset - self._starts[self.line_of(offset) - 1] + 1

    def utf16_column_of(self, offset: int) -> int:
        """The column of an offset in UTF-16 units, counted from 0, as editors want it."""
        start = self._starts[self.line_of(offset) - 1]
        return len(self.text[start:offset].encode("utf-16-le")) // 2

    def line_start(self, line: int) -> int:
        """The offset at which a line starts; lines are counted from 1."""
        return self._starts[line - 1]

    def line_text(self, line: int) -> str:
        """The text of a line without its line break; lines are counted from 1."""
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


def cells(text: str) -> int:
    """How many terminal cells a text takes: wide and full-width characters take two, combining ones none."""
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
