"""Local times in SQL equal the calendar's, at every kind of transition."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pytest
from sqlglot import exp

from pingfen.calendar import computed_instant, instant_of, load_transitions, local_of, month_of, time_of_day
from pingfen.plan.events import Transitions
from pingfen.sql import clock
from pingfen.sql.duckdb import DuckDB
from pingfen.sql.stretches import stretches_of
from pingfen.sql.trees import Tree, aliased, column

from .records import connection

SPELL = DuckDB()
ZONES = ["America/New_York", "Asia/Shanghai", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Apia"]
STEPS = [0, 1, 59, 1799, 1800, 1801, 3599, 3600, 3601, 7199, 7200, 86399, 86400]


def seconds_near(zone: Transitions) -> list[int]:
    """Seconds on and around every change of offset, as instants and as local times, and before 1970."""
    bases = [0, -1, -86400 * 365, *(start for start, _ in zone.changes), *(start + offset for start, offset in zone.changes)]
    return sorted({base + sign * step for base in bases for step in STEPS for sign in (1, -1)})


def answers(tree: Tree, values: Sequence[int | None]) -> list[object]:
    """The tree's value for each `s`."""
    connection().register("seconds", pa.table({"s": pa.array(values, pa.int64())}))
    select = exp.Select(expressions=[aliased(tree, "a")]).from_("seconds").order_by("s")
    return [row[0] for row in connection().execute(SPELL.generate(select)).fetchall()]


@pytest.fixture(params=[*((name, 2009, 2013) for name in ZONES), ("America/New_York", 1920, 2069), ("Africa/Casablanca", 1970, 2069)], ids=str)
def zone(request: pytest.FixtureRequest) -> Transitions:
    """A zone with its changes of a few years, written as cases, or of so many that they are written as lists."""
    return load_transitions(*request.param)


def test_a_time_that_is_absent_has_no_local_time_and_is_not_skipped(zone: Transitions) -> None:
    nothing = [clock.local_of(SPELL, zone, column("s")), clock.instant_of(SPELL, zone, column("s"))]
    assert [answers(tree, [None]) for tree in nothing] == [[None], [None]]
    assert answers(clock.is_skipped(SPELL, zone, column("s")), [None]) == [False]


def test_times_far_outside_the_years_take_the_nearest_offset(zone: Transitions) -> None:
    ends = [-(2**62), 2**62]
    last = [zone.first, *(offset for _, offset in zone.changes)][-1]
    assert answers(clock.local_of(SPELL, zone, column("s")), ends) == [ends[0] + zone.first, ends[1] + last]
    assert answers(clock.is_skipped(SPELL, zone, column("s")), ends) == [False, False]


@pytest.mark.parametrize("form", ["instant_of", "local_of"])
def test_a_hundred_years_of_changes_are_a_small_statement(form: str) -> None:
    """Every use of a time column copies its tree: its size must not grow with the changes of the zone."""
    few, many = (load_transitions("America/New_York", 1970, last) for last in (1985, 2069))
    trees = [getattr(clock, form)(SPELL, zone, column("s")) for zone in (few, many)]
    assert len(few.changes) > clock.MANY
    assert len(list(trees[0].walk())) == len(list(trees[1].walk()))


def test_numbers_that_stand_too_close_are_searched_by_cases() -> None:
    assert stretches_of([0, 1, 2**40]) is None
    assert SPELL.place(column("s"), [0, 1, 2**40]) is None


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
