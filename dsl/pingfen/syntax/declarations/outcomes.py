"""Gates, sanctions, linked closings, claims and examples."""

from __future__ import annotations

from typing import Literal

from ...source import Span
from ..expressions import DateLiteral, Expression, Name, NumberLiteral, Reference, TextLiteral
from ..node import frozen, span_field
from .common import Cite, LabelText


@frozen
class WithoutClause:
    """`closed without a score`, `open without praise`: the outcome where the value is missing."""

    outcome: Literal["open", "closed", "applies", "clear"]
    of: Reference
    span: Span = span_field()


@frozen
class GateLine:
    """`gate g "..." open when c, closed without a score`, `gate g closed when c`, `sanction s applies when c`."""

    kind: Literal["gate", "sanction"]
    name: Name
    label: LabelText
    outcome: Literal["open", "closed", "applies"]
    condition: Expression
    without: tuple[WithoutClause, ...]
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()


@frozen
class CloseLine:
    """`close a, b for all when any has c`, `apply s for all when any has c`."""

    outcomes: tuple[Name, ...]
    condition: Expression
    span: Span = span_field()


@frozen
class LinkedBlock:
    """`linked by owner_id { ... }`."""

    by: Name
    closings: tuple[CloseLine, ...]
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()


@frozen
class ClaimLine:
    """`always score within 3 .. 5 for every industry assuming c`, `always score rises with a, b`, `always campaigns stays open when described rises`.

    `form` "stays open" has direction "rises" or "falls" of `fields`.
    """

    target: Reference
    form: Literal["within", "rises", "falls", "stays open when rises", "stays open when falls"]
    low: Expression | None
    high: Expression | None
    fields: tuple[Reference, ...]
    for_every: Name | None
    assuming: Expression | None
    span: Span = span_field()


ExampleValue = Expression


@frozen
class Assignment:
    """`volume 1200`, `quality_returns 199 of 20000` (two numbers), `alliance open`, `returns none`. In `expect`, `name` may be dotted."""

    name: Reference
    value: ExampleValue
    denominator: NumberLiteral | None = None
    span: Span = span_field()


@frozen
class ExampleRows:
    """`events orders { order_id, paid_at / rows }` or `subjects { ... }` in an example: the columns, then the rows."""

    name: Name
    columns: tuple[Name, ...]
    rows: tuple[tuple[ExampleValue, ...], ...]
    kind: Literal["events", "subjects", "inputs"] = "events"
    span: Span = span_field()


@frozen
class ExpectLine:
    """`expect score 4.92, flash_sale open`, `expect for "s1" score 60`."""

    subject: TextLiteral | None
    values: tuple[Assignment, ...]
    span: Span = span_field()


@frozen
class ExampleBlock:
    """`example "a clean promoter" { on 2026-06-01  given ...  expect ... }`."""

    name: TextLiteral
    on: DateLiteral | None
    given: tuple[Assignment, ...]
    tables: tuple[ExampleRows, ...]
    expected: tuple[ExpectLine, ...]
    span: Span = span_field()
