"""What a proof found against a ruleset, as diagnostics at the places in its text: claims refuted, and claims that stay open."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.language import Language
from ..source import Source
from ..trial.findings import SpanOf, broken_arguments, nowhere
from .remedies import remedy_of
from .session import Proof
from .verdict import Verdict


def findings_of(proof: Proof, language: Language, source: Source | None = None, span_of: SpanOf = nowhere) -> list[Diagnostic]:
    """A diagnostic for each verdict that is refuted or unknown."""
    return [found for verdict in proof.verdicts for found in _of_verdict(proof, verdict, language, source, span_of)]


def _of_verdict(proof: Proof, verdict: Verdict, language: Language, source: Source | None, span_of: SpanOf) -> Iterator[Diagnostic]:
    place = span_of(verdict.node)
    for refutation in verdict.refutations:
        if verdict.claim is not None:
            arguments = broken_arguments(proof.plan, verdict.claim, refutation, language)
        else:
            record = refutation.counterexample.records[0]
            arguments = {"claim": verdict.text, "results": "", "record": ", ".join(f"{name} {value}" for name, value in record.items()), "impossible": ""}
        yield Diagnostic("claim-broken", place, arguments, source=source)
    if verdict.reason is not None:
        arguments = {"claim": verdict.text, "reason": verdict.reason.text(language, ""), "remedy": remedy_of(verdict).text(language, "")}
        yield Diagnostic("claim-unsettled", place, arguments, source=source)
