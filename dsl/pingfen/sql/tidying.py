"""A statement without what only machines need: columns that nothing reads, parentheses that change nothing, casts of literals that are compared anyway.

The meaning stays: a literal keeps its cast where it is a value by itself, because engines would make a narrower integer of it.
"""

from __future__ import annotations

from sqlglot import exp

COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)


def tidy(tree: exp.Select) -> None:
    """Leave out what nothing reads, and what a reader stumbles over."""
    _prune(tree)
    for cast in list(tree.find_all(exp.Cast)):
        _uncast(cast)
    for paren in list(tree.find_all(exp.Paren)):
        if _is_needless(paren):
            paren.replace(paren.this)


def _prune(tree: exp.Select) -> None:
    """Named subqueries without the columns that nothing reads; one of them stays where nothing reads any, since a select has a list."""
    inner = tree.args.get("with_")
    selects = [item.this for item in inner.expressions if isinstance(item.this, exp.Select) and not item.this.args.get("distinct")] if inner else []
    while True:
        read = {item.name for item in tree.find_all(exp.Column)}
        idle = [item for select in selects for item in select.expressions if isinstance(item, exp.Alias) and item.alias not in read]
        if not [item for item in idle if _pop_from_others(item)]:
            return


def _pop_from_others(item: exp.Alias) -> bool:
    """Take the column out unless it is the last of its select; whether it was."""
    others = len(item.parent.expressions) > 1  # type: ignore[union-attr]
    if others:
        item.pop()
    return others


def _uncast(cast: exp.Cast) -> None:
    """A literal that is compared with a column, which is 64 bits wide."""
    parent, literal = cast.parent, cast.this.unnest()
    if not isinstance(parent, COMPARISONS) or not cast.is_type("bigint") or not isinstance(literal, exp.Literal | exp.Neg):
        return
    other = parent.expression if parent.this is cast else parent.this
    if isinstance(other.unnest(), exp.Column):
        cast.replace(cast.this)


def _is_needless(paren: exp.Paren) -> bool:
    parent, inner = paren.parent, paren.this
    if isinstance(inner, exp.Paren):
        return True
    match parent:
        case exp.Alias() | exp.If() | exp.Where() | exp.Anonymous() | exp.Cast() | exp.Coalesce() | exp.Case() | exp.Nullif() | exp.Having():
            return True
        case exp.And():
            return isinstance(inner, (*COMPARISONS, exp.Is, exp.And, exp.Not))
        case exp.Or():
            return isinstance(inner, (*COMPARISONS, exp.Is, exp.And, exp.Or, exp.Not))
        case exp.Not():
            return isinstance(inner, exp.Is)
        case exp.Add() | exp.Sub():
            return isinstance(inner, exp.Mul) or (parent.this is paren and isinstance(inner, exp.Add | exp.Sub))
        case exp.EQ() | exp.NEQ() | exp.LT() | exp.LTE() | exp.GT() | exp.GTE():
            return isinstance(inner, exp.Add | exp.Sub | exp.Mul)
        case _:
            return False
