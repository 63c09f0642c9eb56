"""Cuts a text into raw tokens: patterns of the grammar, symbols, words. Which words are keywords is decided while parsing, for the place decides."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from ..source import Source, Span
from .declarations import Comment
from .keywords import BY_FIRST_WORD, STARTING
from .tables import load_tables

LINE: Final = "_NL"
WORD: Final = "NAME"
WRONG: Final = "wrong"

MARKS: Final = {
    "（": "(",
    "）": ")",
    "，": ",",
    "、": ",",
    "｛": "{",
    "｝": "}",
    "［": "[",
    "］": "]",
    "＝": "=",
    "＜": "<",
    "＞": ">",
    "＋": "+",
    "≤": "<=",
    "≥": ">=",
    "≠": "<>",
    "→": "->",
    "×": "*",
    "−": "-",
}
"""Other spellings of symbols, Chinese full-width ones among them."""

_OPENING: Final = frozenset("([{")
_CLOSING: Final = frozenset(")]}")
_UNFINISHED: Final = frozenset({",", "=", "+", "-", "*", "/", "<", "<=", ">", ">=", "<>", "->", "..", ".", "(", "["})
_BEFORE_ROW: Final = frozenset({"{", LINE})


class Token(NamedTuple):
    """A piece of text; `kind` is a pattern's name, a symbol, `_NL`, or `wrong` for what no token begins with. `first` on its line, `column` from 0."""

    kind: str
    text: str
    start: int
    end: int
    first: bool = False
    column: int = 0

    @property
    def span(self) -> Span:
        """Its place."""
        return Span(self.start, self.end)


class Cut(NamedTuple):
    """A text cut into tokens, ending with `$END`, and its comments."""

    tokens: list[Token]
    comments: tuple[Comment, ...]


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    tables = load_tables()
    named = [f"(?P<{name}>{tables.patterns[name]})" for name in ("SPACE", "NAME", "_NL", "INSTANT", "DATE", "CLOCK", "PERCENT", "NUMBER", "TEXT", "COMMENT")]
    quoted = r"(?P<curly>“(?:\\.|[^“”\\\n])*”)"
    symbols = "|".join(re.escape(symbol) for symbol in (*tables.symbols, *MARKS))
    return re.compile("|".join((*named, quoted, f"(?P<symbol>{symbols})", r"(?P<wrong>[\"“][^\n]*|\d+(?:[.．]\d+)?[%％]?|[^\W_]+|.)")))


def cut(source: Source) -> Cut:
    """The tokens of a source. Line breaks that certainly end nothing are left out; those before a clause keyword are left to the parser."""
    text = source.text
    tokens: list[Token] = []
    comments: list[Comment] = []
    line_start, first = 0, True
    depth: list[str] = []
    for match in _pattern().finditer(text):
        kind, start, end = match.lastgroup or WRONG, match.start(), match.end()
        if kind == "SPACE":
            continue
        if kind == "COMMENT":
            comments.append(Comment(match[0].rstrip(), first, Span(start, start + len(match[0].rstrip()))))
            continue
        if kind == LINE:
            line_start, first = end, True
            if tokens and tokens[-1].kind not in _BEFORE_ROW:
                tokens.append(Token(LINE, "\n", start, end))
            continue
        piece = _piece(kind, match[0], start, first, start - line_start)
        if len(tokens) > 1 and tokens[-1].kind == LINE and _joins(tokens[-2], piece, depth):
            tokens.pop()
        _follow(piece, depth)
        tokens.append(piece)
        first = False
    if tokens and tokens[-1].kind == LINE:
        tokens.pop()
    tokens.append(Token("$END", "", len(text), len(text), True))
    return Cut(tokens, tuple(comments))


def _piece(kind: str, text: str, start: int, first: bool, column: int) -> Token:
    if kind == "symbol":
        return Token(MARKS.get(text, text), text, start, start + len(text), first, column)
    return Token("TEXT" if kind == "curly" else kind, text, start, start + len(text), first, column)


def _joins(before: Token, token: Token, depth: list[str]) -> bool:
    """Whether a line break between these tokens ends nothing: inside ( ), after an operator, before a closing bracket or an opening brace.

    A word at the left margin that begins a statement is never joined to what stands before it: then something is missing there.
    """
    if token.kind in ("}", ")", "]", "{"):
        return True
    return (before.kind in _UNFINISHED or (bool(depth) and depth[-1] == "(")) and not begins_statement(token)


def _follow(token: Token, depth: list[str]) -> None:
    if token.kind in _OPENING:
        depth.append("{" if token.kind == "{" else "(")
    elif token.kind in _CLOSING and depth:
        if token.kind == "}":
            while depth and depth.pop() != "{":
                pass
        elif depth[-1] == "(":
            depth.pop()
    elif token.first and begins_statement(token):
        depth.clear()


def begins_statement(token: Token) -> bool:
    """Whether the token is a word at the left margin with which a statement begins."""
    return token.first and token.column == 0 and token.kind == WORD and any(keyword in STARTING for _, keyword in BY_FIRST_WORD.get(token.text, ()))
