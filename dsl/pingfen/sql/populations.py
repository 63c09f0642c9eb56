"""Populations as flags of rows: one column a population says whether a row belongs, so that all windows of a table are counted in one scan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from attrs import Factory, define
from sqlglot import exp

from ..plan.events import First, Keep, Population, Table
from ..plan.expressions import AnyRow, Expression
from ..plan.quantity import Type, Words
from . import trees
from .clock import DAY
from .expressions import Read, Translator
from .rows import KnownRows, KnownTables, Stamp
from .stairs import Joined, Stairs
from .trees import Tree, aliased, binary, column, every, given, missing, relation


@define(eq=False)
class Populations:
    """The rows of every table with their populations, each made when it is first read."""

    known: KnownTables
    made: dict[str, PopulationRows] = Factory(dict)

    def rows_of(self, table: str) -> PopulationRows:
        """The rows of a table with its populations."""
        if table not in self.made:
            rows = self.known.rows_of(table)
            first = exp.Select(expressions=[exp.Star()]).from_(relation(rows.stairs.top))
            self.made[table] = PopulationRows(self, rows, Stairs(f"w{rows.index}", first, {}))
        return self.made[table]

    def population(self, name: str) -> Population:
        """A population by its name."""
        return next(item for item in self.known.plan.populations if item.name == name)

    def stairs(self) -> list[Stairs]:
        """All that columns are made on."""
        return [*(rows.stairs for rows in self.known.made.values()), *(rows.stairs for rows in self.made.values())]

    def chains(self) -> list[exp.CTE]:
        """The named subqueries of everything that was read."""
        return [*self.known.chains(), *(item for rows in self.made.values() for item in rows.stairs.chain())]


@define(eq=False)
class PopulationRows:
    """The known rows of one table; what its steps and metrics compute stands on stairs of its own above them."""

    populations: Populations
    known: KnownRows
    stairs: Stairs
    flags: dict[str, Tree] = Factory(dict)

    @property
    def table(self) -> Table:
        """The plan's table."""
        return self.known.table

    @property
    def translator(self) -> Translator:
        """Translates expressions over columns of these rows."""
        tables = self.populations.known
        return Translator(tables.spell, self.stairs, self, tables.plan.zone, tables.as_of)

    def read(self, expression: Read) -> Tree:
        """A column, or whether a row refers to this one."""
        if isinstance(expression, AnyRow):
            return self._any_row(expression.populations)
        return self.lifted(self.known.read(expression))

    def number(self, path: str) -> Tree:
        """Rows have no numbers of the second half."""
        raise AssertionError(path)

    def number_type(self, path: str) -> Type:
        """Rows have no numbers of the second half."""
        raise AssertionError(path)

    def stamp(self, expression: Expression) -> Stamp | None:
        """A time column of the row itself that is read from the data."""
        stamp = self.known.stamp(expression)
        return None if stamp is None else (self.lifted(stamp[0]), stamp[1])

    def lifted(self, tree: Tree) -> Tree:
        """A tree over known columns, as a column that is there below the stairs."""
        return self.known.stairs.share(tree)

    def belongs(self, source: str) -> Tree | None:
        """Whether a row belongs to the table (None: every row) or to a population of it."""
        if source == self.table.name and all(item.name != source for item in self.populations.known.plan.populations):
            return None
        if source not in self.flags:
            population = self.populations.population(source)
            flag = None if population.source == source else self.belongs(population.source)
            for step in population.steps:
                flag = self._stepped(flag, step)
            self.flags[source] = trees.truth(True) if flag is None else self.stairs.call(self.stairs.share(flag), f"population {source}")
        return self.flags[source]

    def _stepped(self, flag: Tree | None, step: Keep | First) -> Tree:
        match step:
            case Keep(condition=condition):
                return _both(flag, self.translator.value(condition))
            case First():
                return self._first(flag, step)
            case _:
                assert_never(step)

    def _first(self, flag: Tree | None, step: First) -> Tree:
        """Rows with their time, ordered by time and key within equal keys: one stays unless its count-th predecessor is recent enough."""
        spell, share = self.translator.spell, self.stairs.share
        time = self.translator.shared(step.time)
        reached = share(_both(flag, given(time)))
        key = self.lifted(self.known.value(self.known.key()))
        keys = [reached, *(self.translator.shared(item) for item in step.keys)]
        before = spell.predecessor(time, step.count)
        predecessor = share(trees.partitioned(before, keys, [time, self.by_bytes(key)]))
        early = missing(predecessor)
        if step.days is not None:
            limit = binary(exp.Sub, time, spell.integer(step.days * DAY))
            early = trees.either([early, binary(exp.LT, predecessor, limit)])
        return every([reached, early])

    def by_bytes(self, key: Tree) -> Tree:
        kind = self.known.column_of(self.known.key()).type
        return self.translator.spell.by_bytes(key) if isinstance(kind, Words) else key

    def _any_row(self, names: Sequence[str]) -> Tree:
        alias = f"{self.stairs.prefix}_a{len(self.stairs.heights)}"
        sources = [part for name in names for part in self._referring(name)]
        if not sources:
            return trees.truth(False)
        reference = aliased(self.translator.spell.brought(column("k")), alias)
        referring = exp.Select(expressions=[reference], distinct=exp.Distinct()).from_(_united(sources).subquery("u"))
        key = self.lifted(self.known.value(self.known.key()))
        step = max([self.stairs.height(key), *(height for _, height in self._own(names))]) + 1
        self.stairs.join(Joined(alias + "_j", referring, binary(exp.EQ, key, column(alias))), step)
        self.stairs.heights[alias] = step
        return self.stairs.share(given(column(alias)))

    def _own(self, names: Sequence[str]) -> list[tuple[str, int]]:
        """Populations of this very table, and the steps on which their flags stand."""
        own = [name for name in names if self.populations.population(name).table == self.table.name]
        return [(name, self.stairs.height(flag) if (flag := self.belongs(name)) is not None else 0) for name in own]

    def _referring(self, name: str) -> list[exp.Select]:
        """The keys of this table's rows to which rows of a population refer, one select a reference column."""
        other = self.populations.rows_of(self.populations.population(name).table)
        flag = other.belongs(name)
        selects = []
        for item in other.table.columns:
            if item.refers_to == self.table.name:
                reference = other.lifted(other.known.as_read(item.name))
                height = max(other.stairs.height(reference), 0 if flag is None else other.stairs.height(flag))
                source = other.stairs.at(height) if other is self else other.stairs.top
                select = exp.Select(expressions=[aliased(reference, "k")]).from_(relation(source))
                selects.append(select.where(every(part for part in (flag, given(reference)) if part is not None), copy=False))
        return selects


def _both(flag: Tree | None, condition: Tree) -> Tree:
    return condition if flag is None else every([flag, condition])


def _united(selects: Sequence[exp.Select]) -> exp.Query:
    united: exp.Query = selects[0]
    for select in selects[1:]:
        united = exp.Union(this=united, expression=select, distinct=False)
    return united
