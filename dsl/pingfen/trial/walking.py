"""Every node inside a node of the plan."""

from __future__ import annotations

from collections.abc import Iterator


def nodes_in(root: object) -> Iterator[object]:
    """The node itself and all nodes in it, outer before inner; types and labels are nodes too."""
    names = getattr(type(root), "__match_args__", ())
    if not names:
        return
    yield root
    for name in names:
        value = getattr(root, name)
        for inner in value if isinstance(value, tuple) else (value,):
            yield from nodes_in(inner)
