"""The value of an expression: one short rule for each kind of node, as its docstring in the plan says."""

from __future__ import annotations

from itertools import pairwise
from typing import TypeVar, assert_never

from ..arithmetic import divide
from ..calendar import month_of, move, time_of_day
from ..plan.expressions import (
    AllOf,
    AnyOf,
    AnyRow,
    Arithmetic,
    AsOfRead,
    AtLeast,
    Band,
    Bands,
    BestOf,
    Cases,
    ColumnRead,
    Compare,
    Comparison,
    Constant,
    Curve,
    Divided,
    Expression,
    Extreme,
    FieldRead,
    IsGiven,
    Lookup,
    MonthOf,
    MovedTo,
    Not,
    Nothing,
    NumberRead,
    OutcomeRead,
    StageRead,
    Sum,
    TimeOfDay,
)
from .evaluation import InterpretationError, MissingReadError, Value
from .scene import Scene
from .sums import best_of, total_of

Read = Constant | Nothing | FieldRead | NumberRead | StageRead | OutcomeRead | AsOfRead | ColumnRead
Condition = Compare | AllOf | AnyOf | Not | IsGiven | AtLeast | AnyRow
Choice = Cases | Bands | Curve | Lookup
Clock = MovedTo | MonthOf | TimeOfDay
Ordered = TypeVar("Ordered", bytes, int)


def value_of(expression: Expression, scene: Scene) -> Value:
    """The value of an expression: a scaled number, a text, a flag, a quotient, or None."""
    match expression:
        case Constant() | Nothing() | FieldRead() | NumberRead() | StageRead() | OutcomeRead() | AsOfRead() | ColumnRead():
            return _read(expression, scene)
        case Compare() | AllOf() | AnyOf() | Not() | IsGiven() | AtLeast() | AnyRow():
            return _truth(expression, scene)
        case Arithmetic() | Divided() | Extreme():
            return _computed(expression, scene)
        case Cases() | Bands() | Curve() | Lookup():
            return _chosen(expression, scene)
        case Sum():
            weights = [number_of(line.weight, scene) for line in expression.lines]
            return total_of(expression, [_whole(scene.number(line.path)) for line in expression.lines], weights)
        case BestOf():
            return best_of(expression, [_whole(scene.number(line.path)) for line in expression.lines])
        case MovedTo() | MonthOf() | TimeOfDay():
            return _by_the_clock(expression, scene)
        case _:
            assert_never(expression)


def holds(condition: Expression, scene: Scene) -> bool:
    """Whether a condition holds. Logic is two-valued: a condition that is missing is a fault."""
    truth = value_of(condition, scene)
    if truth is None:
        raise MissingReadError("a condition is missing")
    if not isinstance(truth, bool):
        raise InterpretationError("a condition is no truth")
    return truth


def optional_number(expression: Expression, scene: Scene) -> int | None:
    """The value of a numeric expression, or None."""
    return _whole(value_of(expression, scene))


def number_of(expression: Expression, scene: Scene) -> int:
    """The value of a numeric expression that is never missing."""
    number = optional_number(expression, scene)
    if number is None:
        raise MissingReadError("a number is missing")
    return number


def _whole(value: Value) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise InterpretationError("a value is no number")


def _read(expression: Read, scene: Scene) -> Value:
    match expression:
        case Constant(value=value):
            return value
        case Nothing():
            return None
        case FieldRead(name=name, part=part):
            return _part(scene.field(name), part)
        case NumberRead(path=path):
            return scene.number(path)
        case StageRead():
            return scene.stage()
        case OutcomeRead(name=name):
            return scene.outcome(name)
        case AsOfRead():
            return scene.as_of()
        case ColumnRead(name=name, through=through):
            return scene.column(name, through)
        case _:
            assert_never(expression)


def _part(value: Value, part: str) -> Value:
    if part == "" or value is None:
        return value
    if not isinstance(value, tuple):
        raise InterpretationError("a value is no quotient")
    return value[0] if part == "numerator" else value[1]


def _truth(condition: Condition, scene: Scene) -> bool:
    match condition:
        case Compare(operator=operator, left=left, right=right):
            return _compared(operator, value_of(left, scene), value_of(right, scene))
        case AllOf(conditions=conditions):
            return all(holds(part, scene) for part in conditions)
        case AnyOf(conditions=conditions):
            return any(holds(part, scene) for part in conditions)
        case Not(condition=inner):
            return not holds(inner, scene)
        case IsGiven(value=inner):
            return value_of(inner, scene) is not None
        case AtLeast(count=count, conditions=conditions):
            return sum(_holds_given(part, scene) for part in conditions) >= count
        case AnyRow(populations=populations):
            return scene.any_row(populations)
        case _:
            assert_never(condition)


