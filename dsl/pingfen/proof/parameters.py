"""The plan at every value of the parameters that change how records are scored: what is claimed holds for all of `within`, not for the written value alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from ..checking.given import ParameterRange
from ..pipeline import Compilation, compile_source
from ..trial.parameters import Variant, variants_of

MOST_VALUES = 64
"""Most combinations of values that are compiled and proved one by one."""


def all_variants(compilation: Compilation) -> tuple[tuple[Variant, ...], bool]:
    """The plan at other values of its parameters, where records are scored otherwise there; and whether these are all values of `within`.

    A parameter stands in the plan as itself, or times a power of ten, or less one step: where it changes nothing at either end and in the middle of its range,
    the scoring of records does not read it.
    """
    tried, _ = variants_of(compilation)
    names = {name for variant in tried if len(variant.parameters) == 1 for name in variant.parameters}
    if not names:
        return tried, not tried
    ranges = [each for each in compilation.ranges if each.name in names]
    if not 0 < prod(each.count for each in ranges) <= MOST_VALUES:
        return tried, False
    return tuple(_compiled(compilation, ranges)), True


def _compiled(compilation: Compilation, ranges: Sequence[ParameterRange]) -> Iterator[Variant]:
    own = None if compilation.plan is None else compilation.plan.record
    for chosen in product(*(range(each.low, each.high + 1) for each in ranges)):
        parameters = {each.name: each.text(value) for each, value in zip(ranges, chosen, strict=True)}
        other = compile_source(compilation.source, {**compilation.parameters, **parameters})
        if other.plan is not None and other.plan.record != own:
            yield Variant(parameters, other.plan)
