"""Builds expressions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal

from ...diagnostics.diagnostic import Problems
from ...node import evolve
from ...source import Span
from ..expressions import (
    AnyRows,
    AtLeastOf,
    Binary,
    Call,
    CaseBlock,
    CaseRow,
    ClockLiteral,
    Comparison,
    CurveBlock,
    CurvePoint,
    Expression,
    FlagLiteral,
    GivenTest,
    InList,
    InRange,
    Inverted,
    Is,
    LadderBlock,
    LadderRow,
    Limited,
    Logic,
    Moved,
    Name,
    Negated,
    NoneLiteral,
    NumberLiteral,
    RangeBlock,
    RangeRow,
    Reference,
    Rounding,
    TextLiteral,
)
from .clauses import Clause, only, word


def logic(operator: Literal["and", "or"]) -> Callable[..., Logic]:
    """A builder for `a and b and c`."""
    return lambda problems, span, *operands: Logic(operator, operands, span)


def inverted(problems: Problems, span: Span, operand: Expression) -> Inverted:
    """`not c`."""
    return Inverted(operand, span)


def comparison(problems: Problems, span: Span, left: Expression, operator: Any, right: Expression) -> Comparison:
    """`x >= y`."""
    return Comparison(operator, left, right, span)


def is_choice(negated: bool) -> Callable[..., Is]:
    """A builder for `kind is normal`, `kind is not normal`."""
    return lambda problems, span, subject, value: Is(subject, negated, value, span)


def is_in(negated: bool) -> Callable[..., Expression]:
    """A builder for `x in ...`, `x not in ...`."""

    def build(problems: Problems, span: Span, subject: Expression, what: tuple[Any, ...]) -> Expression:
        if what[0] == "list":
            return InList(subject, negated, what[1], span)
        _, low, high, low_open, high_open = what
        return InRange(subject, negated, low, high, low_open, high_open, span)

    return build


def range_ends(low_open: bool | None, high_open: bool | None) -> Callable[..., tuple[Any, ...]]:
    """A builder for the range of `x in`."""
    return lambda problems, span, low, high: ("range", low, high, low_open, high_open)


def list_of(problems: Problems, span: Span, *values: Expression) -> tuple[Any, ...]:
    """The list of `x in (a, b)`: choices, texts and numbers."""
    return ("list", tuple(item for item in (_listed(problems, value) for value in values) if item is not None))


def _listed(problems: Problems, value: Expression) -> Name | TextLiteral | NumberLiteral | None:
    match value:
        case TextLiteral() | NumberLiteral():
            return value
        case Reference(names=(name,)):
            return name
        case Negated(operand=NumberLiteral() as number):
            return evolve(number, digits=f"-{number.digits}", span=value.span)
        case _:
            problems.report("wrong-list-value", value.span)
            return None


def given(missing: bool) -> Callable[..., GivenTest]:
    """A builder for `x given`, `x missing`."""
    return lambda problems, span, subject: GivenTest(subject, missing, span)


def at_least_of(problems: Problems, span: Span, count: NumberLiteral, conditions: tuple[Expression, ...], not_counted: bool | None) -> AtLeastOf:
    """`at least 2 of (c, d) missing not counted`."""
    return AtLeastOf(count, conditions, bool(not_counted), span)


def any_rows(problems: Problems, span: Span, population: Name) -> AnyRows:
    """`any quality_returns`."""
    return AnyRows((population,), span)


def any_of_rows(problems: Problems, span: Span, populations: tuple[Name, ...]) -> AnyRows:
    """`any of (quality_returns, bad_reviews)`."""
    return AnyRows(populations, span)


def limited(kind: Literal["at least", "at most"]) -> Callable[..., Limited]:
    """A builder for `x, at least 0`."""
    return lambda problems, span, value, limit: Limited(value, kind, limit, span)


def rounded(problems: Problems, span: Span, value: Expression, how: Clause) -> Rounding:
    """`x to 0.01`."""
    return Rounding(value, how.value.mode, how.value.step, span)


def binary(operator: Literal["+", "-", "*", "/", "until"]) -> Callable[..., Binary]:
    """A builder for `a + b`."""
    return lambda problems, span, left, right: Binary(operator, left, right, span)


def negated(problems: Problems, span: Span, operand: Expression) -> Negated:
    """`-x`."""
    return Negated(operand, span)


def signed_negative(problems: Problems, span: Span, number: NumberLiteral) -> NumberLiteral:
    """`-5` where only a number can stand."""
    return evolve(number, digits=f"-{number.digits}", span=span)


def moved(problems: Problems, span: Span, time: Expression, target: ClockLiteral, start: ClockLiteral, end: ClockLiteral) -> Moved:
    """`paid_at moved to 06:00 from 18:00 .. 06:00`."""
    return Moved(time, target, start, end, span)


def call(function: Literal["points", "month", "age"]) -> Callable[..., Call]:
    """A builder for `points(x)`."""
    return lambda problems, span, argument: Call(function, argument, span)


def reference(problems: Problems, span: Span, *names: Name) -> Reference:
    """`weights.product`."""
    return Reference(names, span)


def special_name(text: str) -> Callable[..., Name]:
    """A builder for `score`, `total`, `stage`, in whatever language they are written."""
    return lambda problems, span: Name(text, span)


def number(problems: Problems, span: Span, literal: NumberLiteral, *rest: Any) -> NumberLiteral:
    """`90 days assumed`: digits, a measure or None, the mark or None."""
    unit = rest[0] if len(rest) == 2 and rest[0] else literal.unit
    return NumberLiteral(literal.digits, unit, rest[-1] is not None, span)


def step(problems: Problems, span: Span, literal: NumberLiteral, measure: str | None = None) -> NumberLiteral:
    """`0.01`, `0.10%`."""
    return NumberLiteral(literal.digits, measure or literal.unit, False, span)


def case_when(problems: Problems, span: Span, value: Expression, condition: Expression) -> CaseRow:
    """`a when c`."""
    return CaseRow(value, condition, span)


def case_else(problems: Problems, span: Span, value: Expression) -> CaseRow:
    """`else a`."""
    return CaseRow(value, None, span)


def case_block(problems: Problems, span: Span, assumed: Clause | None, *rows: CaseRow) -> CaseBlock:
    """`cases { ... }`."""
    return CaseBlock(rows, assumed is not None, span)


def ladder_limit(problems: Problems, span: Span, operator: Any, limit: Expression, value: Expression) -> LadderRow:
    """`>= 95% -> 4.50`."""
    return LadderRow(operator, limit, value, span)


def ladder_word(operator: Literal["none", "else"]) -> Callable[..., LadderRow]:
    """A builder for `none -> x`, `else -> x`."""
    return lambda problems, span, value: LadderRow(operator, None, value, span)


def ladder_block(problems: Problems, span: Span, subject: Expression, assumed: Clause | None, *rows: LadderRow) -> LadderBlock:
    """`ladder m { ... }`."""
    return LadderBlock(subject, rows, assumed is not None, span)


def range_between(
    problems: Problems, span: Span, low_open: bool, low: Expression | None, high: Expression | None, high_open: bool, value: Expression
) -> RangeRow:
    """`(30000 .. 300000] -> x`."""
    return RangeRow("range", low, low_open, high, high_open, value, span)


def range_word(kind: Literal["none", "else"]) -> Callable[..., RangeRow]:
    """A builder for `none -> x`, `else -> x`."""
    return lambda problems, span, value: RangeRow(kind, None, False, None, False, value, span)


def range_block(problems: Problems, span: Span, subject: Expression, assumed: Clause | None, *rows: RangeRow) -> RangeBlock:
    """`ranges m { ... }`."""
    return RangeBlock(subject, rows, assumed is not None, span)


def curve_point(problems: Problems, span: Span, at: Expression, value: Expression) -> CurvePoint:
    """`0.80% -> 4.50`."""
    return CurvePoint(at, value, span)


def curve_none(problems: Problems, span: Span, value: Expression) -> Clause:
    """`none -> x`."""
    return Clause("none", value, span)


def curve_block(problems: Problems, span: Span, subject: Expression, assumed: Clause | None, *rows: CurvePoint | Clause) -> CurveBlock:
    """`curve m { ... }`; of several rows `none` the first counts and the others are reported."""
    points = tuple(row for row in rows if isinstance(row, CurvePoint))
    absent = [row for row in rows if isinstance(row, Clause)]
    for row in absent[1:]:
        problems.report("repeated-clause", row.span, clause="none")
    return CurveBlock(subject, points, absent[0].value if absent else None, assumed is not None, span)


BUILDERS: Final[dict[str, Callable[..., Any]]] = {
    "logic_or": logic("or"),
    "logic_and": logic("and"),
    "inverted": inverted,
    "comparison": comparison,
    "is_choice": is_choice(False),
    "is_not_choice": is_choice(True),
    "is_in": is_in(False),
    "is_not_in": is_in(True),
    "given": given(False),
    "missing": given(True),
    "at_least_of": at_least_of,
    "missing_not_counted": word(True),
    "any_rows": any_rows,
    "any_of_rows": any_of_rows,
    "less": word("<"),
    "less_or_equal": word("<="),
    "greater": word(">"),
    "greater_or_equal": word(">="),
    "equal": word("="),
    "unequal": word("<>"),
    "range_plain": range_ends(None, None),
    "range_open_open": range_ends(True, True),
    "range_open_closed": range_ends(True, False),
    "range_closed_open": range_ends(False, True),
    "range_closed_closed": range_ends(False, False),
    "list_of": list_of,
    "limited_at_least": limited("at least"),
    "limited_at_most": limited("at most"),
    "rounded": rounded,
    "until": binary("until"),
    "moved": moved,
    "add": binary("+"),
    "subtract": binary("-"),
    "multiply": binary("*"),
    "divide": binary("/"),
    "negated": negated,
    "points_call": call("points"),
    "month_call": call("month"),
    "age_call": call("age"),
    "case_block": case_block,
    "case_when": case_when,
    "case_else": case_else,
    "ladder_block": ladder_block,
    "ladder_limit": ladder_limit,
    "ladder_none": ladder_word("none"),
    "ladder_else": ladder_word("else"),
    "range_block": range_block,
    "range_between": range_between,
    "range_none": range_word("none"),
    "range_else": range_word("else"),
    "end_open": word(True),
    "end_closed": word(False),
    "curve_block": curve_block,
    "curve_point": curve_point,
    "curve_none": curve_none,
    "reference": reference,
    "score_word": special_name("score"),
    "total_word": special_name("total"),
    "stage_word": special_name("stage"),
    "yes": lambda problems, span: FlagLiteral(True, span),
    "no": lambda problems, span: FlagLiteral(False, span),
    "none": lambda problems, span: NoneLiteral(span),
    "number": number,
    "signed_negative": signed_negative,
    "step": step,
    "second": word("second"),
    "minute": word("minute"),
    "hour": word("hour"),
    "day": word("day"),
    "week": word("week"),
    "month": word("month"),
    "when": only,
    "per": only,
    "most": only,
}
