"""Lays terminals out in lines: breaks where the author broke, blocks with a break inside opened over several lines, one space where one belongs."""

from __future__ import annotations

from typing import Final

from attrs import define, field

from ..declarations import Comment
from ..machine import Taken
from ..tokens import LINE
from .words import Keywords, written

INDENT: Final = 2

_TIGHT_BEFORE: Final = frozenset({",", ")", "]", "."})
_TIGHT_AFTER: Final = frozenset({"(", "[", "."})
_CALLS: Final = frozenset({"points", "month"})
_OPERANDS: Final = frozenset({"NAME", "NUMBER", "PERCENT", "TEXT", "DATE", "CLOCK", "INSTANT", ")", "]", "}", "yes", "no", "none", "assumed", "score",
                              "total", "stage", "second", "minute", "hour", "day", "week", "month", "given", "missing"})  # fmt: skip
_LISTINGS: Final = frozenset({"events", "subject", "subjects", "inputs", "table", "example"})


@define
class Piece:
    """A terminal with its text; `tight` where no space stands before it."""

    terminal: str
    text: str
    start: int
    end: int
    tight: bool
    ends_row: bool = False


@define
class Line:
    """One line of the result. `level` counts the open blocks; `block` numbers the block it stands in, which a row opened that begins with `opener`."""

    level: int
    block: int
    opener: str
    begins_row: bool
    blank_before: bool
    pieces: list[Piece] = field(factory=list)
    comment: str = ""
    text: str = ""

    @property
    def first(self) -> str:
        """The terminal with which it begins, "" for a line that only holds a comment."""
        return self.pieces[0].terminal if self.pieces else ""


def pieces_of(taken: list[Taken], keywords: Keywords) -> list[Piece]:
    """The terminals with their texts and spaces; line breaks become marks of the pieces before them."""
    pieces: list[Piece] = []
    for index, item in enumerate(taken):
        if item.terminal == LINE:
            if pieces:
                pieces[-1].ends_row = True
            continue
        before = pieces[-1] if pieces else None
        tight = before is not None and _is_tight(pieces, before, item.terminal)
        pieces.append(Piece(item.terminal, written(taken, index, keywords), item.first.start, item.last.end, tight))
    return pieces


def _is_tight(pieces: list[Piece], before: Piece, terminal: str) -> bool:
    if terminal[0] == "," or terminal in _TIGHT_BEFORE or before.terminal in _TIGHT_AFTER:
        return True
    if terminal == "(" and before.terminal in _CALLS:
        return len(pieces) < 2 or pieces[-2].terminal != "NUMBER"
    if before.terminal == "-":
        return len(pieces) < 2 or pieces[-2].ends_row or pieces[-2].terminal not in _OPERANDS
    return False


@define
class _Opened:
    number: int
    opener: str
    spread: bool


@define
class Layout:
    """Builds the lines from pieces and comments in the order of the text."""

    text: str
    pieces: list[Piece]
    lines: list[Line] = field(factory=list)
    opened: list[_Opened] = field(factory=list)
    blocks: int = 0
    spread: set[int] = field(factory=set)
    row: str = ""
    last_end: int = 0
    brackets: int = 0

    def build(self, comments: tuple[Comment, ...]) -> list[Line]:
        """All lines, without their texts."""
        self.spread = self._spread_braces()
        waiting = list(reversed(comments))
        for index, piece in enumerate(self.pieces):
            while waiting and waiting[-1].span.start < piece.start:
                self._comment(waiting.pop())
            self._piece(index, piece)
        while waiting:
            self._comment(waiting.pop())
        return self.lines

    def _spread_braces(self) -> set[int]:
        """The opening braces (by index) whose block has a line break inside."""
        spread: set[int] = set()
        open_braces: list[int] = []
        for index, piece in enumerate(self.pieces):
            if piece.terminal == "{":
                open_braces.append(index)
            elif piece.terminal == "}":
                start = open_braces.pop()
                if "\n" in self.text[self.pieces[start].end : piece.start]:
                    spread.add(start)
        return spread

    def _breaks(self, start: int) -> int:
        return self.text.count("\n", self.last_end, start)

    def _level(self) -> int:
        return sum(block.spread for block in self.opened)

    def _line(self, begins_row: bool, blank: bool, level: int) -> Line:
        block = next((opened for opened in reversed(self.opened) if opened.spread), None)
        line = Line(level, block.number if block else 0, block.opener if block else "", begins_row, blank and bool(self.lines))
        self.lines.append(line)
        return line

    def _comment(self, comment: Comment) -> None:
        breaks = self._breaks(comment.span.start)
        if not breaks and self.lines and not self.lines[-1].comment:
            self.lines[-1].comment = comment.text
        else:
            opens = bool(self.lines) and self.lines[-1].pieces and self.lines[-1].pieces[-1].terminal == "{"
            self._line(True, breaks > 1 and not opens, self._level()).comment = comment.text
        self.last_end = comment.span.end

    def _piece(self, index: int, piece: Piece) -> None:
        before = self.pieces[index - 1] if index else None
        breaks = self._breaks(piece.start)
        closing = self.opened[-1] if piece.terminal == "}" else None
        if closing:
            self.opened.pop()
        if self._breaks_here(before, piece, breaks, closing):
            begins = self._begins_row(before, piece)
            blank = breaks > 1 and begins and piece.terminal != "}" and not (before and before.terminal == "{")
            self._line(begins, blank, self._level())
            piece.tight = True
            if begins and piece.terminal != "}":
                self.row = piece.terminal
        self.lines[-1].pieces.append(piece)
        self.last_end = piece.end
        self.brackets += (piece.terminal in ("(", "[")) - (piece.terminal in (")", "]"))
        if piece.terminal == "{":
            self.blocks += 1
            self.opened.append(_Opened(self.blocks, self.row, index in self.spread))

    def _breaks_here(self, before: Piece | None, piece: Piece, breaks: int, closing: _Opened | None) -> bool:
        if before is None or before.ends_row or self.lines[-1].comment:
            return True
        if closing is not None:
            return closing.spread
        if before.terminal == "{" and self.opened and self.opened[-1].spread:
            return True
        return bool(breaks) and piece.terminal not in ("{", ")", "]", ",")

    def _begins_row(self, before: Piece | None, piece: Piece) -> bool:
        if before is None or before.ends_row or before.terminal == "{" or piece.terminal == "}":
            return True
        separates = before.terminal == "," and not self.brackets and bool(self.opened)
        return separates and self.opened[-1].opener not in _LISTINGS and self.row not in ("close", "apply", "given", "expect")
