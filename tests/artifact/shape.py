"""The shape of a plan: every class that an artifact may hold, with its fields. `python -m tests.artifact.shape` writes it to `shape.txt`."""

from __future__ import annotations

import sys
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pingfen.artifact.reading import FORMAT
from pingfen.node import Node
from pingfen.plan.ruleset import Plan

FILE = Path(__file__).parent / "shape.txt"


def shape() -> str:
    """The format's number, then a line for each class, by name."""
    found: dict[str, str] = {}
    waiting: list[type[Node]] = [Plan]
    while waiting:
        kind = waiting.pop()
        if kind.__name__ in found:
            continue
        scope = vars(sys.modules[kind.__module__])
        hints = {name: eval(kind.__annotations__[name], scope) for name in kind.__match_args__}
        found[kind.__name__] = ", ".join(f"{name} {_said(hint)}" for name, hint in hints.items())
        waiting += [inner for hint in hints.values() for inner in _classes(hint)]
    return f"format {FORMAT}\n" + "".join(f"{name}: {fields}\n" for name, fields in sorted(found.items()))


def _classes(hint: Any) -> list[type[Node]]:
    """The nodes that a declared type names."""
    if isinstance(hint, type) and get_origin(hint) is None:
        return [hint] if issubclass(hint, Node) else []
    return [] if get_origin(hint) is Literal else [found for inner in get_args(hint) for found in _classes(inner)]


def _said(hint: Any) -> str:
    """A declared type in one spelling, whatever the aliases it was written by."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return "/".join(sorted(inner))
    if origin is tuple:
        return f"[{' '.join('...' if each is Ellipsis else _said(each) for each in inner)}]"
    if origin in (UnionType, Union):
        return "|".join(sorted(_said(each) for each in inner))
    return "none" if hint is type(None) else str(hint.__name__)


if __name__ == "__main__":
    FILE.write_text(shape(), "utf-8")
