"""Builds the parser's tables by lark from the grammar: takes a second, so the tables are kept as a file beside `tables`.

States are numbered in the order in which they are reached from the start by sorted symbols, so that the same grammar gives the same file.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from .tables import END, digest_of


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
        "symbols": _symbols({spelled.get(name, name) for state in states for name in table.states[state]} & {*spelled.values()}),
        "end": numbers[table.end_states["document"]],
        "rules": [_rule_data(rule) for rule in rules],
        "states": [],
    }
    terminals = {*spelled, END}
    for state in states:
        shifts, gotos, reduced = _split(table.states[state], terminals)
        sets = {rule_numbers[rule]: tuple(sorted(spelled.get(name, name) for name in names)) for rule, names in reduced.items()}
        data["states"].append(
            [
                {spelled.get(name, name): numbers[target] for name, target in sorted(shifts.items())},
                [[rule, lookaheads.setdefault(names, len(lookaheads))] for rule, names in sorted(sets.items())],
                {name: numbers[target] for name, target in sorted(gotos.items())},
            ]
        )
    data["lookaheads"] = [list(names) for names in lookaheads]
    return data


def _symbols(terminals: set[str]) -> list[str]:
    """Terminals that are neither words nor patterns, longest first."""
    return sorted((text for text in terminals if not any(char.isalnum() for char in text)), key=lambda text: (-len(text), text))


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
