"""Data, mappings or results that are refused, as diagnostics."""

from __future__ import annotations

from ..diagnostics.diagnostic import Diagnostic
from ..errors import DiagnosticError


class RefusedDataError(DiagnosticError):
    """Nothing was scored: `diagnostics` say what is wrong with the data and where."""


def refuse(code: str, **arguments: object) -> RefusedDataError:
    """A refusal with one diagnostic."""
    return RefusedDataError([Diagnostic(code, arguments={key: str(value) for key, value in arguments.items()})])
