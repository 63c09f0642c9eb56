"""Walks over expressions: everything below a node, and every branch with the situation in which it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from ..plan.expressions import AllOf, AnyOf, Band, Bands, Case, Cases, Expression, Line, LookupRow
from .evaluation import assume, branches_of
from .rows import Branch
from .situation import Situation

EXPRESSIONS = frozenset(get_args(Expression))
ROWS = frozenset({Case, Band, LookupRow, Line})
Choice = Cases | Bands


def children_of(node: Expression) -> list[Expression]:
    """The expressions directly below a node, in the order written."""
    found: list[Expression] = []
    _gather(node, found)
    return found


def _gather(node: Any, found: list[Expression]) -> None:
    """The expressions in the fields of a node or of one of its rows. Classes are looked up, for a test against so many would be slow."""
    for name in node.__match_args__:
        value = getattr(node, name)
        for item in value if type(value) is tuple else (value,):
            if type(item) in EXPRESSIONS:
                found.append(item)
            elif type(item) in ROWS:
                _gather(item, found)


def walk(node: Expression) -> Iterator[Expression]:
    """The node and everything below it."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting += reversed(children_of(here))


def choices_in(node: Expression, situation: Situation) -> Iterator[tuple[Choice, list[Branch]]]:
    """Every cases, ladder and ranges below the node that is reached, with its branches in the situation in which it is reached."""
    if isinstance(node, (Cases, Bands)):
        branches = branches_of(node, situation)
        yield node, branches
        for branch in branches:
            if branch.situation is not None:
                yield from choices_in(branch.value, branch.situation)
        heads = [row.condition for row in node.rows] if isinstance(node, Cases) else [node.subject]
        for head in heads:
            yield from choices_in(head, situation)
    elif isinstance(node, (AllOf, AnyOf)):
        yield from _choices_in_chain(node, situation)
    else:
        for child in children_of(node):
            yield from choices_in(child, situation)


def _choices_in_chain(node: AllOf | AnyOf, situation: Situation) -> Iterator[tuple[Choice, list[Branch]]]:
    rest: Situation | None = situation
    for condition in node.conditions:
        if rest is not None:
            yield from choices_in(condition, rest)
            rest = assume(condition, isinstance(node, AllOf), rest)
