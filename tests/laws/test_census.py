"""The generator reaches every construct and operator: what it never writes, no law tests."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any, get_args

import attrs
import pytest

from pingfen.node import Node
from pingfen.pipeline import Compilation, compile_source
from pingfen.plan import expressions as plan_expressions
from pingfen.plan.events import AgeBand, Shorter
from pingfen.plan.record import Across
from pingfen.source import Source
from pingfen.syntax import declarations, expressions

from ..strategies.rulesets import ruleset_of_seed

pytestmark = pytest.mark.slow

SEEDS = range(250)
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


@cache
def meant() -> Counter[str]:
    """Node classes of the plans, and each of their fields that holds a word."""
    found: Counter[str] = Counter()
    for compilation in compiled():
        _count(compilation.plan, found)
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


def test_every_kind_of_plan_node_is_meant() -> None:
    """Every kind of expression of the plan occurs in the plans of the generated texts."""
    kinds = (*get_args(plan_expressions.Expression), *get_args(Across), Shorter, AgeBand)
    assert sorted(kind.__name__ for kind in kinds if kind.__name__ not in meant()) == []


WORDS = {
    "Divided.mode": ("half away", "up", "down", "half even"),
    "Compare.operator": ("=", "<>", "<", "<=", ">", ">="),
    "Arithmetic.operator": ("+", "-", "*"),
    "Extreme.kind": ("least", "greatest"),
    "Aggregate.form": ("count", "distinct", "sum", "minimum", "maximum", "mean", "share"),
    "Window.unit": ("days", "months", "full weeks", "full months", "full quarters", "all"),
    "PeerRank.better": ("higher", "lower"),
    "PeerTop.better": ("higher", "lower"),
    "Rate.beyond": ("cut", "none"),
    "Adjustment.kind": ("deduct", "bonus", "protect", "cap"),
    "Sum.form": ("weights", "weighted mean", "sum"),
    "Gate.kind": ("gate", "sanction"),
    "GroupExtreme.kind": ("lowest", "highest"),
    "Column.available": ("required", "optional", "ahead"),
    "Bands.form": ("ladder", "ranges"),
}


@pytest.mark.parametrize(("field", "words"), WORDS.items(), ids=WORDS)
def test_every_word_of_a_construct_is_meant(field: str, words: tuple[str, ...]) -> None:
    """Every operator, rounding, form and kind occurs in the plans of the generated texts."""
    assert [word for word in words if f"{field} {word}" not in meant()] == []
