"""The ruleset at the ends and in the middle of its parameters' ranges: a claim holds for all values of `within`, not for the written one alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from attrs import frozen

from ..diagnostics.catalogue import entry_of
from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.language import Language
from ..diagnostics.message import message_of
from ..pipeline import compile_source
from ..plan.ruleset import Plan
from ..source import Source

NUMBER = re.compile(r"(-?\d{1,15}(?:\.\d{1,9})?)( ?\D*)")


@frozen(repr=False)
class Variant:
    """The plan with other values of its parameters, as texts."""

    parameters: Mapping[str, str]
    plan: Plan

    @property
    def text(self) -> str:
        """`window 7 days, cut 95%`."""
        return ", ".join(f"{name} {value}" for name, value in self.parameters.items())


@frozen(repr=False)
class Refused:
    """A value of `within` at which the ruleset does not compile, and the first reason."""

    name: str
    value: str
    reason: Diagnostic


def variants_of(source: Source, plan: Plan) -> tuple[tuple[Variant, ...], tuple[Refused, ...]]:
    """Plans that score records otherwise: each parameter at either end and in the middle of its `within`, then all at their low ends, then all at their
    high ends."""
    ranges = [(each.path, each.low, each.high) for each in plan.assumptions if each.parameter and each.low and each.high]
    alone = [{name: value} for name, low, high in ranges for value in (low, high, *_middle(low, high))]
    together = [{name: low for name, low, _ in ranges}, {name: high for name, _, high in ranges}] if len(ranges) > 1 else []
    variants: list[Variant] = []
    refused: list[Refused] = []
    for parameters in (*alone, *together):
        compilation = compile_source(source, parameters)
        if compilation.plan is not None:
            variants.append(Variant(parameters, compilation.plan))
        elif len(parameters) == 1:
            (name, value), *_ = parameters.items()
            refused.append(Refused(name, value, next(found for found in compilation.diagnostics if entry_of(found.code).severity == "error")))
    return tuple(variant for variant in variants if variant.plan.record != plan.record), tuple(refused)


def _middle(low: str, high: str) -> tuple[str, ...]:
    """The value half way between two that are written alike, at their places; none where they are written with different units."""
    first, last = NUMBER.fullmatch(low), NUMBER.fullmatch(high)
    if first is None or last is None or first[2] != last[2]:
        return ()
    ends = Decimal(first[1]), Decimal(last[1])
    finest = min(ends, key=lambda end: end.as_tuple().exponent)
    return (f"{((ends[0] + ends[1]) / 2).quantize(finest, ROUND_FLOOR)}{first[2]}",)


def refused_ends(refused: tuple[Refused, ...], source: Source, language: Language) -> list[Diagnostic]:
    """A diagnostic for each end that the ruleset does not take, at what it breaks there."""
    found = []
    for each in refused:
        arguments = {"name": each.name, "value": each.value, "reason": message_of(each.reason, language).title}
        found.append(Diagnostic("parameter-end-refused", each.reason.span, arguments, source=source))
    return found
