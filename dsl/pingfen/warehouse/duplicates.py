"""Keys that are there twice: a hash finds candidates, which are then compared by value."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from ..sql.stairs import with_needed
from ..sql.trees import Tree, aliased, binary, call, column, given, relation
from .border import Border, BorderTable, repeated_keys

Hash = Callable[[Tree], Tree]


def engine_hash(value: Tree) -> Tree:
    """The engine's own 64-bit hash."""
    return call("hash", value)


def find_repeated(border: Border, table: BorderTable, key: str, hashed: Hash = engine_hash) -> exp.Query | None:
    """The keys that are there more than once, as `k`; None when all hashes differ and so do the keys."""
    value = table.value(key)
    different = exp.Count(this=exp.Distinct(expressions=[hashed(value)]))
    given_keys, hashes = border.session.rows(border.over(table, [exp.Count(this=value), different]))[0]
    if given_keys == hashes:
        return None
    counted = exp.Select(expressions=[aliased(hashed(value), "h")]).from_(relation(table.stairs.top)).where(given(value))
    several = counted.group_by(hashed(value)).having(binary(exp.GT, exp.Count(this=exp.Star()), exp.Literal.number(1)))
    inside = exp.Select(expressions=[column("h")]).from_(with_needed(several, table.stairs.chain()).subquery("s"))
    return repeated_keys(table, [key], exp.In(this=hashed(value), query=exp.Subquery(this=inside)))
