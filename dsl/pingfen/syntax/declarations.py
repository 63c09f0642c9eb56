"""Syntax tree of declarations: the statements of a ruleset, in the order written. Comments are kept by position, outside the tree."""

from __future__ import annotations

from typing import Literal

from ..source import Span
from .expressions import DateLiteral, Expression, Mode, Name, NumberLiteral, Reference, TextLiteral
from .node import frozen, span_field


@frozen
class LabelText:
    """One or two texts beside a name, `"商品好评率" "praise rate"`; the one with Han characters is the Chinese one."""

    texts: tuple[TextLiteral, ...] = ()
    span: Span = span_field()


@frozen
class Cite:
    """`cites "D13" "protection of both parts"`: a source and, optionally, what is taken from it."""

    source: TextLiteral
    note: TextLiteral | None = None
    span: Span = span_field()


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
    """`at most 1000000 rows a subject`, `at most 10000000000 rows`, `at most 1000000 subjects`: `rows per subject` is a default for all tables."""

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
    """`over last 30 days ending 15 days ago`, `over last window`, `over last 6 months`; `by signed_at`. `length` is a NumberLiteral or a Reference to a param."""

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
class ImprovableClause:
    """`improvable up by 0.10%, cost 1, within 60% .. 100%`."""

    direction: Literal["up", "down"]
    step: Expression
    cost: NumberLiteral
    low: Expression
    high: Expression
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
    """`deduct 3 per rude_count, no more than 15 in all`, `bonus 3 when c`, `protect at least 90 when c`, `cap at most 4 when c`, `cap below 4.40 when c`, each with an optional label."""

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
class HideLine:
    """`hide score when c`."""

    condition: Expression
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
    """`events orders { order_id, paid_at / rows }` or `subjects { ... }` in an example: first row the columns, then one row a line, cells separated by commas."""

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


Declaration = (
    RulesetHeader
    | VersionHeader
    | EffectiveHeader
    | CitesHeader
    | TimezoneHeader
    | YearsHeader
    | LimitHeader
    | ScoreHeader
    | SubjectBlock
    | EventsBlock
    | TableBlock
    | ParamLine
    | InputLine
    | PopulationLine
    | MetricLine
    | PeerLine
    | GroupLine
    | StagesBlock
    | PartBlock
    | DisplayLine
    | GateLine
    | TierBlock
    | LinkedBlock
    | HideLine
    | ClaimLine
    | ExampleBlock
)


@frozen
class Comment:
    """`# ...` with its position; `own_line` where nothing but space stands before it."""

    text: str
    own_line: bool
    span: Span = span_field()


@frozen
class Document:
    """One file: declarations in order, and its comments."""

    declarations: tuple[Declaration, ...]
    comments: tuple[Comment, ...] = ()
    span: Span = span_field()
