"""What the value of an expression is in generated code: a tree, the interval it lies in, and when it is missing."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ..node import evolve, frozen
from .tree import NONE, TRUE, any_of, bind, either, is_none, name


@frozen(repr=False)
class Value:
    """`tree` stands for the value where none of the conditions `missing` holds (evaluated left to right, before the tree); else the value is None.

    `low .. high` is the interval of a number; texts and truths leave it alone.
    """

    tree: ast.expr
    low: int = 0
    high: int = 0
    missing: tuple[ast.expr, ...] = ()


def nullable(tree: ast.expr, identifier: str, low: int, high: int) -> Value:
    """A value whose tree may itself give None: it is bound to a local when it is looked at."""
    return Value(name(identifier), low, high, (is_none(bind(identifier, tree)),))


NOTHING = Value(NONE, missing=(TRUE,))


def stored(identifier: str, value: Value) -> Value:
    """The same value, kept in a local."""
    return Value(name(identifier), value.low, value.high, (is_none(name(identifier)),) if value.missing else ())


def given(value: Value) -> Value:
    """The same value where it is known to be given. Its conditions must not bind what its tree reads."""
    return evolve(value, missing=())


def whole(value: Value) -> ast.expr:
    """One tree that gives the value or None."""
    match value.tree, value.missing:
        case _, ():
            return value.tree
        case ast.Name(id=read), (ast.Compare(left=ast.Name(id=tested), ops=[ast.Is()]),) if read == tested:
            return value.tree
        case ast.Name(id=read), (ast.Compare(left=ast.NamedExpr(target=ast.Name(id=tested), value=tree), ops=[ast.Is()]),) if read == tested:
            return tree
        case _:
            return either(any_of(value.missing), NONE, value.tree)


def joined(*values: Value) -> tuple[ast.expr, ...]:
    """The conditions under which one of the values is missing; the same local is asked once."""
    found: dict[str | int, ast.expr] = {}
    for value in values:
        for condition in value.missing:
            found.setdefault(_local_in(condition) or id(condition), condition)
    return tuple(found.values())


def _local_in(condition: ast.expr) -> str | None:
    match condition:
        case ast.Compare(left=ast.Name(id=identifier), ops=[ast.Is()]):
            return identifier
        case _:
            return None


def span(values: Sequence[Value]) -> tuple[int, int]:
    """The interval of whichever of the values it is."""
    counting = [value for value in values if value.tree is not NONE]
    return min((value.low for value in counting), default=0), max((value.high for value in counting), default=0)
