"""A short comparison on every engine, other rulesets and other cases each day: the seed stands in what a failure says (PINGFEN_SEED repeats it)."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from random import Random

import pytest

from .differential import Engine, try_seed
from .engines import ENGINES, clickhouse_engine, postgres_engine, spark_engine
from .running import TARGETS, Target
from .suite import cases, fault_of, name_of

pytestmark = pytest.mark.slow

SEED = int(os.environ.get("PINGFEN_SEED", datetime.now(UTC).strftime("%Y%m%d")))


def differences(engine: Engine, rulesets: int) -> list[str]:
    """What differs from the interpreter on generated rulesets and events."""
    target: Target = TARGETS[engine.name]
    seeds = range(SEED * 1000, SEED * 1000 + rulesets)
    tried = (try_seed(engine, seed, target.worlds, target.lines_at(seed)) for seed in seeds)
    return [f"PINGFEN_SEED={SEED}, seed {entry.seed}: {entry.failure}" for entry in tried if entry.failure]


def faults(engine: Engine, count: int) -> list[str]:
    """What is wrong in some cases of the suite."""
    chosen = Random(SEED).sample(cases(), count)
    told = ((name_of(case), fault_of(engine, case, turn)) for turn, case in enumerate(chosen))
    return [f"PINGFEN_SEED={SEED}, {name}: {fault}" for name, fault in told if fault]


def test_duckdb_agrees_with_the_interpreter() -> None:
    with ENGINES["duckdb"]() as engine:
        assert differences(engine, 36) + faults(engine, 24) == []


def test_postgres_agrees_with_the_interpreter(postgres) -> None:  # type: ignore[no-untyped-def]
    engine = postgres_engine(postgres)
    assert differences(engine, 15) + faults(engine, 40) == []


def test_clickhouse_agrees_with_the_interpreter(clickhouse) -> None:  # type: ignore[no-untyped-def]
    engine = clickhouse_engine(clickhouse)
    assert differences(engine, 6) + faults(engine, 40) == []


def test_spark_agrees_with_the_interpreter(spark) -> None:  # type: ignore[no-untyped-def]
    engine = spark_engine(spark)
    assert differences(engine, 3) + faults(engine, 4) == []
