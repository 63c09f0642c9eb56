"""Tables in which every column holds its values in a way of its own, as tables of several hands do: other types, casts, constants, columns that are absent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from attrs import frozen
from sqlglot import exp

from pingfen.plan.events import Transitions
from pingfen.plan.quantity import Type
from pingfen.plan.ruleset import Plan
from pingfen.sql.held import Held, held_of
from pingfen.sql.typed import SourceColumn, SourceTable

from ..clean import Clean
from ..paths import Tables
from .databases import Database
from .forms import Column, Form, constant_text, forms_of
from .typed_tables import TYPES, as_users_do, rows_of

Rows = Sequence[Mapping[str, Clean]]


@frozen
class Mixed:
    """Tables by a seed: the same seed and the same rows give the same tables."""

    seed: int

    def make_tables(self, database: Database, plan: Plan, tables: Tables) -> dict[str, SourceTable]:
        """The tables of a plan on the engine, under names and columns as users have them."""
        return {label: self._made(database, label, kinds, rows, plan.events.zone) for label, kinds, rows in rows_of(plan, tables)}

    def _made(self, database: Database, label: str, kinds: Mapping[str, Type], rows: Rows, zone: Transitions) -> SourceTable:
        called, columns, forms = as_users_do("table", label), {}, {}
        for name, kind in kinds.items():
            chosen = self._chosen(Random(f"{self.seed} {label} {name}"), Column(database.name, kind, _given(rows, name), zone), len(rows))
            own = as_users_do("column", name)
            match chosen:
                case Form():
                    held = held_of(database.name, chosen.type)
                    assert held is not None, chosen.type
                    forms[name], columns[name] = chosen, SourceColumn(own, held, None, chosen.cast)
                case str():
                    columns[name] = SourceColumn("", Held("text"), chosen)
        cells = [["read by nobody", *(None if row.get(name) is None else form.write(row[name]) for name, form in forms.items())] for row in rows]
        types = {as_users_do("column", name): form.type for name, form in forms.items()}
        database.make(called, {as_users_do("column", "note"): TYPES[database.name]["text"], **types}, cells)
        return SourceTable(exp.Table(this=exp.to_identifier(called, quoted=True)), columns)

    def _chosen(self, random: Random, column: Column, rows: int) -> Form | str | None:
        """A form; a constant where all rows have the same value, or nothing where none has one, each half of the times."""
        if not column.values and column.kind.optional and random.random() < 0.5:
            return None
        constant = constant_text(column) if rows and len(column.values) == rows and random.random() < 0.5 else None
        forms = forms_of(column)
        return constant if constant is not None else random.choice([forms[0], *forms])


def _given(rows: Rows, name: str) -> tuple[Clean, ...]:
    return tuple(row[name] for row in rows if row.get(name) is not None)
