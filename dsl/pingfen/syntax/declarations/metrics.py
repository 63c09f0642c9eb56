"""From events to numbers: populations, metrics, peer values, group values."""

from __future__ import annotations

from typing import Literal

from ...source import Span
from ..expressions import Expression, Mode, Name, NumberLiteral
from ..node import frozen, span_field
from .common import Cite, LabelText
from .tables import ImprovableClause


@frozen
class WhereStep:
    """`where c` or `except c`; with `unless d` (`except c unless d`) a condition on when the exception holds is plain logic."""

    condition: Expression
    excluded: bool
    span: Span = span_field()


@frozen
class FirstStep:
    """`first 3 per buyer_id, seller_id, month(trade_at) by trade_at looking back 31 days`; without `looking back` it looks back without end."""

    count: NumberLiteral
    keys: tuple[Expression, ...]
    by: Expression
    looking_back: Expression | None
    span: Span = span_field()


@frozen
class PopulationLine:
    """`population valid_orders "有效订单" = orders where ... except ... first ...`."""

    name: Name
    label: LabelText
    source: Name
    steps: tuple[WhereStep | FirstStep, ...]
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()


@frozen
class WindowClause:
    """`over last 30 days ending 15 days ago`, `over last 6 months`; `by signed_at`. `length` is a NumberLiteral or a Reference to a param."""

    length: Expression
    lag: Expression | None
    by: Expression | None
    span: Span = span_field()


@frozen
class NeedsClause:
    """`needs 10 assumed`, `needs half the parts` (unit "half"), `needs 50% of the weight` (unit "weight")."""

    count: Expression | None
    unit: Literal["", "parts", "half", "weight"] = ""
    span: Span = span_field()


@frozen
class AggregateText:
    """What a metric is made of.

    `count of P with C`; `distinct count of X in P with C`; `sum of X in P`, `minimum of`, `maximum of`, `mean of X in P weighted by W with C`;
    `share with C of P`; `source` is the population or table, `condition` the `with` (of a share: what is counted), `value` the X.
    """

    form: Literal["count", "distinct", "sum", "minimum", "maximum", "mean", "share"]
    source: Name
    condition: Expression | None = None
    value: Expression | None = None
    weight: Expression | None = None
    missing: Literal["", "skip"] | Expression = ""
    span: Span = span_field()


@frozen
class RateText:
    """`rate of A with C per B within 0 .. 5 else cut` (`else none`)."""

    counted: AggregateText
    per: AggregateText
    low: Expression
    high: Expression
    beyond: Literal["cut", "none"]
    span: Span = span_field()


@frozen
class MetricLine:
    """`metric name "label" = aggregate over last 90 days by t to 0.01% needs 10 better higher`. `made` is an expression for a metric by cases.

    `mode` and `step` are the rounding; `exact` is `step` None with `exact` True.
    """

    name: Name
    label: LabelText
    made: AggregateText | RateText | Expression
    window: WindowClause | None
    mode: Mode = "half away"
    step: NumberLiteral | None = None
    exact: bool = False
    needs: NeedsClause | None = None
    better: Literal["", "higher", "lower"] = ""
    improvable: ImprovableClause | None = None
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()


@frozen
class PeerLine:
    """`peer mean_praise "行业均值" = [pooled] mean of praise by category at least 20 subjects assumed among c to 0.01`."""

    name: Name
    label: LabelText
    of: Expression
    category: Name
    minimum: NumberLiteral
    among: Expression | None
    pooled: bool
    mode: Mode
    step: NumberLiteral | None
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()


@frozen
class GroupLine:
    """`group owner_score "..." = lowest score by owner_id`."""

    name: Name
    label: LabelText
    kind: Literal["lowest", "highest"]
    of: Expression
    by: Name
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()
