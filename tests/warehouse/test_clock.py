"""Local times in SQL equal the calendar's, at every kind of transition."""

from __future__ import annotations

import pytest
from sqlglot import exp

from pingfen.calendar import computed_instant, instant_of, load_transitions, local_of, month_of, time_of_day
from pingfen.plan.events import Transitions
from pingfen.sql import clock
from pingfen.sql.duckdb import DuckDB
from pingfen.sql.trees import Tree, aliased, column

from .records import connection

SPELL = DuckDB()
ZONES = ["America/New_York", "Asia/Shanghai", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Apia"]
STEPS = [0, 1, 59, 1799, 1800, 1801, 3599, 3600, 3601, 7199, 7200, 86399, 86400]


def seconds_near(zone: Transitions) -> list[int]:
    """Seconds on and around every change of offset, as instants and as local times, and before 1970."""
    bases = [0, -1, -86400 * 365, *(start for start, _ in zone.changes), *(start + offset for start, offset in zone.changes)]
    return sorted({base + sign * step for base in bases for step in STEPS for sign in (1, -1)})


def answers(tree: Tree, values: list[int]) -> list[object]:
    """The tree's value for each `s`."""
    connection().execute("CREATE OR REPLACE TEMP TABLE seconds (s BIGINT)")
    connection().executemany("INSERT INTO seconds VALUES (?)", [[value] for value in values])
    select = exp.Select(expressions=[aliased(tree, "a")]).from_("seconds").order_by("s")
    return [row[0] for row in connection().execute(SPELL.generate(select)).fetchall()]


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest) -> Transitions:
    """A zone with its changes of a few years."""
    return load_transitions(request.param, 2009, 2013)


def test_local_time_of_an_instant(zone: Transitions) -> None:
    values = seconds_near(zone)
    assert answers(clock.local_of(SPELL, zone, column("s")), values) == [local_of(value, zone) for value in values]


def test_instant_of_a_local_time_is_the_earlier_of_two_and_the_first_after_a_gap(zone: Transitions) -> None:
    values = seconds_near(zone)
    assert answers(clock.instant_of(SPELL, zone, column("s")), values) == [computed_instant(value, zone) for value in values]


def test_skipped_local_times_are_those_without_an_instant(zone: Transitions) -> None:
    values = seconds_near(zone)
    assert answers(clock.is_skipped(SPELL, zone, column("s")), values) == [instant_of(value, zone) is None for value in values]


def test_a_naive_bound_parts_local_times_as_the_instant_parts_instants(zone: Transitions) -> None:
    """Comparing naive columns with naive bounds is comparing instants: for every local time that exists."""
    values = seconds_near(zone)
    existing = [(value, instant) for value in values if (instant := instant_of(value, zone)) is not None]
    for bound in values[:: max(1, len(values) // 60)]:
        naive = clock.local_bound(zone, bound)
        assert [local >= naive for local, _ in existing] == [instant >= bound for _, instant in existing]


def test_time_of_day_and_month(zone: Transitions) -> None:
    values = seconds_near(zone)
    local = [local_of(value, zone) for value in values]
    order = sorted(range(len(local)), key=lambda index: local[index])
    assert answers(clock.time_of_day(SPELL, column("s")), local) == [time_of_day(values[index], zone) for index in order]
    assert answers(SPELL.month_of_days(clock.day_of(SPELL, column("s"))), local) == [month_of(values[index], zone) for index in order]
