"""The generator reaches every construct and operator: what it never writes, no law tests."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any, get_args

import attrs
import pytest

from pingfen.node import Node
from pingfen.pipeline import Compilation, compile_source
from pingfen.source import Source
from pingfen.syntax import declarations, expressions

from ..conformance.census import constructs, reached_by
from ..strategies.rulesets import ruleset_of_seed

pytestmark = pytest.mark.slow

SEEDS = range(300)
NOT_GENERATED = {"ExampleBlock", "FlagLiteral", "YearsHeader"}


@cache
def compiled() -> tuple[Compilation, ...]:
    """The generated texts, compiled."""
    return tuple(compile_source(Source("generated.pf", ruleset_of_seed(seed))) for seed in SEEDS)


@cache
def written() -> Counter[str]:
    """Node classes of the syntax trees, and each of their fields that holds a word."""
    found: Counter[str] = Counter()
    for compilation in compiled():
        _count(compilation.document, found)
    return found


def _count(node: Any, found: Counter[str]) -> None:
    names: tuple[str, ...] = ()
    if isinstance(node, tuple):
        for item in node:
            _count(item, found)
    elif isinstance(node, Node):
        names = node.__match_args__
    elif attrs.has(type(node)):
        names = tuple(field.name for field in attrs.fields(type(node)) if field.name != "span")
    found[type(node).__name__] += 1
    for name in names:
        value = getattr(node, name)
        if isinstance(value, str):
            found[f"{type(node).__name__}.{name} {value}"] += 1
        elif value is not None:
            _count(value, found)


@pytest.mark.parametrize("union", [expressions.Expression, declarations.Declaration], ids=["expressions", "declarations"])
def test_every_construct_is_written(union: Any) -> None:
    """Every kind of expression and declaration occurs in the generated texts."""
    assert sorted({kind.__name__ for kind in get_args(union)} - written().keys() - NOT_GENERATED) == []


def test_every_construct_of_the_plan_is_meant() -> None:
    """Every class of the plan, every word that a field may hold and every field that may be left out occurs in the plans of the generated texts."""
    found = frozenset[str]().union(*(reached_by(compilation.plan) for compilation in compiled() if compilation.plan is not None))
    assert [construct for construct in constructs() if construct not in found] == []