def _holds_given(condition: Expression, scene: Scene) -> bool:
    """Whether a condition holds, where one that reads a missing value does not."""
    try:
        return holds(condition, scene)
    except MissingReadError:
        return False


def _compared(operator: Comparison, left: Value, right: Value) -> bool:
    match left, right:
        case (None, _) | (_, None):
            raise MissingReadError("a comparison meets a missing value")
        case str(), str():
            return _ordered(operator, left.encode(), right.encode())
        case int(), int():
            return _ordered(operator, left, right)
        case _:
            raise InterpretationError("values of two kinds are compared")


def _ordered(operator: Comparison, left: Ordered, right: Ordered) -> bool:
    match operator:
        case "=":
            return left == right
        case "<>":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right
        case _:
            assert_never(operator)


def _computed(expression: Arithmetic | Divided | Extreme, scene: Scene) -> int | None:
    match expression:
        case Arithmetic(operator=operator, left=first, right=second):
            left, right = optional_number(first, scene), optional_number(second, scene)
            return None if left is None or right is None else _combined(operator, left, right)
        case Divided(numerator=first, denominator=second, mode=mode, step=step):
            numerator, denominator = optional_number(first, scene), optional_number(second, scene)
            if numerator is None or denominator is None or denominator == 0:
                return None
            return divide(numerator, _positive(denominator), mode) * step
        case Extreme(kind=kind, left=first, right=second):
            left, right = optional_number(first, scene), optional_number(second, scene)
            if left is None or right is None:
                return None
            return min(left, right) if kind == "least" else max(left, right)
        case _:
            assert_never(expression)


def _combined(operator: str, left: int, right: int) -> int:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            raise InterpretationError(f"no arithmetic `{operator}`")


def _positive(denominator: int) -> int:
    if denominator < 0:
        raise InterpretationError("a denominator is negative")
    return denominator


def _chosen(expression: Choice, scene: Scene) -> Value:
    match expression:
        case Cases(rows=rows, otherwise=otherwise):
            index = next((index for index, row in enumerate(rows) if holds(row.condition, scene)), len(rows))
            scene.observer(expression, index)
            return value_of(rows[index].value if index < len(rows) else otherwise, scene)
        case Bands():
            return _banded(expression, scene)
        case Curve():
            subject = optional_number(expression.subject, scene)
            return None if subject is None else _curved(expression, subject)
        case Lookup():
            return _looked_up(expression, scene)
        case _:
            assert_never(expression)


def _banded(bands: Bands, scene: Scene) -> Value:
    subject = optional_number(bands.subject, scene)
    rows = bands.rows
    if subject is None:
        index, value = len(rows) + 1, bands.missing
    else:
        index = next((index for index, row in enumerate(rows) if _lies_in(subject, row, scene)), len(rows))
        value = rows[index].value if index < len(rows) else bands.otherwise
    scene.observer(bands, index)
    return _required(value, scene)


def _required(expression: Expression | None, scene: Scene) -> Value:
    if expression is None:
        raise MissingReadError("no row holds the value")
    return value_of(expression, scene)


def _lies_in(subject: int, band: Band, scene: Scene) -> bool:
    low = None if band.low is None else number_of(band.low, scene)
    high = None if band.high is None else number_of(band.high, scene)
    above = low is None or subject > low or (band.low_closed and subject == low)
    below = high is None or subject < high or (band.high_closed and subject == high)
    return above and below


def _curved(curve: Curve, subject: int) -> int:
    points = curve.points
    if subject <= points[0][0]:
        return divide(points[0][1], curve.unit, curve.mode) * curve.step
    for (x0, y0), (x1, y1) in pairwise(points):
        if subject <= x1:
            return divide(y0 * (x1 - x0) + (y1 - y0) * (subject - x0), (x1 - x0) * curve.unit, curve.mode) * curve.step
    return divide(points[-1][1], curve.unit, curve.mode) * curve.step


def _looked_up(lookup: Lookup, scene: Scene) -> Value:
    keys = [value_of(key, scene) for key in lookup.keys]
    if None in keys:
        scene.observer(lookup, len(lookup.rows))
        return _required(lookup.missing, scene)
    for index, row in enumerate(lookup.rows):
        if all(wanted is None or wanted == key for wanted, key in zip(row.match, keys, strict=True)):
            scene.observer(lookup, index)
            return value_of(row.value, scene)
    raise InterpretationError(f"no row of table `{lookup.table}` matches")


def _by_the_clock(expression: Clock, scene: Scene) -> int | None:
    time = optional_number(expression.time, scene)
    if time is None:
        return None
    match expression:
        case MovedTo(target=target, start=start, end=end):
            return move(time, target, start, end, scene.zone())
        case MonthOf():
            return month_of(time, scene.zone())
        case TimeOfDay():
            return time_of_day(time, scene.zone())
        case _:
            assert_never(expression)
