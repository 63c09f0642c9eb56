"""Builds types, subjects, event tables, tables of constants, parameters and inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ...diagnostics.diagnostic import Problems
from ...node import evolve
from ...source import Span
from ..declarations import (
    AttributeRow,
    Cite,
    ColumnRow,
    EventsBlock,
    FlagType,
    InputLine,
    LabelText,
    LimitHeader,
    ParamLine,
    SubjectBlock,
    TableBlock,
    TableRow,
    TypeText,
    UnitType,
    WordType,
)
from ..expressions import Expression, Name, Negated, NumberLiteral, TextLiteral
from .clauses import Clause, cites_of, clause_of, gather, label_of, marked, only, several, word


def unit_type(problems: Problems, span: Span, unit: Any, low: Expression | None, high: Expression | None, step: NumberLiteral | None) -> UnitType:
    """`score 0.00 .. 5.00 to 0.01`."""
    return UnitType(unit, low, high, step, span)


def choice_type(problems: Problems, span: Span, *options: Name | TextLiteral) -> WordType:
    """`one of a, "b c"`."""
    return WordType(options, span)


def attribute(problems: Problems, span: Span, name: Name, label: LabelText | None, kind: TypeText, *words: Clause) -> AttributeRow:
    """`industry one of a, b optional dated`."""
    said = gather(problems, words)
    return AttributeRow(name, label_of(label), kind, "available" in said, "dated" in said, span)


def subject_block(problems: Problems, span: Span, key: Name, label: LabelText | None, attributes: tuple[AttributeRow, ...] | None) -> SubjectBlock:
    """`subject store_id { ... }`."""
    return SubjectBlock(key, label_of(label), attributes or (), span)


def column(problems: Problems, span: Span, name: Name, label: LabelText | None, kind: TypeText, *rest: Any) -> ColumnRow:
    """`collected_at time optional`, `waiting duration = ...`; the last of `rest` is the computed value or None."""
    *words, computed = rest
    said = gather(problems, words)
    return ColumnRow(
        name,
        label_of(label),
        kind,
        said.get("role", ""),
        said.get("available", "required"),
        said.get("at"),
        said.get("refers to"),
        computed,
        "as extracted" in said,
        span,
    )


def events_block(problems: Problems, span: Span, name: Name, label: LabelText | None, *rows: ColumnRow | LimitHeader | Cite) -> EventsBlock:
    """`events orders { ... }`."""
    columns = tuple(row for row in rows if isinstance(row, ColumnRow))
    limits = tuple(row for row in rows if isinstance(row, LimitHeader))
    return EventsBlock(name, label_of(label), columns, limits, cites_of(rows), span)


def table_block(
    problems: Problems,
    span: Span,
    name: Name,
    label: LabelText | None,
    keys: tuple[Name, ...],
    columns: tuple[Name, ...],
    assumed: Clause | None,
    *rest: TableRow | Cite,
) -> TableBlock:
    """`table weights by industry (product, logistics) { ... }`."""
    rows = tuple(row for row in rest if isinstance(row, TableRow))
    return TableBlock(name, label_of(label), keys, columns, rows, assumed is not None, cites_of(rest), span)


def key_row(problems: Problems, span: Span, keys: tuple[Any, ...], values: tuple[Expression, ...]) -> TableRow:
    """`"apparel", any -> 50%, 20%`."""
    return TableRow(keys, values, False, span)


def default_row(problems: Problems, span: Span, values: tuple[Expression, ...]) -> TableRow:
    """`default -> 45%, 25%`."""
    return TableRow((), values, False, span)


def missing_row(problems: Problems, span: Span, values: tuple[Expression, ...]) -> TableRow:
    """`none -> 45%, 25%`."""
    return TableRow((), values, True, span)


def param_line(
    problems: Problems, span: Span, name: Name, label: LabelText | None, value: Expression, assumed: Clause | None, within: Clause | None, *cites: Cite
) -> ParamLine:
    """`param window = 90 days assumed within 7 days .. 180 days`; the mark belongs to the parameter, not to its number."""
    is_assumed = assumed is not None
    if isinstance(value, Negated) and isinstance(value.operand, NumberLiteral):
        value = evolve(value.operand, digits=f"-{value.operand.digits}", span=value.span)
    if isinstance(value, NumberLiteral) and value.assumed:
        value, is_assumed = evolve(value, assumed=False), True
    limits = within.value if within else None
    return ParamLine(name, label_of(label), value, limits and limits.low, limits and limits.high, is_assumed, cites, span)


def input_line(problems: Problems, span: Span, name: Name, label: LabelText | None, kind: TypeText, *rest: Clause | Cite) -> InputLine:
    """`input service_points points 50.00 .. 100.00 optional better higher`."""
    said = gather(problems, rest)
    return InputLine(name, label_of(label), kind, "optional" in said, said.get("better", ""), said.get("improvable"), cites_of(rest), span)


UNITS: Final = ("number", "count", "share", "score", "points", "money", "duration", "date", "time")

BUILDERS: Final[dict[str, Callable[..., Any]]] = {
    **{f"{unit}_unit": word(unit) for unit in UNITS},
    "unit_type": unit_type,
    "choice_type": choice_type,
    "text_type": lambda problems, span: WordType((), span),
    "flag_type": lambda problems, span: FlagType(span),
    "attribute": attribute,
    "attributes": several,
    "subject_block": subject_block,
    "optional": marked("available", "optional"),
    "dated": marked("dated"),
    "ahead": marked("available", "ahead"),
    "key": marked("role", "key"),
    "subject": marked("role", "subject"),
    "happens": marked("role", "happens"),
    "as_extracted": marked("as extracted"),
    "refers_to": clause_of("refers to"),
    "known_at": clause_of("at"),
    "column": column,
    "computed": only,
    "events_block": events_block,
    "table_block": table_block,
    "key_row": key_row,
    "default_row": default_row,
    "missing_row": missing_row,
    "keys": several,
    "any_key": lambda problems, span: None,
    "param_line": param_line,
    "input_line": input_line,
}
