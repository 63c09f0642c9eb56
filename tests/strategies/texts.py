"""Texts that are no rulesets, or nearly: any characters, words of the language in any order, sentences of the grammar, and real files with mistakes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies
from lark import Lark

from .choosing import ByRandom, Chooser, by_hypothesis
from .rulesets import ruleset_text

ROOT = Path(__file__).parents[2]
SPELLED = {
    "NAME": ("a", "店", "score", "total", "weights"), "NUMBER": ("1", "0.5", "90", "4.50"), "PERCENT": ("95%", "0.20%"), "TEXT": ('"a"', '"中文"', '""'),
    "INSTANT": ("2026-06-10 18:30", "2026-13-40 99:99"), "DATE": ("2026-06-10", "2026-02-30"), "CLOCK": ("18:00", "24:00", "99:99"), "_NL": ("\n",),
}  # fmt: skip
PIECES = ("{", "}", "(", ")", "[", "]", "..", "->", "=", ",", ">=", "<", "+", "-", "*", "/", "\n", "#", '"', "%", "，", "\\", "\t", "é", "\u0000", "𐀀")


def any_texts() -> strategies.SearchStrategy[str]:
    """Texts of every kind that a stranger may send."""
    return strategies.one_of(strategies.text(max_size=200), scrambled(), sentences(), mistaken())


@strategies.composite
def scrambled(draw: strategies.DrawFn) -> str:
    """Keywords, names, numbers and marks in any order."""
    chooser = by_hypothesis(draw)
    words = (*keywords(), *PIECES, *(text for texts in SPELLED.values() for text in texts))
    return " ".join(chooser.pick(words) for _ in range(chooser.integer(0, 40)))


@strategies.composite
def sentences(draw: strategies.DrawFn) -> str:
    """A text that the grammar allows, whatever it may mean."""
    return sentence(by_hypothesis(draw))


@strategies.composite
def mistaken(draw: strategies.DrawFn) -> str:
    """A real or generated ruleset with a few pieces taken out, doubled, swapped or replaced."""
    chooser = by_hypothesis(draw)
    text = chooser.pick(real_texts()) if chooser.chance(50) else ruleset_text(ByRandom(chooser.integer(0, 10**6)))
    for _ in range(chooser.integer(1, 4)):
        text = mistake(chooser, text)
    return text


def mistake(chooser: Chooser, text: str) -> str:
    """The text with one mistake."""
    start = chooser.integer(0, len(text))
    end = min(len(text), start + chooser.integer(0, 12))
    other = chooser.integer(0, len(text))
    return chooser.pick([
        text[:start] + text[end:],
        text[:end] + text[start:end] + text[end:],
        text[:start] + chooser.pick((*keywords(), *PIECES)) + text[end:],
        text[:start] + text[other : other + 12] + text[end:],
        text[:start],
    ])  # fmt: skip


@cache
def keywords() -> tuple[str, ...]:
    """Every keyword of the grammar, in its English spelling."""
    return tuple(sorted(pattern for pattern in _spelled().values() if pattern[0].isalpha()))


@cache
def real_texts() -> tuple[str, ...]:
    """The rulesets of the repository."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("rulesets/**/*.pf"))) or ("ruleset a.b\n",)


def sentence(chooser: Chooser) -> str:
    """A sentence of the grammar; rules nest until the choices run out, then take their shortest alternatives."""
    words: list[str] = []
    _derive("document", chooser, words, 14)
    return " ".join(words)


def _derive(symbol: str, chooser: Chooser, words: list[str], depth: int) -> None:
    if symbol not in _alternatives():
        words.append(chooser.pick(SPELLED[symbol]) if symbol in SPELLED else _spelled()[symbol])
        return
    options = _alternatives()[symbol]
    if len(words) > 300 or depth <= 0:
        options = options[:1]
    for part in chooser.pick(options):
        _derive(part, chooser, words, depth - 1)


@cache
def _parser() -> Any:
    text = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "grammar").glob("*.lark")))
    return Lark(text, parser="lalr", lexer="basic", start="document", maybe_placeholders=True)


@cache
def _spelled() -> dict[str, str]:
    return {terminal.name: terminal.pattern.value for terminal in _parser().terminals if terminal.name not in SPELLED}


@cache
def _alternatives() -> dict[str, list[tuple[str, ...]]]:
    """The alternatives of each rule, the ones that end soonest first."""
    rules: dict[str, list[tuple[str, ...]]] = {}
    for rule in _parser().rules:
        rules.setdefault(rule.origin.name, []).append(tuple(symbol.name for symbol in rule.expansion))
    heights: dict[str, int] = {}
    while True:
        found = {name: 1 + min(_height(option, rules, heights) for option in options) for name, options in rules.items()}
        if found == heights:
            break
        heights = found
    return {name: sorted(set(options), key=lambda option: (_height(option, rules, heights), option)) for name, options in rules.items()}


def _height(option: tuple[str, ...], rules: dict[str, Any], heights: dict[str, int]) -> int:
    return max((heights.get(symbol, 10**6) if symbol in rules else 0 for symbol in option), default=0)
