"""Where the nodes of the plan come from in the text: spans by identity, for equal nodes may stand in many places."""

from __future__ import annotations

from typing import TypeVar

from ..node import Factory, define
from ..source import NOWHERE, Span

Marked = TypeVar("Marked")


@define
class SourceMap:
    """The span of each marked node of a plan. Nodes are kept alive, so that an identity means one node."""

    _spans: dict[int, tuple[object, Span]] = Factory(dict)

    def mark(self, node: Marked, span: Span) -> Marked:
        """Remembers the span of a node, unless it has one, and gives the node back."""
        if span.end:
            self._spans.setdefault(id(node), (node, span))
        return node

    def span_of(self, node: object) -> Span:
        """The span of a node; `NOWHERE` for a node that stands for nothing written."""
        found = self._spans.get(id(node))
        return found[1] if found else NOWHERE
