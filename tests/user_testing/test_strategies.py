"""The strategies give what a ruleset takes: records that `evaluate` accepts, tables that `score` refuses nothing of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings, strategies
from hypothesis.errors import NoSuchExample

import pingfen
from pingfen.pipeline import compile_source
from pingfen.ruleset import Ruleset
from pingfen.ruleset.origins import Compiled
from pingfen.source import Source
from pingfen.testing import event_tables, metric_values

from ..strategies.rulesets import ruleset_of_seed

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).resolve().parents[2] / "rulesets"
PROMOTER = FOLDER / "wechat-promoter" / "2025-03-31.pf"


def generated(seed: int) -> Ruleset:
    """A generated ruleset; some have gates that never open, which keeps none of them from scoring."""
    plan = compile_source(Source("generated.pf", ruleset_of_seed(seed))).plan
    assert plan is not None
    return Ruleset(Compiled("generated.pf", plan, {}))


def ruleset_at(path: Path) -> Ruleset:
    loaded = pingfen.load(path)
    assert isinstance(loaded, Ruleset)
    return loaded


@pytest.mark.parametrize("seed", [pytest.param(seed, marks=pytest.mark.slow if seed % 3 else ()) for seed in range(12)])
@settings(max_examples=5)
@given(strategies.data())
def test_every_drawn_record_of_any_ruleset_is_evaluated(seed: int, data: strategies.DataObject) -> None:
    ruleset = generated(seed)
    for _ in range(3):
        ruleset.evaluate(data.draw(metric_values(ruleset)))


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/2025*.pf")), ids=lambda path: path.parent.name)
def test_every_drawn_table_of_a_real_ruleset_is_scored_without_rejects(path: Path) -> None:
    ruleset = ruleset_at(path)

    @settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(event_tables(ruleset, date(2025, 11, 3)))
    def scored(tables: object) -> None:
        from pingfen.testing import EventTables

        assert isinstance(tables, EventTables)
        inputs = tables.inputs
        result = ruleset.score(tables.events, tables.as_of, subjects=tables.subjects, inputs=inputs)
        assert result.rejects.num_rows == 0

    scored()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
@settings(max_examples=2, phases=[Phase.generate])
@given(strategies.data())
def test_every_drawn_table_of_any_ruleset_is_scored_without_rejects(seed: int, data: strategies.DataObject) -> None:
    ruleset = generated(seed)
    tables = data.draw(event_tables(ruleset, date(2025, 11, 3)))
    assert ruleset.score(tables.events, tables.as_of, subjects=tables.subjects, inputs=tables.inputs).rejects.num_rows == 0


@settings(max_examples=10)
@given(strategies.data())
def test_rows_of_a_window_without_a_beginning_lie_in_the_declared_years(data: strategies.DataObject) -> None:
    compiled = pingfen.compile("""
ruleset latest.orders
version "1"
effective from 2025-01-01
cites "made up"
timezone "Asia/Shanghai"
years 2024 .. 2025
subject shop_id
score 0 .. 100
events orders {
  order_id text key
  shop_id  text subject
  paid_at  time happens
  late     flag
}
metric late_rate = share with late of orders over last 500 rows to 1%
total missing no score { part speed = ladder late_rate { <= 50% -> 100, none -> none, else -> 0 } }
""")
    tables = data.draw(event_tables(compiled, date(2025, 11, 3)))
    times = [moment.year for moment in tables.events["orders"]["paid_at"].to_pylist()]
    assert all(2023 <= year <= 2025 for year in times)
    assert compiled.score(tables.events, tables.as_of).rejects.num_rows == 0


def test_limits_of_the_rules_are_drawn() -> None:
    """A gate at 4.10 and a ladder's row at 95% are met on the limit itself."""
    ruleset = ruleset_at(PROMOTER)
    found = find(
        metric_values(ruleset), lambda record: record["good_reviews"] == Decimal("0.9500"), settings=settings(max_examples=2000, phases=[Phase.generate])
    )
    assert ruleset.evaluate(found).parts["product.praise"] == Decimal("4.50")


def test_fixed_fields_have_the_values_given() -> None:
    ruleset = ruleset_at(PROMOTER)
    with pytest.raises(NoSuchExample):
        find(metric_values(ruleset, {"breach_count": 3}), lambda record: record["breach_count"] != 3, settings=settings(max_examples=200))
