"""Where a field's value changes something: the limits that comparisons, ladders, ranges and curves set for it, and the fields it is compared with."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from ..node import nodes_in
from ..plan.expressions import Arithmetic, Bands, Compare, Constant, Curve, Divided, Expression, Extreme, FieldRead, Lookup
from ..plan.quantity import Exact
from ..plan.record import RecordPlan


@frozen(repr=False)
class Limits:
    """`values` by field, scaled at the field's places; `pairs` are fields of one scale that are compared with each other.

    `shares` are limits of exact quotients, as (numerator, denominator) of the value at which the comparison turns.
    """

    values: dict[str, frozenset[int]]
    pairs: frozenset[tuple[str, str]]
    shares: dict[str, frozenset[tuple[int, int]]]


@frozen(repr=False)
class Line:
    """`factor * field + offset`, divided by `divisor` perhaps: an expression in one field."""

    name: str
    part: str
    factor: int
    offset: int
    divisor: int


def limits_of(plan: RecordPlan, *more: Expression) -> Limits:
    """The limits of every field of a plan, and of further expressions over its record."""
    values: dict[str, set[int]] = {field.name: set() for field in plan.fields}
    shares: dict[str, set[tuple[int, int]]] = {field.name: set() for field in plan.fields if isinstance(field.type, Exact)}
    pairs: set[tuple[str, str]] = set()
    for node in nodes_in((plan, *more)):
        for subject, limit in _met(node):
            _note(subject, limit, values)
        if isinstance(node, Compare | Extreme):
            _note_pair(node, pairs, shares)
    return Limits({name: frozenset(found) for name, found in values.items()}, frozenset(pairs), {name: frozenset(found) for name, found in shares.items()})


def _met(node: object) -> Iterator[tuple[Expression, int]]:
    """Expressions that a node compares with written values."""
    match node:
        case Compare(left=left, right=Constant(value=int() as limit)) | Compare(left=Constant(value=int() as limit), right=left):
            yield left, limit
        case Extreme(left=left, right=Constant(value=int() as limit)) | Extreme(left=Constant(value=int() as limit), right=left):
            yield left, limit
        case Bands(subject=subject, rows=rows):
            for row in rows:
                for end in (row.low, row.high):
                    yield from ((subject, limit) for limit in _written(end))
        case Curve(subject=subject, points=points):
            yield from ((subject, x) for x, _ in points)
        case _:
            pass


def _written(limit: Expression | None) -> list[int]:
    match limit:
        case Constant(value=int() as value):
            return [value]
        case Lookup(rows=rows):
            return [value for row in rows for value in _written(row.value)]
        case _:
            return []


def _note(subject: Expression, limit: int, values: dict[str, set[int]]) -> None:
    """The field's values around the limit: at which `factor * field + offset` passes it."""
    line = line_of(subject)
    if line is None or line.name not in values or line.part or line.factor == 0:
        return
    turn = (limit * line.divisor - line.offset) // line.factor
    values[line.name].update((turn - 1, turn, turn + 1))


def _note_pair(node: Compare | Extreme, pairs: set[tuple[str, str]], shares: dict[str, set[tuple[int, int]]]) -> None:
    left, right = line_of(node.left), line_of(node.right)
    if left is None or right is None:
        return
    if left.name == right.name and {left.part, right.part} == {"numerator", "denominator"} and left.name in shares:
        above, below = (left, right) if left.part == "numerator" else (right, left)
        shares[left.name].add((below.factor, above.factor))
    elif left.name != right.name and not left.part and not right.part and left.factor == right.factor:
        pairs.add((left.name, right.name))


def line_of(expression: Expression) -> Line | None:
    """An expression as a line in one field; None for any other."""
    match expression:
        case FieldRead(name=name, part=part):
            return Line(name, part, 1, 0, 1)
        case Arithmetic(operator=operator, left=inner, right=Constant(value=int() as value)):
            return _combined(line_of(inner), operator, value)
        case Arithmetic(operator="+" | "*" as operator, left=Constant(value=int() as value), right=inner):
            return _combined(line_of(inner), operator, value)
        case Divided(numerator=inner, denominator=Constant(value=int() as value), step=step) if step and value:
            line = line_of(inner)
            return None if line is None else Line(line.name, line.part, line.factor * step, line.offset * step, line.divisor * value)
        case _:
            return None


def _combined(line: Line | None, operator: str, value: int) -> Line | None:
    if line is None or line.divisor != 1:
        return None
    match operator:
        case "+":
            return Line(line.name, line.part, line.factor, line.offset + value, 1)
        case "-":
            return Line(line.name, line.part, line.factor, line.offset - value, 1)
        case _:
            return Line(line.name, line.part, line.factor * value, line.offset * value, 1)
