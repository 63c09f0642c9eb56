"""Ladders, ranges, curves and tables as chains of comparisons, or as a search where there are many rows."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from ..plan.expressions import Band, Curve, LookupRow
from .division import Fresh, divided, reduced
from .scope import Scope
from .tree import CHAIN, NONE, all_of, choose, compare, compute, constant, either, number_in, reader
from .value import Value, span

Piece = tuple[int, int, ast.expr]
Point = tuple[int, int]
Limits = Sequence[tuple[Value | None, ...]]


def banded(rows: Sequence[Band], limits: Limits, subject: Value, values: Sequence[ast.expr], otherwise: ast.expr | None, fresh: Fresh) -> ast.expr:
    """The value of the first row that holds the subject, which is given. Without `otherwise` the rows cover its range."""
    if not rows or subject.low > subject.high:
        return NONE if otherwise is None else otherwise
    ends = [tuple(None if end is None else number_in(end.tree) for end in pair) for pair in limits]
    if any(end is not None and number is None for pair, found in zip(limits, ends, strict=True) for end, number in zip(pair, found, strict=True)):
        return _by_rows(rows, limits, subject, values, otherwise, fresh)
    pieces = _pieces(rows, ends, subject, values, values[-1] if otherwise is None else otherwise)
    return _searched(pieces, reader(subject.tree, fresh))


def _by_rows(rows: Sequence[Band], limits: Limits, subject: Value, values: Sequence[ast.expr], otherwise: ast.expr | None, fresh: Fresh) -> ast.expr:
    """Row by row, for limits that are read from a table."""
    read = reader(subject.tree, fresh)
    tests = []
    for row, (low, high) in zip(rows, limits, strict=True):
        above = [] if low is None else [compare(">=" if row.low_closed else ">", read(), low.tree)]
        below = [] if high is None else [compare("<=" if row.high_closed else "<", read(), high.tree)]
        tests.append(all_of([*above, *below]))
    chosen = list(zip(tests, values, strict=True))
    return choose(chosen, otherwise) if otherwise is not None else choose(chosen[:-1], values[-1])


def _pieces(rows: Sequence[Band], ends: Sequence[tuple[int | None, ...]], subject: Value, values: Sequence[ast.expr], otherwise: ast.expr) -> list[Piece]:
    """The subject's interval cut into pieces, each with the value of the first row that holds it."""
    free = [(subject.low, subject.high)]
    claimed: list[Piece] = []
    for row, (low, high), value in zip(rows, ends, values, strict=True):
        first = subject.low if low is None else low if row.low_closed else low + 1
        last = subject.high if high is None else high if row.high_closed else high - 1
        claimed += [(max(a, first), min(b, last), value) for a, b in free if max(a, first) <= min(b, last)]
        free = [rest for a, b in free for rest in ((a, min(b, first - 1)), (max(a, last + 1), b)) if rest[0] <= rest[1]]
    return claimed + [(a, b, otherwise) for a, b in free]


def _searched(pieces: list[Piece], read: Callable[[], ast.expr]) -> ast.expr:
    """One comparison a piece, in the direction in which the rows were written."""
    ordered = sorted(pieces, key=lambda piece: piece[0])
    if len(ordered) > CHAIN:
        return _halved(ordered, read)
    if pieces[0] is ordered[-1]:
        rows = [(compare(">=", read(), constant(low)), value) for low, _, value in ordered[:0:-1]]
        return choose(rows, ordered[0][2])
    rows = [(compare("<=", read(), constant(high)), value) for _, high, value in ordered[:-1]]
    return choose(rows, ordered[-1][2])


def _halved(ordered: list[Piece], read: Callable[[], ast.expr]) -> ast.expr:
    if len(ordered) == 1:
        return ordered[0][2]
    middle = len(ordered) // 2
    test = compare("<=", read(), constant(ordered[middle - 1][1]))
    return either(test, _halved(ordered[:middle], read), _halved(ordered[middle:], read))


