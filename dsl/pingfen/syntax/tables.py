"""The parser's tables: built by lark from the grammar, kept as a file beside this module, checked against the grammar's digest when loaded.

Building takes a second and lark's import; loading takes milliseconds and needs no lark. `python -m pingfen.syntax.tables` writes the file anew.
The file is a line of JSON for all, then one for each state, then one for each rule: a text visits few of them, and only those are read.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, TypeVar

from .node import frozen

FORMAT: Final = 2
FILE: Final = os.path.join(os.path.dirname(__file__), "tables.jsonl")
END: Final = "$END"
LISTS: Final = ("states", "rules")

_Value = TypeVar("_Value")


class Made(dict[int, _Value]):
    """Values by number, each made when it is first asked for."""

    def __init__(self, make: Callable[[int], _Value]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, number: int) -> _Value:
        value = self[number] = self.make(number)
        return value


@frozen
class Rule:
    """One alternative: how many symbols it takes off the stack, what is built of them, and which of them are children.

    `children` holds i for child i, -1 for an absent optional, -(i + 2) for child i put in line. `name` is "" for a rule that stands for its only
    child and "_" for one that is put in line. `plain` where the children are all the symbols as they are.
    """

    origin: str
    size: int
    name: str
    children: tuple[int, ...]
    plain: bool


class Tables:
    """LALR tables. State 0 is the start, `end` the state in which a whole document has been read, `size` the number of states.

    `actions` maps a state to what it does at each terminal: the next state, or -(rule + 1). `gotos` maps it to the next state behind each rule's origin.
    `symbols` are the terminals that are neither words nor patterns, longest first.
    """

    def __init__(self, text: str) -> None:
        first, *self._lines = text.split("\n")
        head = json.loads(first)
        self.digest: str = head["digest"]
        self.patterns: dict[str, str] = head["patterns"]
        self.symbols: list[str] = head["symbols"]
        self.end: int = head["end"]
        self.size: int = head["states"]
        self._lookaheads: list[list[str]] = head["lookaheads"]
        self._states = Made(lambda state: json.loads(self._lines[state]))
        self.actions = Made(self._actions)
        self.gotos: Made[dict[str, int]] = Made(lambda state: self._states[state][2])
        self.rules = Made(lambda number: _rule(*json.loads(self._lines[self.size + number])))

    def _actions(self, state: int) -> dict[str, int]:
        shifts, reductions, _ = self._states[state]
        found: dict[str, int] = {}
        for rule, lookahead in reductions:
            found |= dict.fromkeys(self._lookaheads[lookahead], -rule - 1)
        found |= shifts
        return found


def _rule(origin: str, size: int, name: str, children: list[int]) -> Rule:
    return Rule(origin, size, name, tuple(children), children == [*range(size)])


def grammar_folder() -> str | None:
    """The grammar: inside the package where it is installed, else the repository's; None where there is neither."""
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    beside = os.path.join(os.path.dirname(os.path.dirname(package)), "grammar")
    folders = (os.path.join(package, "grammar"), beside)
    return next((folder for folder in folders if os.path.isfile(os.path.join(folder, "document.lark"))), None)


def grammar_text(folder: str) -> str:
    """All files of the grammar as one text, in the order of their names."""
    names = sorted(name for name in os.listdir(folder) if name.endswith(".lark"))
    return "\n".join(_text_of(os.path.join(folder, name)) for name in names)


def _text_of(path: str) -> str:
    with open(path, encoding="utf-8") as stream:
        return stream.read()


def digest_of(text: str) -> str:
    """The digest by which tables know their grammar."""
    return hashlib.sha256(f"{FORMAT}\n{text}".encode()).hexdigest()


@lru_cache(maxsize=1)
def load_tables() -> Tables:
    """The tables of the grammar: from the file, or built in memory where the grammar has changed since it was written."""
    folder = grammar_folder()
    text = grammar_text(folder) if folder else None
    tables = Tables(_text_of(FILE)) if os.path.isfile(FILE) else None
    if tables and (text is None or tables.digest == digest_of(text)):
        return tables
    from .generator import build_tables

    assert text is not None, "neither tables nor a grammar beside this package"
    return Tables(tables_text(build_tables(text)))


def tables_text(data: dict[str, Any]) -> str:
    """The file of tables."""
    head = data | {name: len(data[name]) for name in LISTS}
    return "\n".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in (head, *(line for name in LISTS for line in data[name]))) + "\n"


def write_tables() -> None:
    """Write the file of tables for the repository's grammar."""
    from .generator import build_tables

    folder = grammar_folder()
    assert folder is not None, "no grammar beside this package"
    text = tables_text(build_tables(grammar_text(folder)))
    with open(FILE, "w", encoding="utf-8") as stream:
        stream.write(text)


if __name__ == "__main__":
    write_tables()
