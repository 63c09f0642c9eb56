"""Planted faults: each file of tests/cases/faults replaces one place of a sound ruleset, and says what comes of it.

`python -m tests.proof.faults` writes what comes of each anew; the difference is the review.
"""

from __future__ import annotations

import re
from pathlib import Path

from attrs import frozen

from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.proof.findings import findings_of
from pingfen.proof.session import Proof, prove
from pingfen.source import Source

FOLDER = Path(__file__).parents[1] / "cases" / "faults"
SECONDS = 0.3
SOUND = FOLDER / "sound.pf"
FENCE = re.compile(r"^```(sound|fault)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OUTCOME = re.compile(r"^(Refuted|Refused): `([^`]+)`(?:, (.*))?$", re.MULTILINE)


@frozen
class Fault:
    """One fault: the text with it, and the outcome that its file states: ("Refuted", claim's key, counterexample) or ("Refused", code, "")."""

    path: Path
    text: str
    outcome: tuple[str, str, str] | None


def read_fault(path: Path) -> Fault:
    """The fault of a file."""
    page = path.read_text("utf-8")
    parts = {kind: text.removesuffix("\n") for kind, text in FENCE.findall(page)}
    sound = SOUND.read_text("utf-8")
    assert sound.count(parts["sound"]) == 1, f"{path.name}: what is to be replaced stands there once"
    found = OUTCOME.search(page)
    return Fault(path, sound.replace(parts["sound"], parts["fault"]), (found[1], found[2], found[3] or "") if found else None)


def faults() -> list[Path]:
    """The files, by name."""
    return sorted(FOLDER.glob("*.md"))


def proof_of(text: str) -> tuple[Proof | None, tuple[str, ...]]:
    """The proof of a text, or the codes with which it is refused."""
    compilation = compile_source(Source("fault.pf", text))
    if compilation.plan is None:
        return None, tuple(found.code for found in compilation.diagnostics)
    return prove(compilation.plan, SECONDS), ()


def outcome_of(proof: Proof | None, codes: tuple[str, ...]) -> tuple[str, str, str]:
    """What comes of a text, as the files state it; the first claim that is refuted. Raises AssertionError where nothing does."""
    if proof is None:
        return "Refused", codes[0], ""
    refuted = [verdict for verdict in proof.verdicts if verdict.state == "refuted"]
    assert refuted, "everything is proved"
    found = next(found for found in findings_of(proof, "en") if found.code == "claim-broken")
    return "Refuted", refuted[0].key, f"{found.arguments['results']}; {found.arguments['record']}"


def sound_plan() -> Plan:
    """The ruleset without a fault."""
    plan = compile_source(Source("sound.pf", SOUND.read_text("utf-8"))).plan
    assert plan is not None
    return plan


def write_outcomes() -> None:
    """Write the outcome of every file anew."""
    for path in faults():
        try:
            kind, name, told = outcome_of(*proof_of(read_fault(path).text))
        except AssertionError as problem:
            print(path.name, problem)
            continue
        line = f"{kind}: `{name}`" + (f", {told}" if told else "")
        page = OUTCOME.sub("", path.read_text("utf-8")).rstrip()
        path.write_text(f"{page}\n\n{line}\n", "utf-8")


if __name__ == "__main__":
    write_outcomes()
