"""How a command ends: exit codes, and an exception that ends it with diagnostics."""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnostics.diagnostic import Diagnostic

FINE, FINDINGS, USAGE, REFUSED = 0, 1, 2, 3
CRASHED, INTERRUPTED, BROKEN_PIPE = 70, 130, 141


class CommandError(Exception):
    """Ends the command: the diagnostics are shown on the error stream and `exit_code` is returned.

    FINDINGS: the ruleset is at fault; REFUSED: the data or an artifact is.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic] = (), exit_code: int = FINDINGS) -> None:
        super().__init__(exit_code)
        self.diagnostics = tuple(diagnostics)
        self.exit_code = exit_code
