"""Builds examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal

from ...diagnostics.diagnostic import Problems
from ...source import Span
from ..declarations import Assignment, ExampleBlock, ExampleRows, ExpectLine
from ..expressions import DateLiteral, Expression, Name, NumberLiteral, Reference, TextLiteral
from ..node import frozen
from .clauses import only


@frozen
class GivenRow:
    """`given a 1, b 2`."""

    values: tuple[Assignment, ...]


def example_block(problems: Problems, span: Span, name: TextLiteral, *rows: Any) -> ExampleBlock:
    """`example "..." { on ... given ... expect ... }`."""
    dates = [row for row in rows if isinstance(row, DateLiteral)]
    for repeated in dates[1:]:
        problems.report("repeated-clause", repeated.span, clause="on")
    given = tuple(value for row in rows if isinstance(row, GivenRow) for value in row.values)
    tables = tuple(row for row in rows if isinstance(row, ExampleRows))
    expected = tuple(row for row in rows if isinstance(row, ExpectLine))
    return ExampleBlock(name, dates[0] if dates else None, given, tables, expected, span)


def given_row(problems: Problems, span: Span, *values: Assignment) -> GivenRow:
    """`given a 1, b 2`."""
    return GivenRow(values)


def expect_row(problems: Problems, span: Span, subject: TextLiteral | None, *values: Assignment) -> ExpectLine:
    """`expect for "s1" score 60`."""
    return ExpectLine(subject, values, span)


def assignment(problems: Problems, span: Span, name: Reference, value: Expression | Name) -> Assignment:
    """`volume 1200`."""
    return Assignment(name, _cell(value), None, span)


def assignment_exact(problems: Problems, span: Span, name: Reference, value: NumberLiteral, denominator: NumberLiteral) -> Assignment:
    """`returns 199 of 20000`."""
    return Assignment(name, value, denominator, span)


def cells(problems: Problems, span: Span, *values: Expression | Name) -> tuple[Expression, ...]:
    """`"o1", "s1", 2026-05-30 18:30`."""
    return tuple(_cell(value) for value in values)


def _cell(value: Expression | Name) -> Expression:
    return Reference((value,), value.span) if isinstance(value, Name) else value


def events_rows(problems: Problems, span: Span, name: Name, columns: tuple[Name, ...], *rows: tuple[Expression, ...]) -> ExampleRows:
    """`events orders { columns, then rows }`."""
    return ExampleRows(name, columns, rows, span=span)


def named_rows(name: Literal["subjects", "inputs"]) -> Callable[..., ExampleRows]:
    """A builder for `subjects { ... }`, `inputs { ... }`."""
    return lambda problems, span, columns, *rows: ExampleRows(Name(name, Span(span.start, span.start + len(name))), columns, rows, name, span)


BUILDERS: Final[dict[str, Callable[..., Any]]] = {
    "example_block": example_block,
    "on_row": only,
    "given_row": given_row,
    "expect_row": expect_row,
    "expect_for": only,
    "assignment": assignment,
    "assignment_exact": assignment_exact,
    "cells": cells,
    "events_rows": events_rows,
    "subjects_rows": named_rows("subjects"),
    "inputs_rows": named_rows("inputs"),
}
