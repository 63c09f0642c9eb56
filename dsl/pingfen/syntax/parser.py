"""Parses a source into a document: runs the tables, and after a mistake goes on with the next row or statement, so that one run reports several."""

from __future__ import annotations

import re
from typing import Any, Final

from ..diagnostics.diagnostic import Label, Problems
from ..source import Source, Span
from .building import BUILDERS
from .declarations import Comment, Declaration, Document
from .literals import value_of
from .machine import DEEPEST, Machine, Taken, TooDeepError
from .place import Place
from .tables import END, load_tables
from .tokens import LINE, Cut, Token, begins_statement, cut

LONGEST_TEXT: Final = 1 << 20
STEERING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MOST_TOKENS: Final = 200_000
MOST_MISTAKES: Final = 50


def parse(source: Source, problems: Problems) -> Document:
    """The document of a source; what could not be read is reported and left out. Any text at all gives a document."""
    return parse_terminals(source, problems)[0]


def parse_terminals(source: Source, problems: Problems) -> tuple[Document, list[Taken]]:
    """The document, and every terminal as the parser read it, line breaks that end a row among them."""
    whole = Span(0, len(source.text))
    if len(source.text) > LONGEST_TEXT:
        problems.report("text-too-large", path=source.name, limit=f"{LONGEST_TEXT:,}")
        return Document((), (), whole), []
    pieces = cut(source)
    if not _bounded(pieces.tokens, problems):
        return Document((), pieces.comments, whole), []
    _report_hidden(pieces.comments, problems)
    run = Run(pieces, problems)
    return Document(run.declarations(), pieces.comments, whole), run.taken


def _report_hidden(comments: tuple[Comment, ...], problems: Problems) -> None:
    """Report comments that turn the direction of writing or steer a terminal: a reviewer would read another text."""
    for comment in comments:
        found = None if comment.text.isprintable() else STEERING.search(comment.text)
        if found:
            problems.report("hidden-character", comment.span, character=f"U+{ord(found[0]):04X}")


def _bounded(tokens: list[Token], problems: Problems) -> bool:
    if len(tokens) > MOST_TOKENS:
        problems.report("too-many-tokens", tokens[MOST_TOKENS].span, limit=f"{MOST_TOKENS:,}")
        return False
    depth = 0
    for token in tokens:
        depth += (token.kind in "([{") - (token.kind in ")]}")
        depth = max(depth, 0)
        if depth > DEEPEST:
            problems.report("nested-too-deep", token.span, limit=DEEPEST)
            return False
    return True


class Run:
    """One pass over the tokens. `marks` holds, for each open block, the height of the stack at which its next row begins; the first is the document's.

    `taken` is every terminal as it was read, in order: what the formatter works on.
    """

    def __init__(self, pieces: Cut, problems: Problems) -> None:
        self.pieces, self.problems = pieces, problems
        self.machine = Machine(load_tables(), pieces.tokens, problems, BUILDERS, value_of)
        self.marks = [1]
        self.openers: list[Token] = []
        self.taken: list[Taken] = []

    def declarations(self) -> tuple[Declaration, ...]:
        """Every statement that could be read."""
        index, mistakes = 0, 0
        while mistakes < MOST_MISTAKES:
            taken = self.machine.take(index)
            try:
                fits = self.machine.feed(taken)
            except TooDeepError:
                self.problems.report("nested-too-deep", taken.first.span, limit=DEEPEST)
                index, mistakes = self._recover(taken.following - 1), mistakes + 1
                continue
            if not fits:
                index, mistakes = self._recover(self._report(taken.first)), mistakes + 1
                continue
            if taken.terminal == END:
                return tuple(self.machine.values[-1])
            self.taken.append(taken)
            index = taken.following
            self._follow(taken.terminal, taken.first)
        self.machine.cut_to(self.marks[0])
        return tuple(_statements(self.machine.values))

    def _follow(self, terminal: str, token: Token) -> None:
        if terminal == "{":
            self.marks.append(len(self.machine.states))
            self.openers.append(token)
        elif terminal == "}":
            self.marks.pop()
            self.openers.pop()
        elif terminal == LINE:
            self.marks[-1] = len(self.machine.states)

    def _report(self, token: Token) -> int:
        """Report the mistake at a token; the index from which to go on."""
        tokens = self.pieces.tokens
        index = tokens.index(token)
        first = next((at for at in range(index, -1, -1) if tokens[at].first), 0)
        if self.openers and begins_statement(tokens[first]) and tokens[first].start > self.openers[-1].start:
            self.problems.report("missing-brace", tokens[first].span, labels=_opened(self.openers[-1]))
            return first
        from .mistakes import report_mistake  # met on a mistake only, for it brings the search for similar words

        report_mistake(Place(self.machine, tokens, index, tuple(self.openers)), self.problems)
        return index

    def _recover(self, failed: int) -> int:
        """Skip to where a row or a statement begins, and cut the stack to what stood there."""
        tokens, level, index = self.pieces.tokens, 0, failed
        while True:
            token = tokens[index]
            if token.kind == END or (begins_statement(token) and not self._stuck(index, failed)):
                self._close_to(1)
                return index
            if token.kind == LINE and level == 0:
                self.machine.cut_to(self.marks[-1])
                return index + 1
            if token.kind == "{":
                level += 1
            elif token.kind == "}" and level:
                level -= 1
            elif token.kind == "}" and len(self.marks) > 1:
                self.machine.cut_to(self.marks[-1])
                if self.machine.accepts("}"):
                    return index
                self._close_to(len(self.marks) - 1)
            index += 1

    def _stuck(self, index: int, failed: int) -> bool:
        return index == failed and len(self.marks) == 1 and len(self.machine.states) <= self.marks[0]

    def _close_to(self, count: int) -> None:
        del self.marks[count:]
        del self.openers[count - 1 :]
        self.machine.cut_to(self.marks[-1])


def _opened(token: Token) -> tuple[Any, ...]:
    return (Label(token.span, "opened"),)


def _statements(values: list[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if isinstance(value, list):
            found += [item for item in value if item is not None]
        elif value is not None:
            found.append(value)
    return found
