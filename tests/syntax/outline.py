"""A syntax tree as text: one node a line, what is empty or absent left out."""

from __future__ import annotations

from typing import Any

from pingfen.node import Node
from pingfen.syntax.expressions import Name, NumberLiteral, Reference, TextLiteral

EMPTY = (None, False, (), "", "required", "half away", "weights")


def outline(node: Any, indent: int = 0) -> str:
    """The node and what is below it."""
    leaf = _leaf(node)
    if leaf is not None:
        return leaf
    if isinstance(node, tuple):
        return _listed(node, indent)
    rows = [type(node).__name__]
    for name in type(node).__match_args__:
        value = getattr(node, name)
        if name == "span" or _is_empty(value):
            continue
        rows.append(f"{'  ' * (indent + 1)}{name}: {outline(value, indent + 1)}")
    return "\n".join(rows)


def _is_empty(value: Any) -> bool:
    if isinstance(value, Node):
        return type(value).__name__ == "LabelText" and not getattr(value, "texts", ())
    return value in EMPTY


def _leaf(node: Any) -> str | None:
    match node:
        case Name():
            return node.text
        case TextLiteral():
            return f'"{node.text}"'
        case Reference():
            return ".".join(name.text for name in node.names)
        case NumberLiteral():
            return f"{node.digits}{' ' if node.unit not in ('', '%') else ''}{node.unit}{' assumed' if node.assumed else ''}"
        case Node() | tuple():
            return None
        case _:
            return str(node)


def _listed(nodes: tuple[Any, ...], indent: int) -> str:
    leaves = [_leaf(node) for node in nodes]
    if all(leaf is not None for leaf in leaves):
        return ", ".join(str(leaf) for leaf in leaves)
    return "".join(f"\n{'  ' * (indent + 1)}- {outline(node, indent + 1)}" for node in nodes)
