"""How a keyword is written in the wished language, where the table's first spelling does not fit every place."""

from __future__ import annotations

import re
from typing import Final, Literal

from ..keywords import KEYWORDS, MEASURES, PERIODS
from ..machine import Taken

Keywords = Literal["keep", "en", "zh"]

_ESCAPE_OR_QUOTE: Final = re.compile(r'\\.|"')
_LISTING: Final = ("distinct count of", "sum of", "mean of", "minimum of", "maximum of")


def written(taken: list[Taken], index: int, keywords: Keywords) -> str:
    """The text of the terminal at `index`: names and literals as they stand, symbols in their one form, keywords in the language."""
    this = taken[index]
    if this.terminal not in KEYWORDS:
        return _plain(this)
    if keywords == "keep":
        return _kept(taken, index)
    if keywords == "en":
        return _english(taken, index)
    return _chinese(taken, index)


def _plain(this: Taken) -> str:
    text = this.first.text
    if this.terminal == "TEXT":
        return text if text[0] == '"' else f'"{_quotes_escaped(text[1:-1])}"'
    if this.terminal in ("NAME", "NUMBER", "PERCENT", "DATE", "CLOCK"):
        return text
    return " ".join(text.split()) if this.terminal == "INSTANT" else this.terminal


def _quotes_escaped(text: str) -> str:
    """The inside of a text in curly quotes, as it stands between straight ones."""
    return _ESCAPE_OR_QUOTE.sub(lambda found: found[0] if len(found[0]) > 1 else '\\"', text)


def _kept(taken: list[Taken], index: int) -> str:
    this = taken[index]
    words = " ".join(this.words)
    return words.replace("， ", ", ").replace("、 ", ", ") if this.terminal[0] == "," else words


def _english(taken: list[Taken], index: int) -> str:
    this = taken[index]
    if this.terminal == "without" and taken[index + 1].terminal == "score":
        return "without a"
    if this.terminal in (*MEASURES, *PERIODS) and index and taken[index - 1].terminal == "NUMBER" and taken[index - 1].first.text != "1":
        return f"{this.terminal}s"
    return this.terminal


def _chinese(taken: list[Taken], index: int) -> str:
    terminal = taken[index].terminal
    after = taken[index + 1].terminal if index + 1 < len(taken) else ""
    before = taken[index - 1].terminal if index else ""
    match terminal:
        case "month" if after == "(":
            return "月"
        case "rows" if after != "per":
            return "行"
        case "subjects" if after == "{":
            return "主体表"
        case "any" if after == "NAME" and before not in ("{", ",", "_NL", "->"):
            return "有"
        case "in" if _lists_rows(taken, index):
            return "于"
        case "full week" | "full month" | "full quarter" if before != "NUMBER":
            return KEYWORDS[terminal][1][1]
        case "of":
            return _of(taken, index)
        case _:
            return KEYWORDS[terminal][1][0].replace("，", ", ")


def _of(taken: list[Taken], index: int) -> str:
    before = [item.terminal for item in taken[max(index - 2, 0) : index]]
    if before[:1] == ["at least"]:
        return "项"
    for item in reversed(taken[:index] if index < 400 else taken[index - 400 : index]):
        if item.terminal in ("_NL", "tier"):
            return "依次为" if item.terminal == "tier" else "之"
    return "之"


def _lists_rows(taken: list[Taken], index: int) -> bool:
    """Whether this `in` names what an aggregate reads: the first `in` behind the aggregate's word that stands outside brackets."""
    depth = 0
    for item in reversed(taken[max(index - 400, 0) : index]):
        depth += (item.terminal in (")", "]", "}")) - (item.terminal in ("(", "[", "{"))
        if depth == 0 and item.terminal in _LISTING:
            return True
        if depth < 0 or item.terminal == "_NL" or (depth == 0 and item.terminal in ("in", "with")):
            return False
    return False
