"""Tries one plan: its examples, its claims, and what the examples reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import evolve

from ..plan.ruleset import Plan
from .claims import try_claim
from .coverage import Reached
from .examples import try_example
from .outcome import Tried, TriedClaim
from .parameters import Variant
from .target import Quick

TRIES = 1000


def be_silent(name: str) -> None:
    """Tells nobody."""


def try_plan(plan: Plan, tries: int = TRIES, progress: Callable[[str], None] = be_silent, variants: Sequence[Variant] = ()) -> Tried:
    """The plan's trial. `tries` records are drawn for each claim and choice, and for each of the `variants`, which have other values of the parameters.

    `progress` is told the name of what comes next.
    """
    reached = Reached(plan)
    examples = []
    for example in plan.examples:
        progress(example.name)
        examples.append(try_example(plan, example, reached))
    plans = [("", plan, Quick(plan.record)), *((variant.text, variant.plan, Quick(variant.plan.record)) for variant in variants)]
    claims = []
    for index, claim in enumerate(plan.claims):
        progress(claim.text)
        claims.append(_together((text, try_claim(each, each.claims[index], tries, quick)) for text, each, quick in plans))
    return Tried(plan, tuple(examples), tuple(claims), reached.coverage())


def _together(tried: Iterable[tuple[str, TriedClaim]]) -> TriedClaim:
    """One claim over all values of the parameters, up to the first that break it."""
    (_, whole), *_ = found = [*_up_to_refuted(tried)]
    refutations = tuple(evolve(refutation, parameters=text) for text, each in found for refutation in each.refutations)
    return TriedClaim(whole.claim, sum(each.tried for _, each in found), sum(each.skipped for _, each in found), refutations)


def _up_to_refuted(tried: Iterable[tuple[str, TriedClaim]]) -> Iterator[tuple[str, TriedClaim]]:
    for text, each in tried:
        yield text, each
        if each.refutations:
            return
