"""Planted faults are found: refuted with a shop that the interpreter confirms, or refused with their code."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingfen.plan.expressions import NumberRead
from pingfen.plan.quantity import Words
from pingfen.plan.ruleset import Claim, Plan
from pingfen.reference import Value, evaluate

from .faults import SOUND, faults, outcome_of, proof_of, read_fault

pytestmark = pytest.mark.slow

KINDS, REFUTED = 40, 30


def test_there_are_enough_kinds_of_faults() -> None:
    outcomes = [fault.outcome for fault in map(read_fault, faults())]
    assert len(outcomes) >= KINDS
    assert sum(outcome is not None and outcome[0] == "Refuted" for outcome in outcomes) >= REFUTED


def test_the_ruleset_without_a_fault_is_proved() -> None:
    proof, codes = proof_of(SOUND.read_text("utf-8"))
    assert proof is not None
    assert not codes
    assert {verdict.state for verdict in proof.verdicts} == {"proved"}


@pytest.mark.parametrize("path", faults(), ids=lambda path: path.stem)
def test_a_fault_is_refuted_or_refused_as_its_file_says(path: Path) -> None:
    """The first refuted claim and its counterexample stand in the file, or the code of the refusal; and every counterexample breaks its claim in the
    reference interpreter, by a comparison that this test makes itself."""
    fault = read_fault(path)
    proof, codes = proof_of(fault.text)
    assert outcome_of(proof, codes) == fault.outcome
    for verdict in proof.verdicts if proof is not None else ():
        for refutation in verdict.refutations:
            assert verdict.claim is not None
            assert breaks(proof.plan, verdict.claim, refutation.counterexample.records), verdict.key


def breaks(plan: Plan, claim: Claim, records: tuple[dict[str, Value], ...]) -> bool:
    """Whether the interpreter's scorecards of the records break the claim."""
    ranks = [rank(claim, evaluate(plan.record, record)) for record in records]
    if claim.form == "within":
        return not claim.low <= ranks[0] <= claim.high
    first, last = records
    assert {name for name in first if first[name] != last[name]} == {claim.field}
    assert first[claim.field] < last[claim.field]
    return ranks[1] < ranks[0] if claim.form == "rises" else ranks[1] > ranks[0]


def rank(claim: Claim, evaluation: object) -> int:
    """What the claim compares."""
    if isinstance(claim.target, NumberRead):
        return evaluation.numbers[claim.target.path]
    outcome = evaluation.outcomes[claim.target.name]
    options = claim.target.type.options if isinstance(claim.target.type, Words) else ()
    return options.index(outcome) if outcome in options else ("closed", "open", "clear", "applies").index(outcome) % 2
