"""What an expression of the plan reads, and in which layer it can be computed."""

from __future__ import annotations

from collections.abc import Iterator

from ..node import nodes_in
from ..plan.expressions import BestOf, FieldRead, NumberRead, StageRead, Sum
from .knowledge import Knowledge


def keys_read(root: object) -> Iterator[str]:
    """The fields and numbers that are read, as keys: `field volume`, `number product`, `stage`."""
    for node in nodes_in(root, without="type"):
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


def layer_of(root: object, known: Knowledge) -> int:
    """The layer in which everything that is read is known."""
    return max((known.layers.get(key, 0) for key in keys_read(root)), default=0)
