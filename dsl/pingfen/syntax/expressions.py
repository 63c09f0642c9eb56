"""Syntax tree of expressions: what was written, before any name is bound or unit is known. Spans take no part in equality."""

from __future__ import annotations

from typing import Literal

from ..source import Span
from .node import frozen, span_field

Mode = Literal["half away", "up", "down", "half even"]


@frozen
class Name:
    """An identifier as written."""

    text: str
    span: Span = span_field()


@frozen
class NumberLiteral:
    """Digits as written (`4.50`, `10,000` never occurs), a unit word ("" , "%", "second", "minute", "hour", "day", "week", "month") and the mark `assumed`.

    Months occur in windows only.
    """

    digits: str
    unit: str = ""
    assumed: bool = False
    span: Span = span_field()


@frozen
class TextLiteral:
    """A quoted text, without its quotes and escapes."""

    text: str
    span: Span = span_field()


@frozen
class DateLiteral:
    """`2026-06-10`, as three numbers; not yet known to exist in the calendar."""

    year: int
    month: int
    day: int
    span: Span = span_field()


@frozen
class ClockLiteral:
    """A time of day, `18:00` or `22:59:59`, as seconds since midnight (0 .. 86400)."""

    seconds: int
    span: Span = span_field()


@frozen
class InstantLiteral:
    """A local date with a time of day, `2026-06-10 18:30` or `2026-06-10 18:30:05`."""

    date: DateLiteral
    clock: ClockLiteral
    span: Span = span_field()


@frozen
class FlagLiteral:
    """`yes` or `no`."""

    value: bool
    span: Span = span_field()


@frozen
class NoneLiteral:
    """`none`."""

    span: Span = span_field()


@frozen
class Reference:
    """A name, or a dotted path (`weights.product`, `product.praise`, `order_id.amount`). The words `score`, `total` and `stage` are references too."""

    names: tuple[Name, ...]
    span: Span = span_field()


@frozen
class Negated:
    """`-x`."""

    operand: Expression
    span: Span = span_field()


@frozen
class Binary:
    """`+ - * /` and `until`."""

    operator: Literal["+", "-", "*", "/", "until"]
    left: Expression
    right: Expression
    span: Span = span_field()


@frozen
class Comparison:
    """`< <= > >= = <>` between values; `above` and `below` are `>` and `<`."""

    operator: Literal["<", "<=", ">", ">=", "=", "<>"]
    left: Expression
    right: Expression
    span: Span = span_field()


@frozen
class Is:
    """`kind is normal`, `kind is not gift`, `stage is growth`, `region is "remote"`, `alliance is open`: equality with a choice, a text or an outcome."""

    subject: Expression
    negated: bool
    value: Name | TextLiteral
    span: Span = span_field()


@frozen
class InList:
    """`region in ("Guangxi", "Guangdong")`, `kind not in (gift, lucky_bag)`."""

    subject: Expression
    negated: bool
    values: tuple[Name | TextLiteral | NumberLiteral, ...]
    span: Span = span_field()


@frozen
class InRange:
    """`paid_at in 2026-06-10 .. 2026-06-20`, `x in (0 .. 5]`, `started_at in 08:00 .. 23:00`. Without brackets both ends are included (clock times: half-open).

    `low_open` and `high_open` are None where no bracket is written.
    """

    subject: Expression
    negated: bool
    low: Expression
    high: Expression
    low_open: bool | None = None
    high_open: bool | None = None
    span: Span = span_field()


@frozen
class GivenTest:
    """`x given`, `x missing`."""

    subject: Expression
    missing: bool
    span: Span = span_field()


@frozen
class Logic:
    """`a and b and c`, `a or b`: flat."""

    operator: Literal["and", "or"]
    operands: tuple[Expression, ...]
    span: Span = span_field()


@frozen
class Inverted:
    """`not c`."""

    operand: Expression
    span: Span = span_field()


