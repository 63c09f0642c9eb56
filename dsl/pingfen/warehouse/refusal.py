"""Data, mappings or results that are refused, as diagnostics."""

from __future__ import annotations

import re

import duckdb

from ..diagnostics.diagnostic import Diagnostic
from ..errors import DiagnosticError


class RefusedDataError(DiagnosticError):
    """Nothing was scored: `diagnostics` say what is wrong with the data and where."""


def refuse(code: str, **arguments: object) -> RefusedDataError:
    """A refusal with one diagnostic."""
    return RefusedDataError([Diagnostic(code, arguments={key: str(value) for key, value in arguments.items()})])


_UNTRUE = re.compile(r"untrue cell `([^`]*)` of `([^`]*)`")


def untrue_cell(table: str, column: str) -> str:
    """What the engine fails with at a trusted cell that holds no value: `refusal_of` knows it again."""
    return f"untrue cell `{table}` of `{column}`"


_OURS = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException, duckdb.SyntaxException, duckdb.InternalException)


def refusal_of(failure: duckdb.Error, names: str, *, trusted: bool) -> RefusedDataError | None:
    """What an engine's failure says of the data or the machine; None where the fault is ours.

    A value that cannot be computed with is a fault of the data only where its rows were called trusted: the checks let none through.
    """
    if found := _UNTRUE.search(str(failure)):
        return refuse("untrue-cell", table=found[1], column=found[2])
    if isinstance(failure, duckdb.OutOfMemoryException):
        return refuse("out-of-memory", reason=first_line(failure))
    if isinstance(failure, duckdb.DataError):
        return refuse("untrue-trust", reason=first_line(failure)) if trusted else None
    return None if isinstance(failure, _OURS) else refuse("unreadable-data", name=names, reason=first_line(failure))


def first_line(failure: Exception) -> str:
    """The first line of an engine's message."""
    return (str(failure).strip().splitlines() or [type(failure).__name__])[0]
