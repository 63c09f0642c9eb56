"""Whatever a ruleset and the tables of the data are called, a statement gives the same digits: no name is taken for one of the statement's own."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies

from pingfen.plan.quantity import Numeric
from pingfen.sampling import make_sample
from pingfen.sql.dialects import dialect_of
from pingfen.sql.scoring import Shown
from pingfen.sql.statement import build_statement
from pingfen.sql.validation import build_validation

from ..paths import Tables, events_by_reference
from .databases import Database
from .hostile import AS_OF, CONSTANTS, drawn, plan_of
from .typed_tables import answers_of, make_tables

FIRST_DAY = date(1970, 1, 1)


def check_digits(database: Database, seed: int) -> None:
    """The ruleset with names drawn by a seed gives what the interpreter gives, as clean values and as people keep them, and finds no bad row."""
    text, own = drawn(Random(seed))
    plan = plan_of(text)
    made = make_sample(plan, subjects=9, first_day=AS_OF - 90, as_of_day=AS_OF, seed=seed)
    given_tables = Tables(made.tables, made.subjects, made.inputs)  # type: ignore[arg-type]
    sources = make_tables(database, plan, given_tables, calling=lambda _, name: own[name])
    spell, wanted = dialect_of(database.name), events_by_reference(plan, given_tables, AS_OF)
    for label, query in build_validation(plan, spell, sources).items():
        assert database.rows(spell.generate(query)) == [], label
    statement = build_statement(plan, AS_OF, spell, sources)
    for line in statement.settings:
        database.run(line)
    rows = database.rows(statement.text)
    assert answers_of(statement, rows) == wanted, text
    kept = build_statement(plan, AS_OF, spell, sources, natural=CONSTANTS)
    assert _as_kept(statement.shown, rows) == sorted(row[: len(_own(kept.shown))] for row in database.rows(kept.text)), text


def _own(shown: tuple[Shown, ...]) -> list[Shown]:
    return [item for item in shown if item.type is not None]


def _as_kept(shown: tuple[Shown, ...], rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows of clean values with their points."""
    return sorted(tuple(_with_point(item, value) for item, value in zip(_own(shown), row, strict=False)) for row in rows)


def _with_point(item: Shown, value: Any) -> Any:
    if value is None or not isinstance(item.type, Numeric):
        return value
    return FIRST_DAY + timedelta(days=value) if item.type.unit == "date" else Decimal(value).scaleb(-item.type.places) if item.type.places else value


@pytest.mark.parametrize(
    ("engine", "examples"), [("duckdb", 25), pytest.param("clickhouse", 12, marks=[pytest.mark.slow, pytest.mark.xdist_group("clickhouse")])]
)
def test_names_of_a_statement_as_names_of_rules(engine: str, examples: int, request: pytest.FixtureRequest) -> None:
    """Names drawn from what statements call their own steps and columns, for every kind of thing that a ruleset names, and for the data."""
    database: Database = request.getfixturevalue(f"{engine}_database")
    check = partial(check_digits, database)
    found = settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate])
    found(given(strategies.integers(0, 2**32))(lambda seed: check(seed)))()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_such_names_on_every_engine(database: Database, seed: int) -> None:
    """Two drawings on each of the engines."""
    check_digits(database, seed)
