"""The ruleset at the ends and in the middle of its parameters' ranges: a claim holds for all values of `within`, not for the written one alone."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ..diagnostics.catalogue import entry_of
from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.language import Language
from ..diagnostics.message import message_of
from ..pipeline import Compilation, compile_source
from ..plan.ruleset import Plan
from ..source import Source


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


def variants_of(compilation: Compilation) -> tuple[tuple[Variant, ...], tuple[Refused, ...]]:
    """Plans that score records otherwise: each parameter at either end and in the middle of its `within`, then all at their low ends, then all at their
    high ends."""
    ranges = compilation.ranges
    alone = [{each.name: each.text(value)} for each in ranges for value in (each.low, each.high, each.middle)]
    together = [{each.name: each.text(each.low) for each in ranges}, {each.name: each.text(each.high) for each in ranges}] if len(ranges) > 1 else []
    variants: list[Variant] = []
    refused: list[Refused] = []
    for parameters in (*alone, *together):
        other = compile_source(compilation.source, {**compilation.parameters, **parameters})
        if other.plan is not None:
            variants.append(Variant(parameters, other.plan))
        elif len(parameters) == 1:
            (name, value), *_ = parameters.items()
            refused.append(Refused(name, value, next(found for found in other.diagnostics if entry_of(found.code).severity == "error")))
    own = None if compilation.plan is None else compilation.plan.record
    return tuple(variant for variant in variants if variant.plan.record != own), tuple(refused)


def refused_ends(refused: tuple[Refused, ...], source: Source, language: Language) -> list[Diagnostic]:
    """A diagnostic for each end that the ruleset does not take, at what it breaks there."""
    found = []
    for each in refused:
        arguments = {"name": each.name, "value": each.value, "reason": message_of(each.reason, language).title}
        found.append(Diagnostic("parameter-end-refused", each.reason.span, arguments, source=source))
    return found
