"""Reads literals: what a token is worth in the tree. What cannot be meant (`2026-02-30`, `25:00`) is reported and read as something near."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from ..diagnostics.diagnostic import Problems
from ..source import Span
from .expressions import ClockLiteral, DateLiteral, InstantLiteral, Name, NumberLiteral, TextLiteral
from .tokens import Token

LONGEST_NUMBER: Final = 40
DAY_SECONDS: Final = 86_400

_ESCAPES: Final = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}


def value_of(token: Token, problems: Problems) -> Any:
    """The leaf that a token is; None for keywords and symbols."""
    span = Span(token.start, token.end)
    match token.kind:
        case "NAME":
            return Name(token.text, span)
        case "NUMBER":
            return NumberLiteral(_digits(token.text, span, problems), "", False, span)
        case "PERCENT":
            return NumberLiteral(_digits(token.text[:-1], span, problems), "%", False, span)
        case "TEXT":
            return TextLiteral(_unescaped(token, problems), span)
        case "DATE":
            return _date(token.text, span, problems)
        case "CLOCK":
            return _clock(token.text, span, problems)
        case "INSTANT":
            day, clock = token.text.split()
            return InstantLiteral(_date(day, span, problems), _clock(clock, span, problems), span)
        case _:
            return None


def _digits(text: str, span: Span, problems: Problems) -> str:
    if len(text) > LONGEST_NUMBER:
        problems.report("number-too-long", span, limit=LONGEST_NUMBER)
        return "0"
    return text


def _unescaped(token: Token, problems: Problems) -> str:
    inner = token.text[1:-1]
    if "\\" not in inner:
        return _visible(inner, token, problems)
    pieces = []
    position = 0
    while position < len(inner):
        char = inner[position]
        if char == "\\":
            position += 1
            char = _escape(inner[position], token.start + position, problems)
        pieces.append(char)
        position += 1
    return _visible("".join(pieces), token, problems)


def _escape(char: str, start: int, problems: Problems) -> str:
    if char not in _ESCAPES:
        problems.report("wrong-escape", Span(start, start + 2), escape=f"\\{char}")
    return _ESCAPES.get(char, char)


def _visible(text: str, token: Token, problems: Problems) -> str:
    """The text; characters that hide or reorder what is read are reported, for a reviewer would approve something else."""
    hidden = next((char for char in text if not char.isprintable() and char not in "\n\t\u3000\xa0"), None)
    if hidden is not None:
        problems.report("hidden-character", Span(token.start, token.end), character=f"U+{ord(hidden):04X}")
    return text


def _date(text: str, span: Span, problems: Problems) -> DateLiteral:
    year, month, day = map(int, text.split("-"))
    try:
        date(year, month, day)
    except ValueError:
        problems.report("wrong-date", span, date=text)
        return DateLiteral(2000, 1, 1, span)
    return DateLiteral(year, month, day, span)


def _clock(text: str, span: Span, problems: Problems) -> ClockLiteral:
    hours, minutes, seconds = (*map(int, text.split(":")), 0)[:3]
    total = hours * 3600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or total > DAY_SECONDS:
        problems.report("wrong-clock", span, clock=text)
        return ClockLiteral(0, span)
    return ClockLiteral(total, span)
