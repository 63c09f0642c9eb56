"""What an expression of the plan reads, and in which layer it can be computed."""

from __future__ import annotations

from collections.abc import Iterator

from ..node import Node
from ..plan.expressions import BestOf, FieldRead, NumberRead, StageRead, Sum
from .knowledge import Knowledge


def nodes(root: object) -> Iterator[Node]:
    """The node and all nodes of the plan below it."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting += reversed(node)
        elif isinstance(node, Node):
            yield node
            waiting += [getattr(node, name) for name in reversed(node.__match_args__) if name != "type"]


def keys_read(root: object) -> Iterator[str]:
    """The fields and numbers that are read, as keys: `field volume`, `number product`, `stage`."""
    for node in nodes(root):
        match node:
            case FieldRead():
                yield f"field {node.name}"
            case NumberRead():
                yield f"number {node.path}"
            case StageRead():
                yield "stage"
            case Sum() | BestOf():
                yield from (f"number {line.path}" for line in node.lines)
            case _:
                pass


def layer_of(root: object, known: Knowledge, at_least: int = 0) -> int:
    """The layer in which everything that is read is known."""
    return max((known.layers.get(key, 0) for key in keys_read(root)), default=0) if at_least == 0 else max(at_least, layer_of(root, known))
