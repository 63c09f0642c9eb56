"""Walks over expressions: everything below a node, and every branch with the situation in which it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from ..plan.expressions import AllOf, AnyOf, Band, Bands, Case, Cases, Expression, Line, LookupRow
from .evaluation import assume, branches_of
from .rows import Branch
from .situation import Situation

EXPRESSIONS = get_args(Expression)
Choice = Cases | Bands


def children_of(node: Expression) -> list[Expression]:
    """The expressions directly below a node, in the order written."""
    return [child for name in node.__match_args__ for child in _expressions_in(getattr(node, name))]


def _expressions_in(value: object) -> Iterator[Expression]:
    if isinstance(value, EXPRESSIONS):
        yield value
    elif isinstance(value, (Case, Band, LookupRow, Line)):
        for name in value.__match_args__:
            yield from _expressions_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _expressions_in(item)


def walk(node: Expression) -> Iterator[Expression]:
    """The node and everything below it."""
    yield node
    for child in children_of(node):
        yield from walk(child)


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
