"""Runs the parser's tables over tokens: shifts, reduces, and asks the builders for nodes. Iterative, so that no text can exhaust the stack.

The state decides which keyword a word is, or whether it is a name: a word is a keyword where the grammar takes that keyword, else a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from ..diagnostics.diagnostic import Problems
from ..source import Span
from .keywords import BY_FIRST_WORD, CONTINUING, FOLLOWED_BY
from .tables import END, Rule, Tables
from .tokens import LINE, WORD, Token

DEEPEST: Final = 64

Builder = Callable[..., Any]


class Taken(NamedTuple):
    """The next terminal: its name in the grammar, the tokens it is made of (`following` is the index behind them) and, of a keyword, its words."""

    terminal: str
    first: Token
    last: Token
    following: int
    words: tuple[str, ...] = ()


class TooDeepError(Exception):
    """A tree deeper than `DEEPEST`."""


class Machine:
    """A stack of states, what was built under each, and its place: start, end and depth of the tree. `states[0]` is the start."""

    def __init__(
        self, tables: Tables, tokens: list[Token], problems: Problems, builders: Mapping[str, Builder], value_of: Callable[[Token, Problems], Any]
    ) -> None:
        self.tables, self.tokens, self.problems = tables, tokens, problems
        self.builders, self.value_of = builders, value_of
        self.states = [0]
        self.values: list[Any] = [None]
        self.places = [(0, 0, 0)]

    def cut_to(self, height: int) -> None:
        """Forget what lies above `height` entries of the stack."""
        del self.states[height:], self.values[height:], self.places[height:]

    def accepts(self, terminal: str) -> bool:
        """Whether the terminal can really follow: reductions are tried on the states alone, since the table's lookaheads are merged ones."""
        actions, rules, gotos = self.tables.actions, self.tables.rules, self.tables.gotos
        height, above = len(self.states), []  # type: ignore[var-annotated]
        state = self.states[-1]
        while True:
            action = actions[state].get(terminal)
            if action is None:
                return state == self.tables.end and terminal == END
            if action >= 0:
                return True
            rule = rules[-action - 1]
            kept = max(len(above) - rule.size, 0)
            height -= rule.size - (len(above) - kept)
            del above[kept:]
            state = gotos[above[-1] if above else self.states[height - 1]][rule.origin]
            above.append(state)

    def expected(self) -> list[str]:
        """Every terminal that can follow."""
        return [terminal for terminal in self.tables.actions[self.states[-1]] if self.accepts(terminal)]

    def take(self, index: int) -> Taken:
        """The terminal at `index`, as this state reads it; a line break that only continues a row is passed over."""
        token = self.tokens[index]
        if token.kind == LINE:
            following = self.tokens[index + 1]
            keyword = self.keyword(index + 1) if following.kind == WORD else None
            if keyword is None or keyword[0] not in CONTINUING:
                return Taken(LINE, token, token, index + 1)
            index, token = index + 1, following
        if token.kind in (WORD, ","):
            found = self.keyword(index)
            if found is not None:
                terminal, following_index = found
                words = tuple(item.text for item in self.tokens[index:following_index])
                return Taken(terminal, token, self.tokens[following_index - 1], following_index, words)
        return Taken(token.kind, token, token, index + 1)

    def keyword(self, index: int) -> tuple[str, int] | None:
        """The keyword that begins at `index` and that the grammar takes here, and the index behind it."""
        token = self.tokens[index]
        entries = BY_FIRST_WORD.get("," if token.kind == "," else token.text)
        if not entries:
            return None
        for words, keyword in entries:
            length = len(words)
            if length > 1 and not self._spelled(index, words):
                continue
            if self.accepts(keyword) and self._fits(keyword, index + length):
                return keyword, index + length
        return None

    def _spelled(self, index: int, words: tuple[str, ...]) -> bool:
        tokens = self.tokens
        if tokens[index + 1].text != words[1]:
            return False
        return all(tokens[index + step].text == words[step] and tokens[index + step].kind == WORD for step in range(1, len(words)))

    def _fits(self, keyword: str, following: int) -> bool:
        if keyword == ", at least":
            return not self._counts_conditions(following)
        marks = FOLLOWED_BY.get(keyword)
        following_token = self.tokens[following]
        return marks is None or following_token.kind in marks or following_token.text in marks or not self.accepts(WORD)

    def _counts_conditions(self, index: int) -> bool:
        """Whether `2 of (` stands here, after `at least`: a condition of its own, not a limit of the value before."""
        if self.tokens[index].kind != "NUMBER":
            return False
        following = [keyword for _, keyword in BY_FIRST_WORD.get(self.tokens[index + 1].text, ())]
        if "assumed" in following:
            following = [keyword for _, keyword in BY_FIRST_WORD.get(self.tokens[index + 2].text, ())]
        return "of" in following

    def feed(self, taken: Taken) -> bool:
        """Do all reductions before the terminal and shift it; False, and nothing shifted, where the grammar does not take it."""
        actions, rules, gotos, states, terminal = self.tables.actions, self.tables.rules, self.tables.gotos, self.states, taken.terminal
        while True:
            action = actions[states[-1]].get(terminal)
            if action is None:
                return states[-1] == self.tables.end and terminal == END
            if action >= 0:
                states.append(action)
                self.values.append(self.value_of(taken.first, self.problems) if terminal == taken.first.kind else None)
                self.places.append((taken.first.start, taken.last.end, 0))
                return True
            rule = rules[-action - 1]
            if rule.size == 1 and not rule.name:
                states[-1] = gotos[states[-2]][rule.origin]  # a rule that stands for its only child: what was built stays
            else:
                self._reduce(rule)

    def _reduce(self, rule: Rule) -> None:
        size, places = rule.size, self.places
        values: list[Any] = []
        if size:
            taken = places[-size:]
            start, end = taken[0][0], taken[-1][1]
            depth = taken[0][2] if size == 1 else max(place[2] for place in taken)
            values = self.values[-size:]
            del self.states[-size:], self.values[-size:], places[-size:]
        else:
            start = end = places[-1][1]
            depth = 0
        value: Any = values if rule.plain else _children(rule, values)
        if rule.name != "_":
            value = self.builders[rule.name](self.problems, Span(start, end), *value) if rule.name else value[0]
            depth += rule.name != ""
            if depth > DEEPEST:
                raise TooDeepError
        self.states.append(self.tables.gotos[self.states[-1]][rule.origin])
        self.values.append(value)
        places.append((start, end, depth))


def _children(rule: Rule, values: list[Any]) -> list[Any]:
    children: list[Any] = []
    for index in rule.children:
        if index >= 0:
            children.append(values[index])
        elif index == -1:
            children.append(None)
        else:
            inlined = values[-index - 2]
            if not children:
                children = inlined  # a list is made by one reduction and read by one, so it may grow in place
            else:
                children.extend(inlined)
    return children
