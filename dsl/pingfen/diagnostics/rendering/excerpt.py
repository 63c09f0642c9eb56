"""The lines of a text with spans underlined by terminal cells."""

from __future__ import annotations

from itertools import groupby

from ...node import frozen
from ...source import Source, Span, cells
from ..message import visible

Piece = tuple[str, str]
SHOWN_CHARACTERS = 200
CONTEXT_CHARACTERS = 60


@frozen
class Mark:
    """A span to underline and what stands behind the underline; the main one is underlined by carets, others by dashes."""

    span: Span
    text: str
    main: bool


def excerpt_of(source: Source, marks: list[Mark]) -> tuple[list[Piece], int]:
    """The marked lines with their marks below, and the width of the line numbers."""
    numbered = sorted(((source.line_of(min(mark.span.start, len(source.text))), mark) for mark in marks), key=lambda pair: (pair[0], pair[1].span.start))
    width = len(str(numbered[-1][0]))
    pieces: list[Piece] = [_gutter("", width), ("\n", "")]
    before = 0
    for line, group in groupby(numbered, key=lambda pair: pair[0]):
        if before and line > before + 1:
            pieces += [(" " * width + "...\n", "gutter")]
        pieces += _line(source, line, [mark for _, mark in group], width)
        before = line
    return [*pieces, _gutter("", width), ("\n", "")], width


def _line(source: Source, line: int, marks: list[Mark], width: int) -> list[Piece]:
    text = source.line_text(line)
    start = source.line_start(line)
    left = _crop_start(len(text), min(mark.span.start for mark in marks) - start)
    shown = text[left : left + SHOWN_CHARACTERS]
    pieces: list[Piece] = [_gutter(str(line), width), (f" {_flat(shown)}\n", "")]
    for mark in marks:
        first = max(mark.span.start - start - left, 0)
        last = min(max(mark.span.end - start - left, first + 1), max(len(shown), first + 1))
        pieces += [_gutter("", width), *_underline(mark, shown, first, last)]
    return pieces


def _underline(mark: Mark, shown: str, first: int, last: int) -> list[Piece]:
    lead = " " * (1 + cells(_flat(shown[:first])))
    stroke = ("^" if mark.main else "-") * max(cells(_flat(shown[first:last])), 1)
    behind = f" {mark.text}" if mark.text else ""
    return [(lead, ""), (stroke + behind, "main" if mark.main else "other"), ("\n", "")]


def _gutter(number: str, width: int) -> Piece:
    return (f"{number.rjust(width)} |", "gutter")


def _crop_start(length: int, first: int) -> int:
    return 0 if length <= SHOWN_CHARACTERS or first < SHOWN_CHARACTERS - CONTEXT_CHARACTERS else first - CONTEXT_CHARACTERS


def _flat(text: str) -> str:
    """The text with every character that moves the cursor shown as one cell, so that carets stay aligned."""
    return visible(text)
