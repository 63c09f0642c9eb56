"""Builds the header's statements and the document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ...diagnostics.diagnostic import Problems
from ...source import Span
from ..declarations import (
    Cite,
    CitesHeader,
    EffectiveHeader,
    LabelText,
    LimitHeader,
    RulesetHeader,
    ScoreHeader,
    TimezoneHeader,
    VersionHeader,
    YearsHeader,
)
from ..expressions import DateLiteral, Name, NumberLiteral, TextLiteral
from .clauses import NO_ROUNDING, Clause, label_of, several, word


def ruleset_header(problems: Problems, span: Span, *children: Any) -> RulesetHeader:
    """`ruleset douyin.store "抖店"`."""
    *names, label = children
    path: tuple[Name, ...] = tuple(names)
    written: LabelText | None = label
    return RulesetHeader(path, label_of(written), span)


def version_header(problems: Problems, span: Span, version: TextLiteral) -> VersionHeader:
    """`version "2026-05-07"`."""
    return VersionHeader(version, span)


def effective_span(problems: Problems, span: Span, first: DateLiteral, last: DateLiteral, assumed: Clause | None) -> EffectiveHeader:
    """`effective a .. b`."""
    return EffectiveHeader(first, last, assumed is not None, span)


def effective_from(problems: Problems, span: Span, first: DateLiteral, assumed: Clause | None) -> EffectiveHeader:
    """`effective from a`."""
    return EffectiveHeader(first, None, assumed is not None, span)


def cites_header(problems: Problems, span: Span, *cites: Cite) -> CitesHeader:
    """`cites "a", "b" "note"`."""
    return CitesHeader(cites, span)


def timezone_header(problems: Problems, span: Span, zone: TextLiteral) -> TimezoneHeader:
    """`timezone "Asia/Shanghai"`."""
    return TimezoneHeader(zone, span)


def years_header(problems: Problems, span: Span, first: NumberLiteral, last: NumberLiteral) -> YearsHeader:
    """`years 2010 .. 2040`."""
    return YearsHeader(first, last, span)


def score_header(problems: Problems, span: Span, low: NumberLiteral, high: NumberLiteral, rounding: Clause | None) -> ScoreHeader:
    """`score 50 .. 100 to 0.01`."""
    how = rounding.value if rounding else NO_ROUNDING
    if how.exact:
        problems.report("exact-score", how.span)
    return ScoreHeader(low, high, how.mode, how.step, span)


def limit_header(problems: Problems, span: Span, count: NumberLiteral, what: Any) -> LimitHeader:
    """`at most 1000 rows a subject`."""
    return LimitHeader(what, count, span)


BUILDERS: Final[dict[str, Callable[..., Any]]] = {
    "document": several,
    "ruleset_header": ruleset_header,
    "version_header": version_header,
    "effective_span": effective_span,
    "effective_from": effective_from,
    "cites_header": cites_header,
    "timezone_header": timezone_header,
    "years_header": years_header,
    "score_header": score_header,
    "limit_header": limit_header,
    "subjects": word("subjects"),
    "rows": word("rows"),
    "rows_a_subject": word("rows a subject"),
}
