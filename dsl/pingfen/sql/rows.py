"""Rows of event tables as they are known at D: columns as read, what is not known yet absent, computed columns, and columns of the rows they refer to."""

from __future__ import annotations

from collections.abc import Callable

from attrs import Factory, define
from sqlglot import exp

from ..calendar import midnight
from ..plan.events import Column, EventPlan, Table
from ..plan.expressions import ColumnRead, Expression, FieldRead
from ..plan.quantity import Numeric, Type
from .clean import CleanTable
from .dialect import Dialect, TimeForm
from .expressions import Read, Translator
from .stairs import Joined, Stairs
from .subjects import SUBJECT, SUBJECTS, attribute_column
from .trees import Tree, aliased, binary, cases, column, relation

Stamp = tuple[Tree, TimeForm]


@define(eq=False)
class KnownTables:
    """The known rows of every table, each made when it is first read."""

    plan: EventPlan
    spell: Dialect
    as_of: int
    clean: dict[str, CleanTable]
    attributes: tuple[str, ...]
    made: dict[str, KnownRows] = Factory(dict)

    def rows_of(self, table: str) -> KnownRows:
        """The known rows of a table."""
        if table not in self.made:
            index = next(index for index, item in enumerate(self.plan.tables) if item.name == table)
            self.made[table] = self._begun(index)
            self.made[table].leave_unanswered()
        return self.made[table]

    def _begun(self, index: int) -> KnownRows:
        table = self.plan.tables[index]
        clean = self.clean[table.name]
        rows = KnownRows(self, table, index, clean, Stairs(f"k{index}", exp.Select().from_(relation(clean.relation)), {}))
        happens = clean.columns[next(item.name for item in table.columns if item.role == "happens")]
        rows.stairs.first.where(rows.translator.stamp_compared((column(happens.name), happens.form), "<", self.instant), copy=False)
        return rows

    @property
    def instant(self) -> int:
        """D 00:00 as an instant."""
        return midnight(self.as_of, self.plan.zone)

    def chains(self) -> list[exp.CTE]:
        """The named subqueries of every table that was read."""
        return [item for rows in self.made.values() for item in rows.stairs.chain()]


