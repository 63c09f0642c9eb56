"""The place where the parser stopped: the token that did not fit, what stands around it, and what could have stood there."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from ..node import frozen
from .keywords import MEASURES
from .machine import Machine
from .tables import END
from .tokens import LINE, WORD, Token

MOST_EXPECTED: Final = 5

ANYWHERE: Final = frozenset({
    "and", "or", "above", "below", "is", "is not", "in", "not in", "given", "missing", "until", "moved to", "to", "up to", "down to", "half even to",
    "exact", "assumed", ", at least", ", at most", *MEASURES,
})  # fmt: skip
"""Words that fit behind nearly every value, and so tell little."""

PATTERN_WORDS: Final = {
    "NUMBER": "a number",
    "NAME": "a name",
    "TEXT": "a text in quotes",
    "DATE": "a date",
    "CLOCK": "a time of day",
    LINE: "a line break",
}
"""What a pattern of the grammar is called in messages, the most telling first."""


@frozen(slots=False, eq=False)
class Place:
    """`tokens[index]` did not fit; `openers` are the open braces around it."""

    machine: Machine
    tokens: list[Token]
    index: int
    openers: tuple[Token, ...]

    @property
    def token(self) -> Token:
        """What did not fit."""
        return self.tokens[self.index]

    @property
    def before(self) -> Token | None:
        """The token before it."""
        return self.tokens[self.index - 1] if self.index else None

    @property
    def found(self) -> str:
        """What did not fit, as messages say it."""
        return {LINE: "a line break", END: "the end of the text"}.get(self.token.kind, f"`{self.token.text}`")

    @property
    def row_start(self) -> int:
        """Where the text of the row begins."""
        index = self.index
        while index and not self.tokens[index].first and self.tokens[index - 1].kind != LINE:
            index -= 1
        return self.tokens[index].start

    @cached_property
    def expected(self) -> frozenset[str]:
        """The terminals that could have stood here."""
        return frozenset(self.machine.expected())

    def expects(self, terminal: str) -> bool:
        """Whether the terminal could have stood here."""
        return terminal in self.expected

    def expects_value(self) -> bool:
        """Whether an expression or a literal could have begun here."""
        return ("NUMBER" in self.expected and "none" in self.expected) or ("NUMBER" in self.expected and WORD not in self.expected)

    def open_bracket(self) -> Token | None:
        """The innermost `(` or `[` that is open here."""
        closed = 0
        for token in reversed(self.tokens[max(self.index - 2000, 0) : self.index]):
            if token.kind in (")", "]"):
                closed += 1
            elif token.kind in ("(", "["):
                if not closed:
                    return token
                closed -= 1
            elif token.kind == "{" and not closed:
                return None
        return None

    def expected_texts(self) -> tuple[str, str]:
        """What could have stood here: a kind of token ("" where none is telling), and keywords and symbols."""
        words = [terminal for terminal in self.expected if not terminal.isupper() and terminal not in (LINE, END)]
        telling = [word for word in words if word not in ANYWHERE and word[0].isalpha()]
        shown = sorted(telling or words, key=lambda word: (word in ANYWHERE, not word[0].isalpha(), word))
        kinds = [PATTERN_WORDS[name] for name in PATTERN_WORDS if name in self.expected]
        kind = "a value" if self.expects_value() and "NAME" in self.expected else kinds[0] if kinds else ""
        keywords = [] if kind == "a value" else [f"`{word.removeprefix(', ')}`" for word in shown]
        return kind, ", ".join(keywords[:MOST_EXPECTED])
