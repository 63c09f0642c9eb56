"""Finds the keyword that a misspelled word was meant to be."""

from __future__ import annotations

from typing import Final

from ..source import Span
from .keywords import KEYWORDS, spellings
from .place import Place
from .tokens import WORD, Token

CLOSE: Final = 0.7
SHORTEST: Final = 3
EACH: Final = 0.5


def keyword_meant(place: Place) -> tuple[Span, str] | None:
    """The words at the place that are nearly a keyword the grammar takes there, and that keyword; None where nothing is near."""
    at_place = _words(place.tokens, place.index)
    fitting = [spelling for keyword in place.expected & KEYWORDS.keys() for spelling in spellings(keyword)]
    found = _closest(at_place, fitting)
    if found is None and place.before is not None and place.before.kind == WORD:
        phrases = [spelling for keyword in KEYWORDS for spelling in spellings(keyword) if " " in spelling and spelling[0] not in ",，"]
        found = _closest([words for words in _words(place.tokens, place.index - 1) if len(words) > 1], phrases)
        if found is None and sum(token.text == place.before.text for token in place.tokens) == 1:
            found = _closest([[place.before]], [spelling for keyword in KEYWORDS for spelling in spellings(keyword)])
    return found


def _words(tokens: list[Token], index: int) -> list[list[Token]]:
    """The runs of one to four words that begin at `index`, longest first."""
    run: list[Token] = []
    while len(run) < 4 and index < len(tokens) and tokens[index].kind == WORD:
        run.append(tokens[index])
        index += 1
    return [run[:length] for length in range(len(run), 0, -1)]


def _closest(runs: list[list[Token]], candidates: list[str]) -> tuple[Span, str] | None:
    from difflib import get_close_matches

    for run in runs:
        text = " ".join(token.text for token in run)
        alike = [word for word in candidates if word.count(" ") == len(run) - 1]
        enough = CLOSE if text.isascii() else 0.5
        if len(text) < (SHORTEST if text.isascii() else 2):
            continue
        near = [word for word in get_close_matches(text.lower(), alike, 3, enough) if word != text and _alike_word_by_word(text.lower(), word)]
        if near:
            return Span(run[0].start, run[-1].end), near[0]
    return None


def _alike_word_by_word(text: str, keyword: str) -> bool:
    """Whether each word is nearly its own: in `orders to` nobody meant `down to`."""
    from difflib import SequenceMatcher

    return all(SequenceMatcher(None, word, meant).ratio() >= EACH for word, meant in zip(text.split(), keyword.split(), strict=True))
