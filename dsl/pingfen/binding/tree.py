"""Walks over the syntax tree: the nodes below a node, in the order written."""

from __future__ import annotations

from collections.abc import Iterator

from ..node import Node


def nodes(root: object) -> Iterator[object]:
    """The node and all nodes below it, in the order written; tuples are looked into, anything else is left out."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting += reversed(node)
        elif isinstance(node, Node):
            yield node
            waiting += [getattr(node, name) for name in reversed(node.__match_args__) if name != "span"]
