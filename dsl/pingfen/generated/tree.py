"""Shapes of Python's `ast`, folded where they are constant. Everything here is pure: a tree may be used in several places."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from ..plan.expressions import Comparison

COMPARISONS: dict[Comparison, type[ast.cmpop]] = {"=": ast.Eq, "<>": ast.NotEq, "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE}
ARITHMETIC: dict[str, type[ast.operator]] = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult}

NONE = ast.Constant(None)
TRUE = ast.Constant(True)
FALSE = ast.Constant(False)
CHAIN = 12


def constant(value: int | str | bool | None) -> ast.expr:
    """A constant; a negative number is one constant too, not a minus and a number."""
    return ast.Constant(value)


def name(identifier: str) -> ast.Name:
    """A local that is read."""
    return ast.Name(identifier, ast.Load())


def bind(identifier: str, value: ast.expr) -> ast.expr:
    """`identifier := value`, also as an expression."""
    return ast.NamedExpr(ast.Name(identifier, ast.Store()), value)


def assign(value: ast.expr, *identifiers: str) -> ast.stmt:
    """`a = b = value`."""
    return ast.Assign([ast.Name(identifier, ast.Store()) for identifier in identifiers], value)


def is_simple(tree: ast.expr) -> bool:
    """Whether reading the tree twice costs no more than once."""
    return isinstance(tree, (ast.Name, ast.Constant))


def number_in(tree: ast.expr) -> int | None:
    """The integer that a tree stands for, where it is a constant."""
    return tree.value if isinstance(tree, ast.Constant) and type(tree.value) is int else None


def compute(operator: str, left: ast.expr, right: ast.expr) -> ast.expr:
    """`left operator right` for + - *, folded; nothing is added to 0 or multiplied by 1."""
    a, b = number_in(left), number_in(right)
    if a is not None and b is not None:
        return constant(a + b if operator == "+" else a - b if operator == "-" else a * b)
    if (operator == "*" and a == 1) or (operator == "+" and a == 0):
        return right
    if (operator == "*" and b == 1) or (operator in "+-" and b == 0):
        return left
    if b is not None and operator == "+":
        return _plus_constant(left, b)
    if a is not None and operator == "+":
        return _plus_constant(right, a)
    return ast.BinOp(left, ARITHMETIC[operator](), right)


def _plus_constant(left: ast.expr, number: int) -> ast.expr:
    """`left + number`, where a constant that is already in `left` takes it up."""
    match left:
        case ast.BinOp(left=ast.Constant(value=int(first)), op=ast.Sub(), right=right):
            return compute("-", constant(first + number), right)
        case ast.BinOp(left=rest, op=ast.Add(), right=ast.Constant(value=int(second))):
            return compute("+", rest, constant(second + number))
        case ast.BinOp(left=rest, op=ast.Sub(), right=ast.Constant(value=int(second))):
            return compute("+", rest, constant(number - second))
        case _ if number < 0:
            return ast.BinOp(left, ast.Sub(), constant(-number))
        case _:
            return ast.BinOp(left, ast.Add(), constant(number))


def floor_divide(left: ast.expr, right: ast.expr) -> ast.expr:
    """`left // right`."""
    a, b = number_in(left), number_in(right)
    return constant(a // b) if a is not None and b else ast.BinOp(left, ast.FloorDiv(), right)


def add(terms: Sequence[ast.expr]) -> ast.expr:
    """The sum of terms, balanced so that a long sum stays shallow."""
    if len(terms) <= CHAIN:
        total: ast.expr = constant(0)
        for term in terms:
            total = compute("+", total, term)
        return total
    half = len(terms) // 2
    return compute("+", add(terms[:half]), add(terms[half:]))


def compare(operator: Comparison, left: ast.expr, right: ast.expr) -> ast.expr:
    """`left operator right`."""
    return ast.Compare(left, [COMPARISONS[operator]()], [right])


def is_none(value: ast.expr) -> ast.expr:
    """`value is None`."""
    if isinstance(value, ast.Constant):
        return constant(value.value is None)
    return ast.Compare(value, [ast.Is()], [NONE])


def negate(condition: ast.expr) -> ast.expr:
    """`not condition`; of `is None` it is `is not None`."""
    match condition:
        case ast.Compare(left=left, ops=[ast.Is()], comparators=comparators):
            return ast.Compare(left, [ast.IsNot()], comparators)
        case ast.Constant(value=bool(truth)):
            return constant(not truth)
        case _:
            return ast.UnaryOp(ast.Not(), condition)


def all_of(conditions: Sequence[ast.expr]) -> ast.expr:
    """`a and b and ...`; of none it is True."""
    return _joined(ast.And(), conditions, True)


def any_of(conditions: Sequence[ast.expr]) -> ast.expr:
    """`a or b or ...`; of none it is False."""
    return _joined(ast.Or(), conditions, False)


def _joined(operator: ast.boolop, conditions: Sequence[ast.expr], neutral: bool) -> ast.expr:
    counting = [tree for tree in conditions if not (isinstance(tree, ast.Constant) and tree.value is neutral)]
    if len(counting) < 2:
        return counting[0] if counting else constant(neutral)
    return ast.BoolOp(operator, counting)


def either(condition: ast.expr, value: ast.expr, other: ast.expr) -> ast.expr:
    """`value if condition else other`."""
    if isinstance(condition, ast.Constant):
        return value if condition.value else other
    return ast.IfExp(condition, value, other)


def choose(rows: Sequence[tuple[ast.expr, ast.expr]], otherwise: ast.expr) -> ast.expr:
    """The value of the first row whose condition holds. A long list is split in halves, so that it stays shallow (conditions are pure)."""
    if len(rows) <= CHAIN:
        chosen = otherwise
        for condition, value in reversed(rows):
            chosen = either(condition, value, chosen)
        return chosen
    half = len(rows) // 2
    first = choose(rows[: half - 1], rows[half - 1][1])
    return either(any_of([condition for condition, _ in rows[:half]]), first, choose(rows[half:], otherwise))


def reader(tree: ast.expr, fresh: Callable[[], str]) -> Callable[[], ast.expr]:
    """Gives the tree where it is first read, bound to a new local, and that local afterwards. Reads must be built in the order of evaluation."""
    if is_simple(tree):
        return lambda: tree
    identifier = fresh()
    pending = [bind(identifier, tree)]
    return lambda: pending.pop() if pending else name(identifier)


def when(condition: ast.expr, body: Sequence[ast.stmt], other: Sequence[ast.stmt] = ()) -> list[ast.stmt]:
    """`if condition: body else: other`; nothing where there is nothing to do."""
    if isinstance(condition, ast.Constant):
        return list(body if condition.value else other)
    if not body:
        return [ast.If(negate(condition), list(other), [])] if other else []
    return [ast.If(condition, list(body), list(other))]
