"""A table of an engine that lacks an optional column is read as if the column were there and empty."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pingfen.node import evolve
from pingfen.plan.quantity import Type
from pingfen.sampling import make_sample
from pingfen.sql.dialects import dialect_of
from pingfen.sql.statement import build_statement
from pingfen.sql.typed import SourceTable, wanted_of
from pingfen.sql.validation import build_validation

from ..clean import Clean
from ..paths import Tables, events_by_reference
from .databases import Database
from .hostile import AS_OF, RULESET, plan_of
from .typed_tables import Holding, answers_of, make_tables

OPTIONAL_REFERENCE = RULESET.replace("p_order   text  refers to t_orders", "p_order   text  optional refers to t_orders").replace(
    " with p_order.o_late", ""
).replace("  p_paid    flag", "  p_paid    flag  optional").replace("where p_paid", "where p_paid given and p_paid")  # fmt: skip


def emptied(rows: list[dict[str, Clean]], kinds: Mapping[str, Type]) -> list[dict[str, Clean]]:
    """Rows without a value in any optional column."""
    return [{name: None if name in kinds and kinds[name].optional else value for name, value in row.items()} for row in rows]


def without_optional(source: SourceTable, kinds: Mapping[str, Type]) -> SourceTable:
    """A table that lacks every optional column."""
    return evolve(source, columns={name: place for name, place in source.columns.items() if not kinds[name].optional})


@pytest.mark.slow
@pytest.mark.parametrize(("text", "holding"), [(RULESET, Holding()), (OPTIONAL_REFERENCE, Holding("local", "double"))], ids=["instants", "local times"])
def test_an_absent_optional_column_is_none(database: Database, text: str, holding: Holding) -> None:
    """Texts, numbers, times, references, attributes and inputs, and what is computed of them."""
    plan = plan_of(text)
    made = make_sample(plan, subjects=7, first_day=AS_OF - 90, as_of_day=AS_OF, seed=5)
    kinds = wanted_of(plan)
    events = {name: emptied(rows, kinds[name]) for name, rows in made.tables.items()}  # type: ignore[arg-type]
    empty = Tables(events, emptied(made.subjects, kinds["subjects"]), emptied(made.inputs, kinds["inputs"]))  # type: ignore[arg-type]
    sources = {label: without_optional(source, kinds[label]) for label, source in make_tables(database, plan, empty, holding).items()}
    assert {"o_stars", "o_signed", "o_buyer"}.isdisjoint(sources["t_orders"].columns)
    spell = dialect_of(database.name)
    for label, query in build_validation(plan, spell, sources).items():
        assert database.rows(spell.generate(query)) == [], label
    statement = build_statement(plan, AS_OF, spell, sources)
    for line in statement.settings:
        database.run(line)
    assert answers_of(statement, database.rows(statement.text)) == events_by_reference(plan, empty, AS_OF)
