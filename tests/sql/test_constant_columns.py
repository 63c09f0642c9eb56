"""Constants in the place of columns: each row of the table counts, whether all that the rules read are constants or only what they read of them."""

from __future__ import annotations

import pytest
from sqlglot import exp

from pingfen.sql.dialects import dialect_of
from pingfen.sql.held import Held
from pingfen.sql.statement import build_statement
from pingfen.sql.typed import SourceColumn, SourceTable
from pingfen.sql.validation import build_validation

from ..conformance.pairs import plan_of
from .databases import Database
from .typed_tables import TYPES, answers_of

TEXT = """ruleset example.constants
version "1"
effective from 2000-01-01
cites "nobody"
timezone "Asia/Shanghai"
subject store_id
events visits { visit_id text key
  store_id text subject
  at time happens
}
metric seen = count of visits over last 30 days
gate shown open when seen >= 3
"""
CONSTANTS = {"store_id": "s1", "at": "2026-05-30 18:30"}


@pytest.mark.parametrize("key", ["a column", "a constant"])
def test_rows_of_constants_are_counted(database: Database, key: str) -> None:
    """Three rows with the same key could not pass the validation, which says so; the statement counts what is there."""
    plan = plan_of(TEXT)
    database.make("visits", {"note": TYPES[database.name]["text"]}, [["one"], ["two"], ["three"]])
    columns = {name: SourceColumn("", Held("text"), written) for name, written in CONSTANTS.items()}
    columns["visit_id"] = SourceColumn("note", Held("text")) if key == "a column" else SourceColumn("", Held("text"), "k")
    sources = {"visits": SourceTable(exp.Table(this=exp.to_identifier("visits", quoted=True)), columns)}
    spell = dialect_of(database.name)
    statement = build_statement(plan, 20605, spell, sources)
    for line in statement.settings:
        database.run(line)
    assert answers_of(statement, database.rows(statement.text)) == {"s1": {"stage": None, "shown": "open", "seen": 3}}
    found = {row[1] for label, query in build_validation(plan, spell, sources).items() for row in database.rows(spell.generate(query)) if label == "visits"}
    assert found == (set() if key == "a column" else {"duplicate-key"})
