"""DuckDB on relations of clean columns, as they stand behind the border: the shortest way to the SQL of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa
from attrs import frozen

from pingfen.plan.quantity import Exact, Numeric, Truth, Type
from pingfen.plan.ruleset import Plan
from pingfen.sql.clean import CleanColumn, CleanTable
from pingfen.sql.dialect import Dialect, TimeForm
from pingfen.sql.scoring import Scoring, Shown, build_scoring
from pingfen.sql.subjects import INPUTS, SUBJECT, SUBJECTS, attribute_column, input_column

from ..clean import Clean
from ..paths import Answers, Tables

Row = Mapping[str, Clean]


@frozen
class CleanDuckDB:
    """Scores on one connection; every call makes its relations anew. `form` is the way in which times are held."""

    connection: duckdb.DuckDBPyConnection
    spell: Dialect
    form: TimeForm = "seconds"

    def score(self, plan: Plan, tables: Tables, as_of: int) -> dict[str, Answers]:
        """Record, numbers and outcomes of every subject. Subjects must be given."""
        clean = {table.name: self._table(index, plan, tables, table.name) for index, table in enumerate(plan.events.tables)}
        self._keep(SUBJECTS, *_subjects(plan, tables, as_of))
        inputs = [(index, field) for index, field in enumerate(plan.record.fields) if field.kind == "input"]
        if tables.inputs:
            columns = {SUBJECT: pa.string(), **{input_column(index): _arrow(field.type) for index, field in inputs}}
            names = {input_column(index): field.name for index, field in inputs}
            self._keep(INPUTS, columns, [{SUBJECT: row[plan.record.subject.key], **{new: row.get(old) for new, old in names.items()}} for row in tables.inputs])
        scoring = build_scoring(plan, as_of, clean, self.spell, subjects_given=True, inputs_given=bool(tables.inputs))
        return answers_of(scoring, plan, self._run(scoring))

    def _run(self, scoring: Scoring) -> list[tuple[Any, ...]]:
        for name, select in scoring.sums.items():
            self.connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {self.spell.generate(select)}')
        return self.connection.execute(self.spell.generate(scoring.cards)).fetchall()

    def _table(self, index: int, plan: Plan, tables: Tables, name: str) -> CleanTable:
        read = [column for column in plan.events.tables[index].columns if column.computed is None]
        columns = {f"c{place}": self._held(column.type) for place, column in enumerate(read)}
        rows = [{f"c{place}": row.get(column.name) for place, column in enumerate(read)} for row in tables.events.get(name, [])]
        for place, column in enumerate(read):
            if isinstance(column.type, Numeric) and column.type.unit == "time" and self.form == "instant":
                for row in rows:
                    row[f"c{place}"] = None if row[f"c{place}"] is None else row[f"c{place}"] * 1_000_000 + 999_999
        self._keep(f"t{index}", columns, rows)
        form = {column.name: self.form if isinstance(column.type, Numeric) and column.type.unit == "time" else "seconds" for column in read}
        return CleanTable(f"t{index}", {column.name: CleanColumn(f"c{place}", form[column.name]) for place, column in enumerate(read)})

    def _held(self, kind: Type) -> pa.DataType:
        timed = isinstance(kind, Numeric) and kind.unit == "time" and self.form == "instant"
        return pa.timestamp("us", "UTC") if timed else _arrow(kind)

    def _keep(self, name: str, columns: dict[str, pa.DataType], rows: list[dict[str, Clean]]) -> None:
        table = pa.table({column: pa.array([row[column] for row in rows], kind) for column, kind in columns.items()})
        self.connection.register("given_rows", table)
        self.connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM given_rows')
        self.connection.unregister("given_rows")


def _subjects(plan: Plan, tables: Tables, as_of: int) -> tuple[dict[str, pa.DataType], list[dict[str, Clean]]]:
    """One row a subject: dated attributes of the last row valid before D."""
    attributes = plan.record.subject.attributes
    columns = {SUBJECT: pa.string(), **{attribute_column(index): _arrow(attribute.type) for index, attribute in enumerate(attributes)}}
    found: dict[Clean, dict[str, Clean]] = {}
    for row in sorted(tables.subjects or [], key=lambda row: row.get("valid_from", 0)):  # type: ignore[arg-type,return-value]
        kept = found.setdefault(row[plan.record.subject.key], dict.fromkeys(columns))
        kept[SUBJECT] = row[plan.record.subject.key]
        for index, attribute in enumerate(attributes):
            if not attribute.dated or row["valid_from"] < as_of:  # type: ignore[operator]
                kept[attribute_column(index)] = row.get(attribute.name)
    return columns, list(found.values())


def answers_of(scoring: Scoring, plan: Plan, rows: list[tuple[Any, ...]]) -> dict[str, Answers]:
    """The rows of the cards as clean values by the names of fields, numbers and outcomes."""
    return {str(row[0]): _answers(scoring.shown, row) for row in rows}


def _answers(shown: tuple[Shown, ...], row: tuple[Any, ...]) -> Answers:
    answers: Answers = {"stage": None}
    for item, value in zip(shown[1:], row[1:], strict=True):
        if item.kind == "reasons":
            continue
        if item.part == "denominator":
            numerator = answers[item.name]
            answers[item.name] = None if value is None else (numerator, value)  # type: ignore[assignment]
        else:
            answers[item.name] = value
    return answers


def _arrow(kind: Type) -> pa.DataType:
    match kind:
        case Numeric() | Exact():
            return pa.int64()
        case Truth():
            return pa.bool_()
        case _:
            return pa.string()
