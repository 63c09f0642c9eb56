"""Small pieces of SQL trees; every composed one is wrapped in parentheses, because the generator adds none of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlglot import exp

Tree = exp.Expr


def name(text: str) -> exp.Identifier:
    """A quoted identifier."""
    return exp.Identifier(this=text, quoted=True)


def column(text: str, relation: str = "") -> exp.Column:
    """A column, of a relation when one is named."""
    return exp.Column(this=name(text), table=name(relation)) if relation else exp.Column(this=name(text))


def relation(text: str, alias: str = "") -> exp.Table:
    """A table, view or named subquery."""
    return exp.Table(this=name(text), alias=exp.TableAlias(this=name(alias)) if alias else None)


def text(value: str) -> Tree:
    """A text literal."""
    return exp.Literal.string(value)


def truth(value: bool) -> Tree:
    """TRUE or FALSE."""
    return exp.Boolean(this=value)


def null() -> Tree:
    """NULL."""
    return exp.Null()


def wrapped(tree: Tree) -> Tree:
    """The tree in parentheses, where it needs them."""
    plain = exp.Column | exp.Literal | exp.Paren | exp.Boolean | exp.Null | exp.Func | exp.Case | exp.Cast | exp.Window
    return tree if isinstance(tree, plain) and not isinstance(tree, exp.Binary) else exp.Paren(this=tree)


def binary(kind: type[exp.Binary], left: Tree, right: Tree) -> Tree:
    """`(left OP right)`."""
    return exp.Paren(this=kind(this=wrapped(left), expression=wrapped(right)))


def every(conditions: Iterable[Tree]) -> Tree:
    """AND of conditions; TRUE of none."""
    return _joined(exp.And, conditions, neutral=True)


def either(conditions: Iterable[Tree]) -> Tree:
    """OR of conditions; FALSE of none."""
    return _joined(exp.Or, conditions, neutral=False)


def _joined(kind: type[exp.And] | type[exp.Or], conditions: Iterable[Tree], *, neutral: bool) -> Tree:
    """A written truth value decides or says nothing, also beside NULL."""
    parts = list(conditions)
    if any(isinstance(part, exp.Boolean) and part.this is not neutral for part in parts):
        return truth(not neutral)
    parts = [part for part in parts if not isinstance(part, exp.Boolean)]
    if not parts:
        return truth(neutral)
    joined = wrapped(parts[0])
    for part in parts[1:]:
        joined = kind(this=joined, expression=wrapped(part))
    return exp.Paren(this=joined) if len(parts) > 1 else joined


def negated(condition: Tree) -> Tree:
    """NOT of a condition."""
    if isinstance(condition, exp.Boolean):
        return truth(not condition.this)
    return exp.Paren(this=exp.Not(this=wrapped(condition)))


def missing(tree: Tree) -> Tree:
    """`tree IS NULL`."""
    return exp.Paren(this=exp.Is(this=wrapped(tree), expression=null()))


def given(tree: Tree) -> Tree:
    """`tree IS NOT NULL`."""
    return negated(missing(tree))


def cases(rows: Iterable[tuple[Tree, Tree]], otherwise: Tree | None) -> Tree:
    """A searched CASE; `otherwise` itself when there are no rows."""
    branches = [exp.If(this=condition, true=value) for condition, value in rows]
    if not branches:
        return otherwise if otherwise is not None else null()
    return exp.Case(ifs=branches, default=otherwise)


def clamped(tree: Tree, low: Tree, high: Tree) -> Tree:
    """The value held within `low .. high`; NULL of NULL. The tree is used three times: share it first."""
    return cases([(binary(exp.LTE, tree, low), low), (binary(exp.GTE, tree, high), high)], tree)


def call(function: str, *arguments: Tree) -> Tree:
    """A function of the engine by its own name."""
    return exp.Anonymous(this=function, expressions=list(arguments))


def aliased(tree: Tree, alias: str) -> exp.Alias:
    """`tree AS alias`."""
    return exp.Alias(this=tree, alias=name(alias))


def partitioned(tree: Tree, keys: Sequence[Tree], order: Sequence[Tree] = (), *, descending: bool = False) -> Tree:
    """`tree OVER (PARTITION BY keys ORDER BY order NULLS LAST)`."""
    ordered = [exp.Ordered(this=item, desc=descending, nulls_first=False) for item in order]
    return exp.Window(this=tree, partition_by=list(keys), order=exp.Order(expressions=ordered) if ordered else None)


def filtered(aggregate: Tree, condition: Tree | None) -> Tree:
    """`aggregate FILTER (WHERE condition)`; the aggregate alone without a condition."""
    return aggregate if condition is None else exp.Filter(this=aggregate, expression=exp.Where(this=condition))
