"""The constructs of a plan, from its own types: each class of node, each word that a field may hold, and each field that may be left out.

What is added to the plan is counted from then on.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pingfen.node import Node, nodes_in
from pingfen.plan.events import EventPlan
from pingfen.plan.record import RecordPlan
from pingfen.plan.ruleset import Plan

APART = {"Improvable", "Label", "Transitions", "Words", "Truth", "Numeric", "Exact"}
"""Classes that say nothing of how a number is made, or that every ruleset has."""

APART_FIELDS = {"label", "improvable"}


@cache
def constructs() -> tuple[str, ...]:
    """Every construct there is: `Curve`, `Divided.mode half even`, sorted."""
    classes: dict[str, type[Node]] = {}
    waiting: list[Any] = [EventPlan, RecordPlan]
    while waiting:
        for kind in _classes_in(waiting.pop()):
            if kind.__name__ not in classes:
                classes[kind.__name__] = kind
                waiting += list(get_type_hints(kind).values())
    kept = [kind for name, kind in classes.items() if name not in APART]
    return tuple(sorted([*(kind.__name__ for kind in kept), *(construct for kind in kept for construct in _of_fields(kind))]))


def _of_fields(kind: type[Node]) -> Iterator[str]:
    """`Divided.mode up` for a field of words, `Window.lag` for one that may be left out."""
    for name, hint in get_type_hints(kind).items():
        if get_origin(hint) is Literal:
            yield from (f"{kind.__name__}.{name} {word}" for word in get_args(hint) if word)
        elif name not in APART_FIELDS and (name in kind._defaults or hint is bool or type(None) in get_args(hint)):
            yield f"{kind.__name__}.{name}"


def reached_by(plan: Plan) -> frozenset[str]:
    """The constructs of a plan."""
    found: set[str] = set()
    for part in (plan.events, plan.record):
        for node in nodes_in(part):
            found.add(type(node).__name__)
            for name in type(node).__match_args__:
                value = getattr(node, name)
                found.update([f"{type(node).__name__}.{name}"] if value else [], [f"{type(node).__name__}.{name} {value}"] if isinstance(value, str) else [])
    return frozenset(found.intersection(constructs()))


def as_mask(found: Iterable[str]) -> str:
    """Constructs as the bits of one number, in hexadecimal."""
    return f"{sum(1 << _places()[name] for name in found):x}"


def of_mask(mask: str) -> frozenset[str]:
    """The constructs of a number."""
    bits = int(mask, 16)
    return frozenset(name for name, place in _places().items() if bits >> place & 1)


@cache
def _places() -> dict[str, int]:
    return {name: place for place, name in enumerate(constructs())}


def _classes_in(hint: Any) -> Iterator[type[Node]]:
    if isinstance(hint, type) and issubclass(hint, Node):
        yield hint
    elif get_origin(hint) in (tuple, Union, types.UnionType):
        for inner in get_args(hint):
            yield from _classes_in(inner)
