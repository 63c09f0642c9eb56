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

Variants = Sequence[tuple[str, Plan, Quick]]


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
    plans = variants_to_try(plan, variants)
    claims = []
    for index, claim in enumerate(plan.claims):
        progress(claim.text)
        claims.append(try_claim_in_all(plans, index, tries))
    return Tried(plan, tuple(examples), tuple(claims), reached.coverage())


def variants_to_try(plan: Plan, variants: Sequence[Variant]) -> Variants:
    """The plan as written, then its variants, each with its generated function."""
    return [("", plan, Quick(plan.record)), *((variant.text, variant.plan, Quick(variant.plan.record)) for variant in variants)]


def try_claim_in_all(variants: Variants, index: int, tries: int) -> TriedClaim:
    """The claim at this place, tried in the plan and in its variants, up to the first that break it."""
    return _together((text, try_claim(plan, plan.claims[index], tries, quick)) for text, plan, quick in variants)


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