@define(eq=False)
class KnownRows:
    """The rows of one table that are known at D, as stairs of columns; a column is added when it is first read."""

    tables: KnownTables
    table: Table
    index: int
    clean: CleanTable
    stairs: Stairs
    joins: dict[tuple[str, int], Joined] = Factory(dict)
    belonging: tuple[Joined, int] | None = None

    @property
    def translator(self) -> Translator:
        """Translates expressions over columns of these rows."""
        return Translator(self.tables.spell, self.stairs, self, self.tables.plan.zone, self.tables.as_of)

    def column_of(self, name: str) -> Column:
        """A column of the plan by its name."""
        return next(item for item in self.table.columns if item.name == name)

    def key(self) -> str:
        """The name of the key column."""
        return next(item.name for item in self.table.columns if item.role == "key")

    def subject(self) -> Tree:
        """The subject of each row: its own, or that of the row it refers to."""
        if self.table.subject_through:
            return self.stairs.call(self._through(self.table.subject_through, KnownRows.subject), f"column {self.table.subject_through}.subject")
        return self.value(next(item.name for item in self.table.columns if item.role == "subject"))

    def raw(self, name: str) -> exp.Column:
        """A column as the border left it, before anything is hidden."""
        source = self.clean.columns[name].name
        alias = f"k{self.index}_{source}"
        if alias not in self.stairs.heights:
            self.stairs.first.append("expressions", aliased(column(source), alias))
            self.stairs.heights[alias] = 0
        return column(alias)

    def stamp(self, expression: Expression) -> Stamp | None:
        """A time column of the row itself that is read from the data."""
        return self.stamp_of(expression.name) if isinstance(expression, ColumnRead) and not expression.through else None

    def stamp_of(self, name: str) -> Stamp | None:
        """A time column that is read from the data, hidden where it is not known at D."""
        item = self.column_of(name)
        if item.computed is not None or not isinstance(item.type, Numeric) or item.type.unit != "time":
            return None
        form = self.clean.columns[name].form
        tree: Tree = self.raw(name)
        if item.available != "ahead" and item.role != "happens":
            tree = self._known(name, cases([(self._before_as_of(name), tree)], None))
        return self._if_known(item, tree), form

    def value(self, name: str) -> Tree:
        """A column's value, as a column of the stairs; an optional reference to a row that is not there is absent."""
        item = self.column_of(name)
        if item.refers_to and item.type.optional:
            return self._through(name, lambda other: other.value(other.key()))
        return self.as_read(name)

    def as_read(self, name: str) -> Tree:
        """A column's value; of a reference the key that stands in it, whether that row is there or not."""
        item = self.column_of(name)
        stamp = self.stamp_of(name)
        if stamp is not None:
            return self.translator.seconds(stamp)
        if item.computed is not None:
            made = self.stairs.share(self.translator.value(item.computed))
            return self.stairs.call(made, f"column {name}", f"column {self.table.name} {name}")
        tree: Tree = self.raw(name)
        if isinstance(item.type, Numeric) and item.type.unit == "date" and item.available != "ahead":
            tree = self._known(name, cases([(binary(exp.LT, tree, self.tables.spell.integer(self.tables.as_of)), tree)], None))
        return self._if_known(item, tree)

    def through(self, reference: str, name: str) -> Tree:
        """A column of the row that a reference column names; NULL where that row is not there."""
        return self.stairs.call(self._through(reference, lambda other: other.value(name)), f"column {reference}.{name}")

    def leave_unanswered(self) -> None:
        """Rows whose required reference leads to a row that is not there leave."""
        for item in self.table.columns:
            if item.refers_to and not item.type.optional:
                self._joined(item.name, 0, required=True)

    def read(self, expression: Read) -> Tree:
        """A column, or an attribute of the row's subject, read by an expression."""
        if isinstance(expression, FieldRead):
            return self.attribute(expression.name)
        assert isinstance(expression, ColumnRead)
        return self.through(expression.through, expression.name) if expression.through else self.value(expression.name)

    def attribute(self, name: str) -> Tree:
        """An attribute of the row's subject, as it is valid at D; NULL where the row belongs to no subject."""
        own = self.stairs.share(self.subject())
        if self.belonging is None:
            alias = f"s{self.index}"
            select = exp.Select(expressions=[aliased(column(SUBJECT), f"{alias}_key")]).from_(relation(SUBJECTS))
            joined, step = Joined(alias, select, binary(exp.EQ, own, column(f"{alias}_key", alias))), self.stairs.height(own) + 1
            self.stairs.join(joined, step)
            self.belonging = joined, step
        joined, step = self.belonging
        place = attribute_column(self.tables.attributes.index(name))
        return self.stairs.bring(joined, self.tables.spell.brought(column(place)), f"{joined.alias}_{place}", step)

    def number(self, path: str) -> Tree:
        """Rows have no numbers of the second half."""
        raise AssertionError(path)

    def number_type(self, path: str) -> Type:
        """Rows have no numbers of the second half."""
        raise AssertionError(path)

    def _if_known(self, item: Column, tree: Tree) -> Tree:
        return self._known(item.name, cases([(self._before_as_of(item.known_at), tree)], None)) if item.known_at else tree

    def _known(self, name: str, tree: Tree) -> Tree:
        return self.stairs.call(self.stairs.share(tree), f"column {name}.known")

    def _before_as_of(self, name: str) -> Tree:
        return self.translator.stamp_compared((self.raw(name), self.clean.columns[name].form), "<", self.tables.instant)

    def _through(self, reference: str, read: Callable[[KnownRows], Tree]) -> Tree:
        other = self.tables.rows_of(self.column_of(reference).refers_to)
        found = other.stairs.share(read(other))
        wanted = found if isinstance(found, exp.Column) else other.stairs.column(found)
        height = other.stairs.height(wanted)
        joined, step = self._joined(reference, height)
        return self.stairs.bring(joined, self.tables.spell.brought(wanted), f"{joined.alias}_{wanted.name}", step)

    def _joined(self, reference: str, height: int, *, required: bool = False) -> tuple[Joined, int]:
        """The join with the rows that a reference names, as they stand on a step of theirs, and the step of the join."""
        other = self.tables.rows_of(self.column_of(reference).refers_to)
        own = self.as_read(reference)
        step = max(self.stairs.height(own), height if other is self else 0) + 1
        if (reference, height) not in self.joins:
            alias = f"j{self.index}_{len(self.joins)}"
            key = other.value(other.key())
            source = other.stairs.at(height) if other is self else other.stairs.top
            select = exp.Select(expressions=[aliased(key, f"{alias}_key")]).from_(relation(source))
            self.joins[reference, height] = Joined(alias, select, binary(exp.EQ, own, column(f"{alias}_key", alias)), required)
            self.stairs.join(self.joins[reference, height], step)
        return self.joins[reference, height], step
