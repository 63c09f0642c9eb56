"""`frozen`: what makes a class of the syntax tree, as `attrs.frozen` would, at a fraction of the time that some seventy classes take to compile.

A span takes no part in equality and is not shown. To type checkers these are attrs classes, and `attrs.evolve` works on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..plan.node import Node
from ..plan.node import frozen as _frozen
from ..source import NOWHERE


class SyntaxNode(Node):
    """Frozen; equal to a node of the same class whose values, but for spans, are equal."""

    __slots__ = ()
    _compared: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._compared)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self._compared)))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._compared)
        return f"{type(self).__name__}({values})"


if TYPE_CHECKING:
    from attrs import field
    from attrs import frozen as frozen

    def span_field() -> Any:
        """A field for a node's span."""
        return field(default=NOWHERE, eq=False, repr=False)

else:

    def frozen(cls):
        """Makes a class of the tree from a class body of annotated names."""
        plain = _frozen(repr=True)(cls)
        names = plain.__match_args__
        body = {name: value for name, value in plain.__dict__.items() if name not in names and name not in ("__dict__", "__weakref__")}
        return type(cls.__name__, (SyntaxNode,), body | {"_compared": tuple(name for name in names if name != "span")})

    def span_field():
        """A field for a node's span."""
        return NOWHERE
