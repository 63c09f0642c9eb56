"""The proofs of an artifact: each verdict with its method, why it is open where it is, and the versions of what proved it.

Times are no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..plan.encoding import Json
from ..release import VERSION
from .session import Proof
from .solving import solver_version
from .verdict import EventVerdict, Verdict


def section_of(proof: Proof) -> dict[str, Json]:
    """The content of the section `proofs`."""
    return {
        "tool": f"pingfen {VERSION}",
        "solver": f"z3 {solver_version()}",
        "parameters": list(proof.parameters),
        "claims": [_entry(verdict) for verdict in proof.verdicts],
        "events": [_event_entry(verdict) for verdict in proof.events],
    }


def _entry(verdict: Verdict) -> Json:
    return {"claim": verdict.key, "text": verdict.text, "state": verdict.state, "method": verdict.method, **_reason(verdict)}


def _event_entry(verdict: EventVerdict) -> Json:
    return {"metric": verdict.metric, "statement": verdict.told.en, "state": verdict.state, **_reason(verdict)}


def _reason(verdict: Verdict | EventVerdict) -> dict[str, Json]:
    """Why it is open, where it is."""
    return {} if verdict.reason is None else {"reason": verdict.reason.en}


def differences(section: Any, proof: Proof) -> Iterator[tuple[str, str, str]]:
    """Claims of which the section says something else than the proof: (claim, what is written, what is found). What is open now contradicts nothing."""
    written = section.get("claims") if isinstance(section, dict) else None
    entries = {entry["claim"]: entry.get("state") for entry in written or [] if isinstance(entry, dict) and isinstance(entry.get("claim"), str)}
    for verdict in proof.verdicts:
        state = entries.pop(verdict.key, None)
        if state is not None and state != verdict.state and verdict.state != "unknown":
            yield verdict.text, str(state), verdict.state
    for claim in entries:
        yield claim, str(entries[claim]), "-"
