"""The texts a ruleset compares a column with, so that a sample holds them too; and the other texts of a column."""

from __future__ import annotations

from collections.abc import Iterator

from ..node import Node
from ..plan.expressions import ColumnRead, Compare, Constant
from ..plan.ruleset import Plan


def compared_texts(plan: Plan) -> dict[str, list[str]]:
    """Column name to the texts it is compared with anywhere in the first half of the plan, in order of appearance."""
    found: dict[str, list[str]] = {}
    for node in _nodes(plan.events):
        match node:
            case Compare(left=ColumnRead(name=name), right=Constant(value=str(text))) | Compare(left=Constant(value=str(text)), right=ColumnRead(name=name)):
                known = found.setdefault(name, [])
                if text not in known:
                    known.append(text)
    return found


def _nodes(value: object) -> Iterator[object]:
    """The node and everything below it."""
    if isinstance(value, tuple):
        for each in value:
            yield from _nodes(each)
    elif isinstance(value, Node):
        yield value
        for name in value.__match_args__:
            yield from _nodes(getattr(value, name))
