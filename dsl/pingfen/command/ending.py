"""How a command ends: exit codes, and an exception that ends it with diagnostics."""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnostics.diagnostic import Diagnostic

FINE, FINDINGS, USAGE, REFUSED = 0, 1, 2, 3
CRASHED, INTERRUPTED, BROKEN_PIPE = 70, 130, 141


WRONG_USE = frozenset(
    {
        "bad-memory-size",
        "events-needed",
        "missing-option",
        "no-rulesets",
        "no-such-option",
        "option-with-value",
        "option-without-value",
        "unknown-column-type",
        "unknown-command",
        "unknown-events",
        "unknown-gate",
        "unknown-parameter",
        "unknown-result-form",
        "unusable-goal",
        "unusable-option",
        "wrong-use",
    }
)
"""Codes that speak of what the command was given, not of a ruleset's text or of data: whoever finds them, the command ends with USAGE."""


class CommandError(Exception):
    """Ends the command: the diagnostics are shown on the error stream and `exit_code` is returned.

    FINDINGS: the ruleset is at fault; REFUSED: the data or an artifact is. Where all of them are of WRONG_USE, the code is USAGE.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic] = (), exit_code: int = FINDINGS) -> None:
        super().__init__(exit_code)
        self.diagnostics = tuple(diagnostics)
        self.exit_code = USAGE if self.diagnostics and all(each.code in WRONG_USE for each in self.diagnostics) else exit_code
