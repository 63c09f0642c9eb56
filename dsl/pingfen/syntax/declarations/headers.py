"""The header's statements."""

from __future__ import annotations

from typing import Literal

from ...source import Span
from ..expressions import DateLiteral, Mode, Name, NumberLiteral, TextLiteral
from ..node import frozen, span_field
from .common import Cite, LabelText


@frozen
class RulesetHeader:
    """`ruleset douyin.store "抖店商家体验分"`."""

    name: tuple[Name, ...]
    label: LabelText
    span: Span = span_field()


@frozen
class VersionHeader:
    """`version "2026-05-07"`."""

    version: TextLiteral
    span: Span = span_field()


@frozen
class EffectiveHeader:
    """`effective 2026-05-07 .. 2026-07-13`, `effective from 2025-03-31 assumed`."""

    first: DateLiteral
    last: DateLiteral | None
    assumed: bool
    span: Span = span_field()


@frozen
class CitesHeader:
    """`cites "a.txt", "D13" "note"` for the whole file."""

    cites: tuple[Cite, ...]
    span: Span = span_field()


@frozen
class TimezoneHeader:
    """`timezone "Asia/Shanghai"`."""

    zone: TextLiteral
    span: Span = span_field()


@frozen
class YearsHeader:
    """`years 2010 .. 2040`: the years that times and dates of the data may have (default 2000 .. 2099)."""

    first: NumberLiteral
    last: NumberLiteral
    span: Span = span_field()


@frozen
class LimitHeader:
    """`at most 1000000 rows a subject`, `at most 10000000000 rows`, `at most 1000000 subjects`: `rows a subject` is a default for all tables."""

    what: Literal["rows a subject", "rows", "subjects"]
    count: NumberLiteral
    span: Span = span_field()


@frozen
class ScoreHeader:
    """`score 50 .. 100 to 0.01`, `score 3.0 .. 5.0 down to 0.5`."""

    low: NumberLiteral
    high: NumberLiteral
    mode: Mode
    step: NumberLiteral | None
    span: Span = span_field()
