"""Proves one plan: its claims, what every ruleset owes, and the same for other values of its parameters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

from attrs import evolve, frozen

from ..analysis.scorecard import survey
from ..plan.ruleset import Plan
from ..trial.parameters import Variant
from .claims import Prover
from .events import event_verdicts
from .obligations import missing_verdict, overflow_verdict, scale_claim
from .verdict import NOT_ALL_VALUES, EventVerdict, Verdict

SECONDS = 10.0
"""What z3 may take for one question, unless somebody says otherwise."""


@frozen(repr=False)
class Proof:
    """The verdicts on one plan, and how long they took. `events` are the statements about events, which nobody claimed: what fails there is told, no mistake.
    `parameters` are those for all values of whose `within` the verdicts hold; for the others they hold as written.
    """

    plan: Plan
    verdicts: tuple[Verdict, ...]
    events: tuple[EventVerdict, ...]
    parameters: tuple[str, ...]
    seconds: float

    @property
    def refuted(self) -> int:
        """How many verdicts are refuted."""
        return sum(verdict.state == "refuted" for verdict in self.verdicts)

    @property
    def unknown(self) -> int:
        """How many are open."""
        return sum(verdict.state == "unknown" for verdict in self.verdicts)


def be_silent(name: str) -> None:
    """Tells nobody."""


def prove(
    plan: Plan, seconds: float = SECONDS, variants: Sequence[Variant] = (), progress: Callable[[str], None] = be_silent, *, complete: bool = True
) -> Proof:
    """The proof of a plan. `variants` are the plan at other values of its parameters, where that changes how records are scored; each is proved too, and
    where they are not `complete` nothing is said to hold for all values."""
    start = perf_counter()
    verdicts = _verdicts(plan, seconds, progress)
    for variant in variants:
        others = _verdicts(variant.plan, seconds, progress)
        verdicts = [_together(verdict, other, variant) for verdict, other in zip(verdicts, others, strict=True)]
    if not complete:
        verdicts = [evolve(verdict, state="unknown", reason=NOT_ALL_VALUES) if verdict.state == "proved" else verdict for verdict in verdicts]
    progress("events")
    events = tuple(event_verdicts(plan, Prover(plan, seconds)))
    ranged = tuple(each.path for each in plan.assumptions if complete and each.parameter and each.low and each.high)
    return Proof(plan, tuple(verdicts), events, ranged, perf_counter() - start)


def settle_by_structure(plan: Plan) -> dict[str, bool]:
    """Which claims structure alone shows, by key: what an editor asks at every pause. Nothing is searched and nothing is solved."""
    prover = Prover(plan, 0)
    scale = scale_claim(plan)
    return {claim.key: prover.is_shown(claim) for claim in (*plan.claims, *(() if scale is None else (scale,)))}


def _verdicts(plan: Plan, seconds: float, progress: Callable[[str], None]) -> list[Verdict]:
    prover = Prover(plan, seconds)
    found = []
    for claim in plan.claims:
        progress(claim.text)
        found.append(prover.settle(claim))
    scale = scale_claim(plan)
    found += [] if scale is None else [prover.settle(scale, "scale")]
    return [*found, overflow_verdict(plan, seconds), missing_verdict(plan, survey(plan.record), seconds)]


def _together(verdict: Verdict, other: Verdict, variant: Variant) -> Verdict:
    """The verdict for one more value of the parameters; what is refuted at any of them is refuted."""
    if verdict.state == "refuted" or other.state == "proved":
        return verdict
    refutations = tuple(evolve(refutation, parameters=variant.text) for refutation in other.refutations)
    return evolve(other, refutations=refutations, node=verdict.node, claim=verdict.claim)
