"""One statement gives on every real engine, under its hostile settings, the digits of the interpreter."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.sampling import make_sample
from pingfen.source import Source

from ..paths import Tables, events_by_reference
from ..strategies import rulesets, tables
from .databases import Database
from .typed_tables import Holding, score_on

pytestmark = pytest.mark.slow

RULESETS = Path(__file__).parents[2] / "rulesets"
CHOSEN = {
    "duckdb": ("airline-punctuality/2013-01-01", "wechat-store/2025-05-16", "kuaishou-store/2025"),
    "postgres": ("airline-punctuality/2013-01-01", "wechat-store/2025-05-16", "douyin-creator/2021", "kuaishou-store/2025"),
    "clickhouse": ("airline-punctuality/2013-01-01", "wechat-promoter/2025-03-31", "taobao-dsr/2016-01-01"),
    "spark": ("wechat-promoter/2025-03-31",),
}
HOLDINGS = {"instants and decimals": Holding(), "local times and doubles": Holding("local", "double"), "decimals with more places": Holding(more=3)}
SUBJECTS, DAYS = 12, 200


def plan_of(name: str) -> Plan:
    """The plan of a ruleset's file."""
    path = RULESETS / f"{name}.pf"
    plan = compile_source(Source(str(path), path.read_text("utf-8"))).plan
    assert plan is not None
    return plan


@pytest.mark.parametrize("holding", HOLDINGS)
def test_a_statement_equals_the_interpreter(database: Database, holding: str) -> None:
    """Every field, number and outcome of every subject of the rulesets, whichever way the tables hold their values."""
    for name in CHOSEN[database.name]:
        plan = plan_of(name)
        as_of = plan.version.first_day + DAYS
        made = make_sample(plan, subjects=SUBJECTS, first_day=as_of - DAYS, as_of_day=as_of, seed=len(holding))
        given_tables = Tables(made.tables, made.subjects, made.inputs)  # type: ignore[arg-type]
        assert score_on(database, plan, given_tables, as_of, HOLDINGS[holding]) == events_by_reference(plan, given_tables, as_of), name


@pytest.mark.parametrize("database", ["duckdb", "postgres", "clickhouse"], indirect=False)
def test_statements_of_generated_rulesets_equal_the_interpreter(database: str, request: pytest.FixtureRequest) -> None:
    """Generated rulesets over generated tables, with every construct, negative numbers, ties and missing values."""
    engine: Database = request.getfixturevalue(f"{database}_database")
    examples = {"duckdb": 15, "postgres": 15, "clickhouse": 6}[database]

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(strategies.data())
    def check(data: strategies.DataObject) -> None:
        text = data.draw(rulesets())
        plan = compile_source(Source("generated.pf", text)).plan
        assert plan is not None
        given_tables, as_of = data.draw(tables(plan))
        holding = data.draw(strategies.sampled_from([Holding(), Holding("local"), Holding(more=2)]))
        assert score_on(engine, plan, given_tables, as_of, holding) == events_by_reference(plan, given_tables, as_of)

    check()
