"""From numbers to points: stages, parts and their adjustments, displays, tiers."""

from __future__ import annotations

from typing import Literal

from ...source import Span
from ..expressions import Expression, Mode, Name, NumberLiteral
from ..node import frozen, span_field
from .common import Cite, LabelText
from .metrics import NeedsClause


@frozen
class StageLine:
    """`growth "成长阶段" when volume < 30 { score 60 when c, else 70 }`, `new when ... no score`, `regular else full`.

    `result`: "full", "no score", or an expression (a CaseBlock, or one value). `condition` None is `else`.
    """

    name: Name
    label: LabelText
    condition: Expression | None
    result: Literal["full", "no score"] | Expression
    span: Span = span_field()


@frozen
class StagesBlock:
    """`stages { ... }`."""

    stages: tuple[StageLine, ...]
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()


@frozen
class AdjustmentLine:
    """`deduct 3 per n, no more than 15 in all`, `bonus 3 when c`, `protect at least 90`, `cap at most 4 when c`, `cap below 4.40 when c`."""

    kind: Literal["deduct", "bonus", "protect", "cap", "cap below"]
    amount: Expression
    per: Expression | None
    most: Expression | None
    condition: Expression | None
    label: LabelText
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()


@frozen
class MissingClause:
    """`missing drop needs half the parts`, `missing no score`, `missing 60`."""

    policy: Literal["drop", "no score", "value"]
    value: Expression | None = None
    needs: NeedsClause | None = None
    span: Span = span_field()


@frozen
class PartBlock:
    """A part: a leaf (`value`) or a block of parts (`combine`, `parts`), with the adjustments of its block in order.

    `word`: "dimension", "indicator" or "part". `step` None with `exact` False takes the default places.
    """

    word: Literal["dimension", "indicator", "part", "total"]
    name: Name
    label: LabelText
    weight: Expression | None
    value: Expression | None
    combine: Literal["weights", "weighted mean", "sum", "best of"]
    missing: MissingClause | None
    parts: tuple[PartBlock, ...]
    adjustments: tuple[AdjustmentLine, ...]
    mode: Mode = "half away"
    step: NumberLiteral | None = None
    exact: bool = False
    rounded: bool = False
    low: Expression | None = None
    high: Expression | None = None
    assumed: bool = False
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()


@frozen
class DisplayLine:
    """`display shown_score "消费者端展示分" = cases { ... } to 0.1`."""

    name: Name
    label: LabelText
    value: Expression
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()


@frozen
class ForceLine:
    """`force bronze when c`."""

    tier: Name
    condition: Expression
    span: Span = span_field()


@frozen
class TierBlock:
    """`tier level "等级" of bronze, silver, gold = ladder score { ... } { force bronze when c }`; lowest first."""

    name: Name
    label: LabelText
    options: tuple[Name, ...]
    value: Expression
    forces: tuple[ForceLine, ...]
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()


@frozen
class HideLine:
    """`hide score when c`."""

    condition: Expression
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()
