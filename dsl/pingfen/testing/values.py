"""One value of a type, for Hypothesis: scaled whole numbers, texts, flags and pairs, as the plan holds them; never None."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, assert_never

from hypothesis import strategies

from ..plan.quantity import Exact, Numeric, Truth, Type, Words


def any_value(kind: Type, texts: Sequence[str]) -> strategies.SearchStrategy[Any]:
    """Any value of the type, the ends of its range and zero among the likely ones; `texts` are choices for free text."""
    match kind:
        case Numeric(low=low, high=high):
            return strategies.integers(low, high) | strategies.sampled_from(sorted({low, high, min(low + 1, high), max(high - 1, low), min(max(low, 0), high)}))
        case Exact():
            return strategies.integers(1, max(kind.most, 1)).flatmap(lambda whole: strategies.tuples(_numerators(kind, whole), strategies.just(whole)))
        case Words(options=options):
            return strategies.sampled_from(options or tuple(texts))
        case Truth():
            return strategies.booleans()
        case _:
            assert_never(kind)


def _numerators(kind: Exact, denominator: int) -> strategies.SearchStrategy[int]:
    """Numerators over a denominator: a share of rows never passes 100%."""
    top = min(kind.high, denominator * 10**kind.places) if kind.unit == "share" else kind.high
    return strategies.integers(kind.low, max(kind.low, top))
