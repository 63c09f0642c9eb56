"""The suite catches every wrong spelling that was ever tried, on the engine concerned; and passes without it."""

from __future__ import annotations

import pytest

from .engines import ENGINES, clickhouse_engine, postgres_engine, spark_engine
from .plants import PLANTS, Plant
from .suite import cases, fault_of

pytestmark = pytest.mark.slow


def _caught_on(engine, name: str, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """Each case is passed with the right spelling, and failed with the wrong one."""
    for plant in (plant for plant in PLANTS if plant.engine == name):
        assert fault_of(engine, _case_of(plant), plant.holding) == "", plant.name
        with monkeypatch.context() as patch:
            plant.apply(patch)
            assert fault_of(engine, _case_of(plant), plant.holding) != "", plant.name


def _case_of(plant: Plant):  # type: ignore[no-untyped-def]
    (found,) = (case for case in cases() if case.file == "spellings" and case.rule.startswith(plant.case))
    return found


def test_wrong_spellings_are_caught_on_duckdb(monkeypatch: pytest.MonkeyPatch) -> None:
    with ENGINES["duckdb"]() as engine:
        _caught_on(engine, "duckdb", monkeypatch)


def test_wrong_spellings_are_caught_on_postgres(postgres, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    _caught_on(postgres_engine(postgres), "postgres", monkeypatch)


def test_wrong_spellings_are_caught_on_clickhouse(clickhouse, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    _caught_on(clickhouse_engine(clickhouse), "clickhouse", monkeypatch)


def test_wrong_spellings_are_caught_on_spark(spark, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    _caught_on(spark_engine(spark), "spark", monkeypatch)
