"""The parser's tables: built by lark from the grammar, kept as JSON beside this module, checked against the grammar's digest when loaded.

Building takes a second and lark's import; loading takes milliseconds and needs no lark. `python -m pingfen.syntax.tables` writes the file anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from functools import cached_property, lru_cache
from typing import Any, Final

from .node import frozen

FORMAT: Final = 1
FILE: Final = os.path.join(os.path.dirname(__file__), "tables.json")
END: Final = "$END"


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
    """LALR tables. State 0 is the start, `end` the state in which a whole document has been read."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.patterns: dict[str, str] = data["patterns"]
        self.rules = tuple(Rule(origin, size, name, tuple(children), children == [*range(size)]) for origin, size, name, children in data["rules"])
        self.end: int = data["end"]
        self.gotos: list[dict[str, int]] = data["gotos"]
        self._shifts: list[dict[str, int]] = data["shifts"]
        self._actions: dict[int, dict[str, int]] = {}

    def actions(self, state: int) -> dict[str, int]:
        """Terminal to action: the next state, or -(rule + 1). Made when first asked, for a text visits few of the states."""
        found = self._actions.get(state)
        if found is None:
            found = {}
            for rule, lookahead in self.data["reductions"][state]:
                found |= dict.fromkeys(self.data["lookaheads"][lookahead], -rule - 1)
            found |= self._shifts[state]
            self._actions[state] = found
        return found

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """Terminals that are neither words nor patterns, longest first."""
        terminals = {terminal for shifts in self._shifts for terminal in shifts}
        return tuple(sorted((text for text in terminals if not any(char.isalnum() for char in text)), key=lambda text: (-len(text), text)))


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
    data = json.loads(_text_of(FILE)) if os.path.isfile(FILE) else {}
    if text is not None and data.get("digest") != digest_of(text):
        data = build_tables(text)
    return Tables(data)


def build_tables(text: str) -> dict[str, Any]:
    """The tables of a grammar as data for JSON; the same text gives the same data."""
    from lark import Lark
    from lark.lexer import PatternStr

    parser = Lark(text, parser="lalr", lexer="basic", start="document", maybe_placeholders=True)
    spelled = {term.name: term.pattern.value if isinstance(term.pattern, PatternStr) else term.name for term in parser.terminals}
    patterns = {term.name: term.pattern.value for term in parser.terminals if not isinstance(term.pattern, PatternStr)}
    table = parser.parser.parser._parse_table
    numbers = _number_states(table, spelled)
    rules = sorted(parser.rules, key=lambda rule: (rule.origin.name, rule.order, str(rule)))
    rule_numbers = {rule: number for number, rule in enumerate(rules)}
    states = sorted(numbers, key=lambda state: numbers[state])
    lookaheads: dict[tuple[str, ...], int] = {}
    data: dict[str, Any] = {
        "digest": digest_of(text),
        "patterns": dict(sorted(patterns.items())),
        "end": numbers[table.end_states["document"]],
        "rules": [_rule_data(rule) for rule in rules],
        "shifts": [],
        "reductions": [],
        "gotos": [],
    }
    terminals = {*spelled, END}
    for state in states:
        shifts, gotos, reduced = _split(table.states[state], terminals)
        data["shifts"].append({spelled.get(name, name): numbers[target] for name, target in sorted(shifts.items())})
        data["gotos"].append({name: numbers[target] for name, target in sorted(gotos.items())})
        sets = {rule_numbers[rule]: tuple(sorted(spelled.get(name, name) for name in names)) for rule, names in reduced.items()}
        data["reductions"].append([[rule, lookaheads.setdefault(names, len(lookaheads))] for rule, names in sorted(sets.items())])
    data["lookaheads"] = [list(names) for names in lookaheads]
    return data


def _split(actions: dict[str, tuple[Any, Any]], terminals: set[str]) -> tuple[dict[str, Any], dict[str, Any], dict[Any, list[str]]]:
    shifts: dict[str, Any] = {}
    gotos: dict[str, Any] = {}
    reduced: dict[Any, list[str]] = {}
    for name, (action, target) in actions.items():
        if str(action) == "Reduce":
            reduced.setdefault(target, []).append(name)
        else:
            (shifts if name in terminals else gotos)[name] = target
    return shifts, gotos, reduced


def _number_states(table: Any, spelled: dict[str, str]) -> dict[Any, int]:
    """States in the order in which they are reached from the start by sorted symbols: stable from run to run."""
    start = table.start_states["document"]
    numbers = {start: 0}
    waiting = deque([start])
    while waiting:
        actions = table.states[waiting.popleft()]
        for name in sorted(actions, key=lambda name: (name in spelled, spelled.get(name, name))):
            action, target = actions[name]
            if str(action) == "Shift" and target not in numbers:
                numbers[target] = len(numbers)
                waiting.append(target)
    return numbers


def _rule_data(rule: Any) -> list[Any]:
    name = rule.origin.name
    label = "_" if name.startswith("_") else rule.alias or name
    children: list[int] = []
    position = 0
    for absent in rule.options.empty_indices or [False] * len(rule.expansion):
        if absent:
            children.append(-1)
            continue
        symbol = rule.expansion[position]
        if not symbol.is_term:
            children.append(-(position + 2) if symbol.name.startswith("_") else position)
        elif not symbol.filter_out:
            children.append(position)
        position += 1
    if rule.options.expand1 and not rule.alias and len(children) == 1 and children[0] >= 0:
        label = ""
    return [str(name), len(rule.expansion), str(label), children]


def write_tables() -> None:
    """Write the file of tables for the repository's grammar."""
    folder = grammar_folder()
    assert folder is not None, "no grammar beside this package"
    data = build_tables(grammar_text(folder))
    with open(FILE, "w", encoding="utf-8") as stream:
        stream.write(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    write_tables()
