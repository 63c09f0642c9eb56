"""`docs/bad-inputs.md`: a table of everything tried and what it gives. `python -m tests.robustness.document` writes it anew."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from .data import BAD_DATA, BadData
from .running import Outcome, outcome_of_data, outcome_of_text
from .texts import BAD_TEXTS, BadText

DOCUMENT = Path(__file__).parents[2] / "docs" / "bad-inputs.md"
LONGEST = 160


EVERY: tuple[BadText | BadData, ...] = (*BAD_TEXTS, *BAD_DATA)


@cache
def outcome_of(kind: str) -> Outcome:
    """What the bad input of this kind gives, tried once in a folder of its own."""
    bad = next(bad for bad in EVERY if bad.kind == kind)
    with tempfile.TemporaryDirectory() as folder:
        return outcome_of_text(bad, Path(folder)) if isinstance(bad, BadText) else outcome_of_data(bad, Path(folder))


def document() -> str:
    """The document's text."""
    lines = ["# Bad inputs tried, and what each gives", ""]
    lines += [f"{len(BAD_TEXTS)} texts and {len(BAD_DATA)} kinds of data, records and artifacts are tried by the tests, which also write this page.", ""]
    lines += ["None ends in a traceback. Refused data writes no result. Exit codes: 1 findings, 2 usage, 3 refused data.", ""]
    lines += ["## Texts", "", "`pingfen check` on one file.", "", *_table(BadText)]
    lines += [
        "",
        "## Data, records and artifacts",
        "",
        "`pingfen score` on one good order with one thing changed, `pingfen explain` on one record, or an artifact.",
        "",
    ]
    return "\n".join([*lines, *_table(BadData)]) + "\n"


def _table(kind: type) -> list[str]:
    rows = ["| input | gives | message | exit |", "|---|---|---|---|"]
    for bad in EVERY:
        if isinstance(bad, kind):
            outcome = outcome_of(bad.kind)
            code = f"[`{bad.code}`](diagnostics/{bad.code}.md)" if bad.code != "usage" else "a usage error"
            rows.append(f"| {bad.kind} | {code} | {_message(outcome, bad.code)} | {outcome.exit_code} |")
    return rows


def _message(outcome: Outcome, code: str) -> str:
    text = outcome.messages.get(code, outcome.message)
    text = "".join(char if char.isprintable() else "\ufffd" for char in text).replace("|", "\\|")
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