def curved(curve: Curve, subject: Value, fresh: Fresh) -> Value:
    """The curve's value at the subject, which is given; parts that the subject cannot reach are left out."""
    reached = _reached(curve, subject)
    read = _once(subject.tree) if len(reached) == 1 else reader(subject.tree, fresh)
    rows = []
    for end, a, b in reached:
        test = constant(True) if end == reached[-1][0] else compare("<=", read(), constant(end))
        rows.append((test, _line(curve, a, b, subject, read, fresh) if b else _flat(curve, a, fresh)))
    low, high = span([value for _, value in rows])
    return Value(choose([(test, value.tree) for test, value in rows[:-1]], rows[-1][1].tree), low, high)


def _once(tree: ast.expr) -> Callable[[], ast.expr]:
    return lambda: tree


def _reached(curve: Curve, subject: Value) -> list[tuple[int, Point, Point | None]]:
    """The stretches that the subject can reach, each with its end and its two points (one where it is flat)."""
    first, last = curve.points[0], curve.points[-1]
    stretches: list[tuple[int, Point, Point | None]] = []
    if subject.low < first[0] or subject.high <= first[0] or first == last:
        stretches.append((first[0], first, None))
    stretches += [(b[0], a, b) for a, b in zip(curve.points, curve.points[1:], strict=False) if a[0] < subject.high and b[0] > subject.low]
    if subject.high > last[0] or not stretches:
        stretches.append((subject.high, last, None))
    return stretches


def _flat(curve: Curve, point: Point, fresh: Fresh) -> Value:
    y, unit = point[1], curve.unit
    return divided(Value(constant(y), y, y), Value(constant(unit), unit, unit), curve.mode, curve.step, fresh)


def _line(curve: Curve, a: Point, b: Point, subject: Value, read: Callable[[], ast.expr], fresh: Fresh) -> Value:
    """One segment, as `(slope * x + rest) / divisor` without common factors."""
    (x0, y0), (x1, y1) = a, b
    (slope, rest), divisor = reduced([y1 - y0, y0 * (x1 - x0) - (y1 - y0) * x0], (x1 - x0) * curve.unit)
    if slope == 0:
        return _flat(curve, a, fresh)
    rising = compute("*", constant(abs(slope)), read())
    tree = compute("-", constant(rest), rising) if slope < 0 else compute("+", rising, constant(rest))
    ends = [slope * x + rest for x in (max(x0, subject.low), min(x1, subject.high))]
    return divided(Value(tree, min(ends), max(ends)), Value(constant(divisor), divisor, divisor), curve.mode, curve.step, fresh)


def looked_up(rows: Sequence[LookupRow], keys: Sequence[ast.expr], values: Sequence[ast.expr], scope: Scope) -> ast.expr:
    """The value of the first row that matches the keys, which are given."""
    if not rows:
        return NONE
    if len(rows) > 4 and len(keys) == 1 and all(isinstance(value, ast.Constant) for value in values):
        return _from_mapping(rows, keys[0], values, scope)
    reads = [reader(key, scope.fresh) for key in keys]
    tests = [all_of([compare("=", read(), constant(wanted)) for wanted, read in zip(row.match, reads, strict=True) if wanted is not None]) for row in rows]
    return choose(list(zip(tests[:-1], values, strict=False)), values[-1])


def _from_mapping(rows: Sequence[LookupRow], key: ast.expr, values: Sequence[ast.expr], scope: Scope) -> ast.expr:
    mapping: dict[str, object] = {}
    otherwise: ast.expr = values[-1]
    for row, value in zip(rows, values, strict=True):
        (wanted,) = row.match
        if wanted is None:
            otherwise = value
            break
        assert isinstance(value, ast.Constant)
        mapping.setdefault(wanted, value.value)
    read = reader(key, scope.fresh)
    table = scope.table(mapping)
    test = ast.Compare(read(), [ast.In()], [table])
    return either(test, ast.Subscript(table, read(), ast.Load()), otherwise)
