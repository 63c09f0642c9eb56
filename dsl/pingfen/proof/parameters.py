"""The plan at every value of the parameters that change how records are scored: what is claimed holds for all of `within`, not for the written value alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from ..pipeline import compile_source
from ..plan.ruleset import Plan
from ..source import Source
from ..trial.parameters import NUMBER, Variant, variants_of

MOST_VALUES = 64
"""Most combinations of values that are compiled and proved one by one."""


def all_variants(source: Source, plan: Plan) -> tuple[tuple[Variant, ...], bool]:
    """The plan at other values of its parameters, where records are scored otherwise there; and whether these are all values of `within`.

    A parameter stands in the plan as itself, or times a power of ten, or less one step: where it changes nothing at either end and in the middle of its range,
    the scoring of records does not read it.
    """
    tried, _ = variants_of(source, plan)
    names = {name for variant in tried if len(variant.parameters) == 1 for name in variant.parameters}
    if not names:
        return tried, not tried
    ranges = {each.path: values_between(each.low, each.high) for each in plan.assumptions if each.path in names}
    combinations = 1
    for values in ranges.values():
        combinations *= len(values)
    if not 0 < combinations <= MOST_VALUES:
        return tried, False
    return tuple(_compiled(source, plan, ranges)), True


def _compiled(source: Source, plan: Plan, ranges: dict[str, Sequence[str]]) -> Iterator[Variant]:
    for chosen in product(*ranges.values()):
        parameters = dict(zip(ranges, chosen, strict=True))
        compilation = compile_source(source, parameters)
        if compilation.plan is not None and compilation.plan.record != plan.record:
            yield Variant(parameters, compilation.plan)


def values_between(low: str, high: str) -> Sequence[str]:
    """Every value between two that are written alike, at their places; none where they are written with different units."""
    first, last = NUMBER.fullmatch(low), NUMBER.fullmatch(high)
    if first is None or last is None or first[2] != last[2]:
        return ()
    ends = Decimal(first[1]), Decimal(last[1])
    places = max(max(-int(end.as_tuple().exponent), 0) for end in ends)
    start, stop = (int(end.scaleb(places)) for end in ends)
    if stop - start >= MOST_VALUES:
        return ()
    return [f"{Decimal(value).scaleb(-places)}{first[2]}" for value in range(start, stop + 1)]
