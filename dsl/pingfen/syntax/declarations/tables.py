"""The shape of the data: types, subjects, event tables, tables of constants, parameters, plain inputs."""

from __future__ import annotations

from typing import Literal

from ...source import Span
from ..expressions import Expression, Name, NumberLiteral, TextLiteral
from ..node import frozen, span_field
from .common import Cite, LabelText
from .headers import LimitHeader


@frozen
class UnitType:
    """A numeric type with a range, `score 0.00 .. 5.00 to 0.01`; date, time and duration may have none (`low`, `high` None)."""

    unit: Literal["number", "count", "share", "score", "points", "duration", "money", "date", "time"]
    low: Expression | None = None
    high: Expression | None = None
    step: NumberLiteral | None = None
    span: Span = span_field()


@frozen
class WordType:
    """`text` (no options) or `one of a, b` / `one of "apparel", "fresh food"`."""

    options: tuple[Name | TextLiteral, ...] = ()
    span: Span = span_field()


@frozen
class FlagType:
    """`flag`."""

    span: Span = span_field()


TypeText = UnitType | WordType | FlagType


@frozen
class AttributeRow:
    """`industry "行业" one of "apparel", "fresh food" optional dated`."""

    name: Name
    label: LabelText
    kind: TypeText
    optional: bool = False
    dated: bool = False
    span: Span = span_field()


@frozen
class SubjectBlock:
    """`subject store_id "店铺" { ... }`; the block may be left out."""

    key: Name
    label: LabelText
    attributes: tuple[AttributeRow, ...]
    span: Span = span_field()


@frozen
class ColumnRow:
    """`collected_at time optional`, `appeal one of pending, upheld at decided_at`, `order_id text refers to orders optional`, `waiting duration = ...`.

    `role`: key, subject, happens or "". `available`: required, optional or ahead. `as_extracted` is written for a status whose time nobody records.
    """

    name: Name
    label: LabelText
    kind: TypeText
    role: Literal["", "key", "subject", "happens"] = ""
    available: Literal["required", "optional", "ahead"] = "required"
    known_at: Name | None = None
    refers_to: Name | None = None
    computed: Expression | None = None
    as_extracted: bool = False
    span: Span = span_field()


@frozen
class EventsBlock:
    """`events orders "订单" { ... }`, with `at most 500000 rows a subject` among its rows."""

    name: Name
    label: LabelText
    columns: tuple[ColumnRow, ...]
    limits: tuple[LimitHeader, ...] = ()
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()


@frozen
class TableRow:
    """`"apparel", "flagship" -> 50%, 20%, 30%`; `keys` holds None for `any`, and is empty for `default`; `missing` marks `none -> ...`."""

    keys: tuple[TextLiteral | Name | None, ...]
    values: tuple[Expression, ...]
    missing: bool = False
    span: Span = span_field()


@frozen
class TableBlock:
    """`table weights by industry (product, logistics, service) assumed { ... }`."""

    name: Name
    label: LabelText
    keys: tuple[Name, ...]
    columns: tuple[Name, ...]
    rows: tuple[TableRow, ...]
    assumed: bool = False
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()


@frozen
class ParamLine:
    """`param window = 90 days assumed within 7 days .. 180 days`."""

    name: Name
    label: LabelText
    value: Expression
    low: Expression | None = None
    high: Expression | None = None
    assumed: bool = False
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()


@frozen
class ImprovableClause:
    """`improvable up by 0.10%, cost 1, within 60% .. 100%`."""

    direction: Literal["up", "down"]
    step: Expression
    cost: NumberLiteral
    low: Expression
    high: Expression
    span: Span = span_field()


@frozen
class InputLine:
    """`input service_points "服务指标得分" points 50.00 .. 100.00 optional better higher`."""

    name: Name
    label: LabelText
    kind: TypeText
    optional: bool = False
    better: Literal["", "higher", "lower"] = ""
    improvable: ImprovableClause | None = None
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()
