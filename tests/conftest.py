"""How much Hypothesis tries: `moderate` by default, `thorough` or `brief` by the environment variable PINGFEN_LAWS; and the engines, for every test."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings

from .engines.fixtures import clickhouse, group_by_engine, postgres, spark
from .tries import MODERATE

__all__ = ["clickhouse", "postgres", "spark"]

# Rulesets below tests are material of tests, many of them wrong on purpose; the installed plugin would collect them.
collect_ignore_glob = ["*.pf"]

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example, HealthCheck.filter_too_much]

settings.register_profile("brief", max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=SLOW)
settings.register_profile("moderate", max_examples=MODERATE, deadline=None, derandomize=True, suppress_health_check=SLOW)
settings.register_profile("thorough", max_examples=1000, deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("PINGFEN_LAWS", "moderate"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker of many starts each engine (`--dist loadgroup`)."""
    group_by_engine(items)