@frozen
class AtLeastOf:
    """`at least 2 of (c, d, e)`, with `missing not counted` a condition that reads a none is false."""

    count: NumberLiteral
    conditions: tuple[Expression, ...]
    missing_not_counted: bool
    span: Span = span_field()


@frozen
class AnyRows:
    """`any quality_returns, bad_reviews` inside a `with` or `where`: a row of one of the populations refers to this row."""

    populations: tuple[Name, ...]
    span: Span = span_field()


@frozen
class Rounding:
    """`x to 0.01`, `x up to 1`, `x down to 1`, `x half even to 0.5`; `exact` is the other word: no rounding (`step` None)."""

    value: Expression
    mode: Mode
    step: NumberLiteral | None
    span: Span = span_field()


@frozen
class Limited:
    """`x, at least 0 hours` and `x, at most 5`: the larger, the smaller."""

    value: Expression
    kind: Literal["at least", "at most"]
    limit: Expression
    span: Span = span_field()


@frozen
class Call:
    """`points(share)`, `month(t)`, `age of d`."""

    function: Literal["points", "month", "age"]
    argument: Expression
    span: Span = span_field()


@frozen
class Moved:
    """`paid_at moved to 06:00 from 18:00 .. 06:00`."""

    time: Expression
    target: ClockLiteral
    start: ClockLiteral
    end: ClockLiteral
    span: Span = span_field()


@frozen
class CaseRow:
    """`a when c` in cases; the condition of the last row, `else a`, is None."""

    value: Expression
    condition: Expression | None
    span: Span = span_field()


@frozen
class CaseBlock:
    """`cases { a when c, b when d, else e }`."""

    rows: tuple[CaseRow, ...]
    assumed: bool = False
    span: Span = span_field()


@frozen
class LadderRow:
    """`>= 95% -> 4.50`; `operator` is "none" for `none -> x` and "else" for `else -> x` (limit None)."""

    operator: Literal["<", "<=", ">", ">=", "none", "else"]
    limit: Expression | None
    value: Expression
    span: Span = span_field()


@frozen
class LadderBlock:
    """`ladder m assumed { >= 98% -> 5.00, none -> none, else -> 3.00 }`."""

    subject: Expression
    rows: tuple[LadderRow, ...]
    assumed: bool = False
    span: Span = span_field()


@frozen
class RangeRow:
    """`(30000 .. 300000] -> L2`; an end that is None is open to that side (`.. 0`, `10000000 ..`). `kind` "none" and "else" have no ends."""

    kind: Literal["range", "none", "else"]
    low: Expression | None
    low_open: bool
    high: Expression | None
    high_open: bool
    value: Expression
    span: Span = span_field()


@frozen
class RangeBlock:
    """`ranges m { [0 .. 30000] -> 1, (30000 .. 300000] -> 2, none -> none }`."""

    subject: Expression
    rows: tuple[RangeRow, ...]
    assumed: bool = False
    span: Span = span_field()


@frozen
class CurvePoint:
    """`0.80% -> 4.50`."""

    at: Expression
    value: Expression
    span: Span = span_field()


@frozen
class CurveBlock:
    """`curve m assumed { 0.00% -> 5.00, 0.80% -> 4.50 }`; `missing` is the value of a row `none -> x`."""

    subject: Expression
    points: tuple[CurvePoint, ...]
    missing: Expression | None = None
    assumed: bool = False
    span: Span = span_field()


Expression = (
    NumberLiteral
    | TextLiteral
    | DateLiteral
    | ClockLiteral
    | InstantLiteral
    | FlagLiteral
    | NoneLiteral
    | Reference
    | Negated
    | Binary
    | Comparison
    | Is
    | InList
    | InRange
    | GivenTest
    | Logic
    | Inverted
    | AtLeastOf
    | AnyRows
    | Rounding
    | Limited
    | Call
    | Moved
    | CaseBlock
    | LadderBlock
    | RangeBlock
    | CurveBlock
)
