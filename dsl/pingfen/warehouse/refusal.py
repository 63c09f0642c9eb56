"""Data, mappings or results that are refused, as diagnostics."""

from __future__ import annotations

from ..diagnostics.diagnostic import Diagnostic


class RefusedDataError(Exception):
    """Nothing was scored: `diagnostics` say what is wrong with the data and where."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(f"{item.code} {item.arguments}" for item in diagnostics))
        self.diagnostics = diagnostics


def refuse(code: str, **arguments: object) -> RefusedDataError:
    """A refusal with one diagnostic."""
    return RefusedDataError(Diagnostic(code, arguments={key: str(value) for key, value in arguments.items()}))
