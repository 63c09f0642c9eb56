"""A sample is clean, the same for the same seed, and holds what real exports hold: ties, gaps and corrections."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pingfen.calendar import instant_of, local_of
from pingfen.command.guard import run
from pingfen.pipeline import compile_source
from pingfen.plan.events import Column
from pingfen.plan.quantity import Numeric, Words
from pingfen.plan.ruleset import Plan
from pingfen.sampling import Sample, make_sample
from pingfen.sampling.tables import csv_texts
from pingfen.source import Source

from ..documents.test_page import RULESETS, SAMPLES, plan_of


def sample_of(path: Path, seed: int = 7, subjects: int = 40) -> Sample:
    plan = plan_of(path)
    return make_sample(plan, subjects=subjects, first_day=plan.version.first_day, as_of_day=plan.version.first_day + 90, seed=seed)


@pytest.mark.slow
@pytest.mark.parametrize("path", RULESETS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_value_fits_its_column(path: Path) -> None:
    plan, sample = plan_of(path), sample_of(path)
    for table in plan.events.tables:
        assert sample.tables[table.name], table.name
        for column in table.columns:
            if column.computed is None:
                assert [row for row in sample.tables[table.name] if not fits(column, row[column.name])] == []


def fits(column: Column, value: object) -> bool:
    if value is None:
        return column.may_be_missing
    match column.type:
        case Numeric(unit=unit, low=low, high=high) if unit not in ("time", "date"):
            return isinstance(value, int) and low <= value <= high
        case Words(options=options) if options:
            return value in options
        case _:
            return True


def test_the_same_seed_gives_the_same_events_and_another_seed_others() -> None:
    path = SAMPLES / "douyin-store.pf"
    assert sample_of(path) == sample_of(path)
    assert sample_of(path) != sample_of(path, seed=8)


def test_keys_are_unique_and_references_lead_to_rows() -> None:
    sample = sample_of(SAMPLES / "douyin-store.pf")
    orders = [row["order_id"] for row in sample.tables["orders"]]
    assert len(set(orders)) == len(orders)
    assert {row["order_id"] for row in sample.tables["returns"]} <= set(orders)


def test_some_orders_are_returned_twice_some_subjects_have_no_events_and_some_times_tie() -> None:
    sample = sample_of(SAMPLES / "douyin-store.pf")
    assert max(Counter(row["order_id"] for row in sample.tables["returns"]).values()) > 1
    assert len({row["store_id"] for row in sample.tables["misconduct"]}) < len(sample.subjects)
    assert max(Counter(row["decided_at"] for row in sample.tables["misconduct"]).values()) > 1


def test_a_compared_text_occurs() -> None:
    regions = {row["region"] for row in sample_of(SAMPLES / "douyin-store.pf").tables["orders"]}
    assert {"remote", "Guangxi", "Guangdong"} <= regions


def test_a_flag_that_a_population_keeps_rows_by_is_mostly_set() -> None:
    orders = sample_of(next(path for path in RULESETS if path.parent.name == "kuaishou-store" and path.stem == "2025")).tables["orders"]
    assert sum(bool(row["valid"]) for row in orders) > len(orders) * 3 // 4


def test_times_are_written_as_local_times_that_exist() -> None:
    path = SAMPLES / "douyin-store.pf"
    plan, sample = plan_of(path), sample_of(path)
    text = csv_texts(plan, sample)["orders.csv"]
    header, first = (line.split(",") for line in text.split("\n")[:2])
    instant = sample.tables["orders"][0]["paid_at"]
    assert isinstance(instant, int)
    assert instant_of(local_of(instant, plan.events.zone), plan.events.zone) == instant
    assert first[header.index("paid_at")].startswith("2026-")


def sample_of_text(text: str) -> tuple[Plan, Sample]:
    compilation = compile_source(Source("shop.pf", text))
    assert compilation.plan is not None, compilation.diagnostics
    return compilation.plan, make_sample(compilation.plan, subjects=20, first_day=20600, as_of_day=20630, seed=3)


def test_rows_refer_to_keys_and_happen_after_wherever_key_and_time_stand() -> None:
    _, sample = sample_of_text("""
ruleset example.shop
version "1"
effective from 2026-01-01
cites "x"
timezone "Asia/Shanghai"
subject shop_id { opened date 2025-01-01 .. 2025-12-31 }
events orders {
  promised time ahead
  shop_id  text subject
  paid_at  time happens
  order_id text key
}
events refunds {
  why       text
  order_id  text refers to orders
  stated_at time happens
  refund_id text key
}
metric refunded = count of refunds with why = "late" over last 30 days
gate old open when opened < 2025-06-01 and refunded < 3
""")
    orders = {row["order_id"]: row for row in sample.tables["orders"]}
    assert sample.tables["refunds"]
    assert all(row["order_id"] in orders and row["stated_at"] >= orders[row["order_id"]]["paid_at"] for row in sample.tables["refunds"])
    assert {date.fromordinal(719163 + int(row["opened"] or 0)).year for row in sample.subjects} == {2025}


def test_a_status_with_a_time_is_given_unless_it_is_optional_itself() -> None:
    """It reads absent before its time, and stands in the data all the same."""
    plan, sample = sample_of_text("""
ruleset example.shop
version "1"
effective from 2026-01-01
cites "x"
timezone "Asia/Shanghai"
subject shop_id
events ratings {
  rating_id  text key
  shop_id    text subject
  rated_at   time happens
  appeal     one of unasked, upheld at decided_at
  complaint  one of unasked, upheld optional at decided_at
  decided_at time optional
}
metric upheld = count of ratings with appeal given and appeal is upheld over last 30 days
gate calm open when upheld < 3
""")
    rows = sample.tables["ratings"]
    assert all(fits(column, row[column.name]) for row in rows for column in plan.events.tables[0].columns)
    assert {row["appeal"] for row in rows} == {"unasked", "upheld"}
    assert None in {row["complaint"] for row in rows}


@pytest.mark.parametrize(("day", "fine"), [("2000-01-01", False), ("2000-01-15", True), ("0001-01-05", False), ("2099-12-31", False), ("2099-12-24", True)])
def test_events_lie_in_the_years_that_data_may_have(day: str, fine: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = SAMPLES / "wechat-promoter.pf"
    code = run(["sample", str(path), "--as-of", day, "--days", "60", "--subjects", "5", "-o", str(tmp_path)])
    assert code == (0 if fine else 3)
    assert ("date-outside-years" in capsys.readouterr().err) != fine
