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
    """`where c` or `except c`."""

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
class EnoughClause:
    """`if at least 300 rows`, `if at least 300 rows of signed_orders`; without a source the rows that enter are counted."""

    least: NumberLiteral
    source: Name | None
    span: Span = span_field()


@frozen
class LongerWindow:
    """`, else 90 days if at least 100 rows`: a step of a window by volume; without `enough` it asks for as many as the step before."""

    length: Expression
    enough: EnoughClause | None
    span: Span = span_field()


@frozen
class WindowClause:
    """`over last 30 days ending 15 days ago`, `over last 6 months`; `by signed_at`. `length` is a NumberLiteral or a Reference to a param.

    `form` "rows" (`over last 500 rows within 90 days`): `length` counts rows, `inside` is the longest time looked back on. "weeks", "months", "quarters": the
    last `length` full ones. `enough` and `longer` extend a window of days or months by its volume.
    """

    length: Expression
    lag: Expression | None
    by: Expression | None
    form: Literal["", "rows", "weeks", "months", "quarters"] = ""
    inside: Expression | None = None
    enough: EnoughClause | None = None
    longer: tuple[LongerWindow, ...] = ()
    span: Span = span_field()


@frozen
class AgeRow:
    """`<= 30 days -> 4` of a recency block; `else` has no limit."""

    limit: Expression | None
    weight: NumberLiteral
    span: Span = span_field()


@frozen
class RecencyClause:
    """`recency { <= 30 days -> 100%, <= 60 days -> 50%, else -> 25% }`."""

    rows: tuple[AgeRow, ...]
    assumed: bool = False
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
    recency: RecencyClause | None = None
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()


@frozen
class Compared:
    """What a peer value is: `mean of m`, `pooled mean of m`, `median of m`, `rank rate of m`, `top 10% of m`, `multiple of mean of m`."""

    form: Literal["mean", "pooled", "median", "rank", "top", "multiple"]
    of: Expression
    share: NumberLiteral | None = None
    span: Span = span_field()


@frozen
class PeerLine:
    """`peer mean_praise "行业均值" = mean of praise by category at least 20 subjects assumed else by sector else all subjects to 0.01 among c`.

    `otherwise` are the attributes to fall back on, None for all subjects.
    """

    name: Name
    label: LabelText
    compared: Compared
    category: Name
    minimum: NumberLiteral
    otherwise: tuple[Name | None, ...]
    among: Expression | None
    better: Literal["", "higher", "lower"]
    mode: Mode
    step: NumberLiteral | None
    improvable: ImprovableClause | None = None
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
