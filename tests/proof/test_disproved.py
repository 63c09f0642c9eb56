"""Claims that look proved and are not: each ruleset of tests/cases/disproved has examples that break its claims, and none of them is told as proved."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingfen.pipeline import compile_source
from pingfen.proof.session import prove
from pingfen.source import Source

from .test_faults import breaks

FOLDER = Path(__file__).parents[1] / "cases" / "disproved"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.pf")), ids=lambda path: path.stem)
def test_a_claim_that_examples_break_is_refuted(path: Path) -> None:
    """Every claim of the file is refuted, by records that break it in the reference interpreter."""
    plan = compile_source(Source(path.name, path.read_text("utf-8"))).plan
    assert plan is not None
    assert plan.claims
    verdicts = {verdict.key: verdict for verdict in prove(plan, 5).verdicts}
    for claim in plan.claims:
        verdict = verdicts[claim.key]
        assert verdict.state == "refuted", claim.text
        assert all(breaks(plan, claim, refutation.counterexample.records) for refutation in verdict.refutations), claim.text
