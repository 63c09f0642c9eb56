"""Columns that read one another, laid out as steps: each select adds the columns that need only those below it.

A tree that is used more than once is made a column of its own, so that no expression grows by being repeated. Every tree is total (guarded by value, never by
control flow), so a column may be made for rows that do not need it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import Factory, define
from sqlglot import exp

from .trees import Tree, aliased, column, name, relation

SHORT = 3


@define
class Joined:
    """A relation that brings at most one row to each row: `(select) AS alias`, its columns under names of their own; `condition` reads both sides.

    Rows without a partner leave where it is `required`.
    """

    alias: str
    select: exp.Select
    condition: Tree
    required: bool = False

    def tree(self) -> exp.Join:
        """The JOIN."""
        source = exp.Subquery(this=self.select, alias=exp.TableAlias(this=name(self.alias)))
        return exp.Join(this=source, on=self.condition) if self.required else exp.Join(this=source, side="LEFT", on=self.condition)


@define
class Stairs:
    """A growing chain of named selects over a first one. `prefix` names them `prefix_0`, `prefix_1`, ... and begins the names of its columns."""

    prefix: str
    first: exp.Select
    heights: dict[str, int]
    steps: list[list[exp.Alias]] = Factory(list)
    joins: dict[int, list[Joined]] = Factory(dict)
    made: dict[str, str] = Factory(dict)
    names: dict[str, str] = Factory(dict)
    notes: dict[str, list[str]] = Factory(dict)

    def call(self, tree: Tree, called: str, note: str = "") -> Tree:
        """The tree; where it is a column that nobody named yet, people call it so. `note` is the rule that made it, where the name does not say so."""
        if isinstance(tree, exp.Column):
            if self.names.get(tree.name, "adjusted").startswith("adjusted"):
                self.names[tree.name] = called
            self.notes.setdefault(tree.name, []).append(note or called)
        return tree

    def rename(self, tree: Tree, called: str) -> None:
        """People call the column so, unless it has a better name than that of a sum."""
        if isinstance(tree, exp.Column) and self.names.get(tree.name, "sum s").startswith("sum s"):
            self.names[tree.name] = called

    def share(self, tree: Tree) -> Tree:
        """The tree as something that may be used many times: itself when it is plain, else a column."""
        return tree if is_plain(tree) else self.column(tree)

    def share_long(self, tree: Tree) -> Tree:
        """The tree as something that may be used twice: itself while it is short, because a step costs more than the little that is repeated."""
        reads = sum(1 for _ in tree.find_all(exp.Column))
        return tree if reads <= SHORT and tree.find(exp.Window) is None else self.share(tree)

    def column(self, tree: Tree, wanted: str = "") -> exp.Column:
        """A column with the tree's value; the same tree gives the same column, unless a name is wanted."""
        key = tree.sql(copy=False)
        if key in self.made and not wanted:
            return column(self.made[key])
        new = wanted or f"{self.prefix}_x{len(self.heights)}"
        self._place(aliased(tree, new), self.height(tree) + 1)
        self.made.setdefault(key, new)
        return column(new)

    def join(self, joined: Joined, step: int) -> None:
        """Join a relation on a step."""
        self._reach(step)
        self.joins.setdefault(step, []).append(joined)

    def bring(self, joined: Joined, item: Tree, alias: str, step: int) -> exp.Column:
        """Let a relation that is joined on `step` bring one more column."""
        if alias not in self.heights:
            joined.select.append("expressions", aliased(item, alias))
            self.heights[alias] = step
        return column(alias)

    def height(self, tree: Tree) -> int:
        """The highest step that the tree reads; a column that no step made is one of the first select."""
        return max((self.heights.get(item.name, 0) for item in tree.find_all(exp.Column)), default=0)

    def at(self, step: int) -> str:
        """The name of the select of a step."""
        return f"{self.prefix}_{step}"

    @property
    def top(self) -> str:
        """The name of the whole, which has every column."""
        return f"{self.prefix}_top"

    def chain(self) -> list[exp.CTE]:
        """The selects as named subqueries, in order, and `top` as the last."""
        steps = [named(self.at(index), self._select(index)) for index in range(1, len(self.steps) + 1)]
        whole = exp.Select(expressions=[exp.Star()]).from_(relation(self.at(len(self.steps))))
        return [named(self.at(0), self.first), *steps, named(self.top, whole)]

    def _select(self, index: int) -> exp.Select:
        select = exp.Select(expressions=[exp.Star(), *self.steps[index - 1]]).from_(relation(self.at(index - 1)))
        for joined in self.joins.get(index, []):
            select.append("joins", joined.tree())
        return select

    def _place(self, item: exp.Alias, step: int) -> None:
        self._reach(step)
        self.steps[step - 1].append(item)
        self.heights[item.alias] = step

    def _reach(self, step: int) -> None:
        while len(self.steps) < step:
            self.steps.append([])


def is_plain(tree: Tree) -> bool:
    """Whether repeating the tree costs nothing: a column, a literal, or a literal's cast."""
    inner = tree
    while isinstance(inner, exp.Paren | exp.Cast | exp.Neg):
        inner = inner.this
    return isinstance(inner, exp.Literal | exp.Boolean | exp.Null) or isinstance(tree, exp.Column)


def named(text: str, select: exp.Expr) -> exp.CTE:
    """`text AS (select)`."""
    return exp.CTE(this=select, alias=exp.TableAlias(this=name(text)))


class CircularQueryError(Exception):
    """Rows that are made of one another in a circle; SQL without recursion cannot say that."""


def with_needed(select: exp.Select, chain: Iterable[exp.CTE]) -> exp.Select:
    """The select with those of the named subqueries that it needs, each after the ones that it reads. Raises CircularQueryError."""
    ordered: dict[str, exp.CTE] = {}
    _collect(select, {item.alias: item for item in chain}, ordered, ())
    if ordered:
        select.set("with_", exp.With(expressions=list(ordered.values())))
    return select


def _collect(tree: exp.Expr, known: Mapping[str, exp.CTE], ordered: dict[str, exp.CTE], path: tuple[str, ...]) -> None:
    for table in list(tree.find_all(exp.Table)):
        if table.name in path:
            raise CircularQueryError(table.name)
        if table.name in known and table.name not in ordered:
            _collect(known[table.name].this, known, ordered, (*path, table.name))
            ordered[table.name] = known[table.name]
