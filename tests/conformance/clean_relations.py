"""DuckDB on relations of clean columns, as they stand behind the border: the shortest way to the SQL of a plan."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa
from attrs import frozen

from pingfen.plan.quantity import Exact, Numeric, Truth, Type
from pingfen.plan.ruleset import Plan
from pingfen.sql.clean import CleanColumn, CleanTable
from pingfen.sql.dialect import Dialect, TimeForm
from pingfen.sql.scoring import Shown, build_scoring
from pingfen.sql.subjects import INPUTS, SUBJECT, SUBJECTS, attribute_column, input_column

from ..clean import Clean
from ..paths import Answers, Tables

Rows = list[dict[str, Clean]]


@frozen
class CleanRelations:
    """Scores on one connection; every call makes its relations anew. `form` is the way in which times are held."""

    connection: duckdb.DuckDBPyConnection
    spell: Dialect
    form: TimeForm = "seconds"

    def score(self, plan: Plan, tables: Tables, as_of: int) -> dict[str, Answers]:
        """Record, numbers and outcomes of every subject. Subjects must be given."""
        clean = {table.name: self._keep_events(index, plan, tables) for index, table in enumerate(plan.events.tables)}
        self._keep_subjects(plan, tables, as_of)
        if tables.inputs:
            self._keep_inputs(plan, tables)
        scoring = build_scoring(plan, as_of, clean, self.spell, subjects_given=True, inputs_given=bool(tables.inputs))
        for name, select in scoring.sums.items():
            self._make(name, self.spell.generate(select))
        return answers_of(scoring.shown, self.connection.execute(self.spell.generate(scoring.cards)).fetchall())

    def _keep_events(self, index: int, plan: Plan, tables: Tables) -> CleanTable:
        table = plan.events.tables[index]
        read = [column for column in table.columns if column.computed is None]
        rows = tables.events.get(table.name, [])
        arrays = {f"c{place}": self._array([row.get(column.name) for row in rows], column.type) for place, column in enumerate(read)}
        self._keep(f"t{index}", pa.table(arrays))
        return CleanTable(f"t{index}", {column.name: CleanColumn(f"c{place}", self._form(column.type)) for place, column in enumerate(read)})

    def _keep(self, name: str, table: pa.Table) -> None:
        self.connection.register("given_rows", table)
        self._make(name, "SELECT * FROM given_rows")
        self.connection.unregister("given_rows")

    def _make(self, name: str, select: str) -> None:
        self.connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {select}')

    def _form(self, kind: Type) -> TimeForm:
        return self.form if isinstance(kind, Numeric) and kind.unit == "time" else "seconds"

    def _array(self, values: list[Clean], kind: Type) -> pa.Array:
        if self._form(kind) == "seconds":
            return pa.array(values, _arrow(kind))
        # the part of a second must be cut away
        return pa.array([None if value is None else value * 1_000_000 + 999_999 for value in values], pa.timestamp("us", "UTC"))  # type: ignore[operator]

    def _keep_subjects(self, plan: Plan, tables: Tables, as_of: int) -> None:
        rows = _known_subjects(plan, tables, as_of)
        attributes = plan.record.subject.attributes
        columns = {attribute_column(index): pa.array([row[item.name] for row in rows], _arrow(item.type)) for index, item in enumerate(attributes)}
        self._keep(SUBJECTS, pa.table({SUBJECT: pa.array([row[plan.record.subject.key] for row in rows], pa.string()), **columns}))

    def _keep_inputs(self, plan: Plan, tables: Tables) -> None:
        inputs = [(index, field) for index, field in enumerate(plan.record.fields) if field.kind == "input"]
        columns = {input_column(index): pa.array([row.get(field.name) for row in tables.inputs], _arrow(field.type)) for index, field in inputs}
        self._keep(INPUTS, pa.table({SUBJECT: pa.array([row[plan.record.subject.key] for row in tables.inputs], pa.string()), **columns}))


def _known_subjects(plan: Plan, tables: Tables, as_of: int) -> Rows:
    """One row a subject: dated attributes of the last row valid before D."""
    key, attributes = plan.record.subject.key, plan.record.subject.attributes
    found: dict[Clean, dict[str, Clean]] = {}
    for row in sorted(tables.subjects or [], key=lambda row: row.get("valid_from", 0)):  # type: ignore[arg-type,return-value]
        kept = found.setdefault(row[key], {key: row[key], **{item.name: None for item in attributes}})
        known = {item.name: row.get(item.name) for item in attributes if not item.dated or row["valid_from"] < as_of}  # type: ignore[operator]
        kept.update(known)
    return list(found.values())


def answers_of(shown: tuple[Shown, ...], rows: list[tuple[Any, ...]]) -> dict[str, Answers]:
    """The rows of the cards as clean values by the names of fields, numbers and outcomes."""
    return {str(row[0]): _answers(shown, row) for row in rows}


def _answers(shown: tuple[Shown, ...], row: tuple[Any, ...]) -> Answers:
    answers: Answers = {"stage": None}
    for item, value in zip(shown[1:], row[1:], strict=True):
        if item.kind == "reasons":
            continue
        if item.part == "denominator":
            numerator = answers[item.name]
            answers[item.name] = None if value is None else (numerator, value)  # type: ignore[assignment]
        else:
            answers[item.name] = bool(value) if isinstance(item.type, Truth) and value is not None else value
    return answers


def _arrow(kind: Type) -> pa.DataType:
    match kind:
        case Numeric() | Exact():
            return pa.int64()
        case Truth():
            return pa.bool_()
        case _:
            return pa.string()
