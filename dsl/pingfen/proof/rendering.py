"""Proofs as a table for a terminal and as JSON for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from attrs import frozen

from ..artifact import digest_of
from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.language import Language
from ..plan.values import value_text
from ..trial.outcome import Refutation
from .refutation import refuting_events
from .section import section_of
from .session import Proof
from .verdict import EventVerdict, Verdict

WORDS = {
    "ruleset": ("ruleset", "规则集"),
    "version": ("version", "版本"),
    "proved": ("proved", "已证明"),
    "structure": ("by structure", "由结构"),
    "refuted": ("refuted", "已否定"),
    "unknown": ("open", "未定"),
    "events": ("on events", "关于事件"),
    "metric": ("metric", "指标"),
    "statement": ("statement", "结论"),
    "verdict": ("", ""),
    "score": ("(score)", "(总分)"),
    "seconds": ("seconds", "秒"),
    "broken": ("does not compile", "不能编译"),
}


@frozen(repr=False)
class Proven:
    """One file and its proof; None where it does not compile, for the reasons in `findings`."""

    name: str
    proof: Proof | None
    findings: tuple[Diagnostic, ...]


def header(language: Language) -> list[str]:
    """The table's header."""
    return [_word(key, language) for key in ("ruleset", "version", "proved", "structure", "refuted", "unknown", "events", "seconds")]


def table_rows(proofs: Sequence[Proven], language: Language) -> list[list[str]]:
    """One row for each file."""
    return [_row(proven, language) for proven in proofs]


def _row(proven: Proven, language: Language) -> list[str]:
    if proven.proof is None:
        return [proven.name, _word("broken", language), "", "", "", "", "", ""]
    version, verdicts = proven.proof.plan.version, proven.proof.verdicts
    proved = [verdict for verdict in verdicts if verdict.state == "proved"]
    by_structure = sum(verdict.method == "structure" for verdict in proved)
    counts = (len(proved), by_structure, proven.proof.refuted, proven.proof.unknown)
    return [version.ruleset, version.version, *map(str, counts), _of_events(proven.proof, language), f"{proven.proof.seconds:.2f}"]


def _of_events(proof: Proof, language: Language) -> str:
    """How many statements about events are proved, of how many, and how many are refuted or stay open."""
    counts = Counter(verdict.state for verdict in proof.events)
    others = ", ".join(f"{counts[state]} {_word(state, language)}" for state in ("refuted", "unknown") if counts[state])
    return f"{counts['proved']}/{len(proof.events)}" + (f" ({others})" if others else "")


def event_header(language: Language) -> list[str]:
    """The header of the table of statements about events."""
    return [_word(key, language) for key in ("metric", "statement", "verdict")]


def event_rows(proof: Proof, language: Language) -> list[list[str]]:
    """A row for each statement about events, metric by metric."""
    return [[verdict.metric or _word("score", language), _statement(verdict, language), _word(verdict.state, language)] for verdict in proof.events]


def _statement(verdict: EventVerdict, language: Language) -> str:
    """What is stated, and why it is open."""
    told = verdict.told.text(language, "")
    return told if verdict.reason is None else f"{told} ({verdict.reason.text(language, '')})"


def _word(key: str, language: Language) -> str:
    return WORDS[key][language == "zh"]


def proof_document(proven: Proven, language: Language) -> dict[str, Any]:
    """The proof as JSON: versions, digest, verdicts with counterexamples, seconds."""
    if proven.proof is None:
        return {"file": proven.name, "compiles": False}
    proof = proven.proof
    version = {"ruleset": proof.plan.version.ruleset, "version": proof.plan.version.version, "digest": digest_of(proof.plan)}
    told = section_of(proof)
    claims = [_told(proof, verdict, language) for verdict in proof.verdicts]
    events = [_told_event(proof, verdict, language) for verdict in proof.events]
    return {"file": proven.name, **version, **told, "claims": claims, "events": events, "seconds": f"{proof.seconds:.3f}"}


def _told(proof: Proof, verdict: Verdict, language: Language) -> dict[str, Any]:
    told: dict[str, Any] = {"claim": verdict.key, "text": verdict.text, "state": verdict.state, "method": verdict.method}
    if verdict.reason is not None:
        told["reason"] = verdict.reason.text(language, "")
    if verdict.refutations:
        told["counterexamples"] = [_counterexample(proof, verdict, refutation, language) for refutation in verdict.refutations]
    return told


def _told_event(proof: Proof, verdict: EventVerdict, language: Language) -> dict[str, Any]:
    told: dict[str, Any] = {"metric": verdict.metric, "question": verdict.question, "statement": verdict.told.text(language, ""), "state": verdict.state}
    kinds = {field.name: field.type for field in proof.plan.record.fields}
    if verdict.records:
        told["records"] = [{name: value_text(kinds[name], value, language) for name, value in record.items()} for record in verdict.records]
    if verdict.reason is not None:
        told["reason"] = verdict.reason.text(language, "")
    if verdict.events is not None:
        told |= refuting_events(proof.plan, verdict.metric, verdict.events, language)
    return told


def _counterexample(proof: Proof, verdict: Verdict, refutation: Refutation, language: Language) -> dict[str, Any]:
    found, kinds = refutation.counterexample, {field.name: field.type for field in proof.plan.record.fields}
    kind = verdict.claim.target.type if verdict.claim is not None else None
    return {
        "choice": refutation.choice,
        "parameters": refutation.parameters,
        "field": found.field,
        "records": [{name: value_text(kinds[name], value, language) for name, value in record.items()} for record in found.records],
        "results": [value_text(kind, result, language) if kind is not None else None for result in found.results],
        "impossible": [reason.text(language, "") for reason in found.impossible],
    }
