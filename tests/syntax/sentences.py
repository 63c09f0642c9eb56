"""Sentences of the grammar itself: random derivations, written with English or Chinese keywords, line breaks and spaces where they may stand."""

from __future__ import annotations

from functools import lru_cache
from random import Random
from typing import Any

from hypothesis import strategies as st
from lark import Lark
from lark.lexer import PatternStr

from pingfen.syntax.keywords import KEYWORDS, spellings
from pingfen.syntax.tables import grammar_folder, grammar_text

NAMES = ("volume", "praise", "退货率", "orders", "paid_at", "valid_orders", "商品", "x1", "_hidden", "ünïcode")
LEAVES = {
    "NAME": NAMES,
    "NUMBER": ("0", "1", "30", "4.50", "300000", "0.001"),
    "PERCENT": ("95%", "0.80%", "0%"),
    "TEXT": ('"apparel"', '"中文 标签"', '"a \\"quoted\\" word"', '""'),
    "DATE": ("2026-06-10", "2024-02-29"),
    "CLOCK": ("06:00", "22:59:59", "24:00"),
    "INSTANT": ("2026-05-30 18:30", "2026-05-30  08:00:05"),
    "_NL": ("\n",),
}


@lru_cache(maxsize=1)
def grammar() -> tuple[dict[str, list[list[tuple[bool, str]]]], dict[str, int]]:
    """Rule to its alternatives (whether a terminal, and its spelling or rule), and the least depth of each rule."""
    folder = grammar_folder()
    assert folder is not None
    parser = Lark(grammar_text(folder), parser="lalr", lexer="basic", start="document")
    spelled: dict[str, str] = {term.name: term.pattern.value if isinstance(term.pattern, PatternStr) else term.name for term in parser.terminals}
    alternatives: dict[str, list[list[tuple[bool, str]]]] = {}
    for rule in parser.rules:
        symbols: list[Any] = rule.expansion
        alternatives.setdefault(str(rule.origin.name), []).append([(symbol.is_term, spelled.get(symbol.name, str(symbol.name))) for symbol in symbols])
    return alternatives, _depths(alternatives)


def _depths(alternatives: dict[str, list[list[tuple[bool, str]]]]) -> dict[str, int]:
    depths: dict[str, int] = {}
    while len(depths) < len(alternatives):
        for name, rows in alternatives.items():
            known = [1 + max((0 if term else depths[symbol] for term, symbol in row), default=0) for row in rows if _known(row, depths)]
            if known:
                depths[name] = min(known)
    return depths


def _known(row: list[tuple[bool, str]], depths: dict[str, int]) -> bool:
    return all(term or symbol in depths for term, symbol in row)


def derive(random: Random, rule: str, depth: int) -> list[str]:
    """A random derivation of `rule`, at most about `depth` deep, as terminals."""
    alternatives, depths = grammar()
    found: list[str] = []
    waiting: list[tuple[bool, str, int]] = [(False, rule, depth)]
    while waiting:
        term, symbol, left = waiting.pop()
        if term:
            found.append(symbol)
            continue
        rows = alternatives[symbol]
        fitting = [row for row in rows if 1 + max((0 if is_term else depths[name] for is_term, name in row), default=0) <= left]
        shortest = min(rows, key=lambda row: max((0 if is_term else depths[name] for is_term, name in row), default=0))
        row = random.choice(fitting) if fitting else shortest
        waiting += [(is_term, name, left - 1) for is_term, name in reversed(row)]
    return found


def spell(random: Random, terminals: list[str], chinese: float) -> str:
    """The terminals as text."""
    words = []
    for index, terminal in enumerate(terminals):
        if terminal in KEYWORDS:
            english = [spelling for spelling in spellings(terminal) if spelling.isascii()]
            words.append(random.choice(KEYWORDS[terminal][1] if random.random() < chinese else english))
        elif terminal in LEAVES:
            words.append(random.choice(LEAVES[terminal]))
        else:
            words.append(terminal)
        if terminal == "{" and random.random() < 0.4:
            words.append("\n")
        if random.random() < 0.03:
            words.append(f"# note {index}\n" if index + 1 < len(terminals) and terminals[index + 1] == "_NL" else "")
    return " ".join(words) + ("\n" if random.random() < 0.8 else "")


def sentences(rule: str = "document", depth: int = 26) -> st.SearchStrategy[str]:
    """Texts that the grammar takes."""

    def make(random: Random, chinese: float) -> str:
        return spell(random, derive(random, rule, depth), chinese)

    return st.builds(make, st.randoms(use_true_random=False), st.sampled_from([0.0, 0.5, 1.0]))
