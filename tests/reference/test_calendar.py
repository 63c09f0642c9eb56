"""The calendar answers as the written time rules say, and as Python's own zone reader does for every zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
import tzdata
from hypothesis import given
from hypothesis import strategies as st

from pingfen.calendar import (
    UnknownZoneError,
    computed_instant,
    date_of,
    day_number,
    day_of,
    instant_of,
    instant_text,
    load_transitions,
    local_of,
    midnight,
    month_of,
    month_text,
    move,
    offset_at,
    step_back,
    time_of_day,
    window_bounds,
    window_days,
    zone_names,
)
from pingfen.plan.events import Window

ZONES = (
    "Asia/Shanghai", "America/New_York", "America/Sao_Paulo", "Africa/Cairo", "Asia/Beirut", "Australia/Lord_Howe", "Europe/London", "Europe/Dublin",
    "Africa/Casablanca", "Pacific/Apia", "America/Havana", "Asia/Tehran", "Asia/Kathmandu", "Pacific/Chatham", "America/Nuuk", "Asia/Gaza", "UTC",
)  # fmt: skip
WEEK = 7 * 86_400


def section(title: str) -> list[list[str]]:
    """The rows of one table of the file of boundary cases."""
    text = (Path(__file__).parent / "calendar_boundaries.md").read_text("utf-8")
    body = text.split(f"## {title}", 1)[1].split("\n## ", 1)[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines() if line.startswith("|")]
    return rows[2:]


def seconds(text: str) -> int:
    """Seconds of `2026-06-10T10:30Z`, or of a local time by the wall clock."""
    return int(datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC).timestamp())


def clock(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def window(text: str) -> Window:
    length, unit, lag = re.fullmatch(r"(\d+) (days|(?:full )?months|full weeks|full quarters)(?: ending (\d+) days ago)?", text).groups()
    return Window(int(length), unit, int(lag or 0))


def python_zone(name: str) -> ZoneInfo:
    """Python's reader over the same pinned file."""
    with (Path(tzdata.__file__).parent / "zoneinfo" / name).open("rb") as file:
        return ZoneInfo.from_file(file, name)


def python_offset(instant: int, zone: ZoneInfo) -> int:
    moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=instant)
    return int(moment.astimezone(zone).utcoffset().total_seconds())


@pytest.mark.parametrize(("zone", "length", "as_of", "low", "high", "why"), section("Windows"))
def test_a_window_runs_from_local_midnight_to_local_midnight(zone: str, length: str, as_of: str, low: str, high: str, why: str) -> None:
    bounds = window_bounds(window(length), day_of(date.fromisoformat(as_of)), load_transitions(zone, 2000, 2030))
    assert bounds == (seconds(low), seconds(high)), why


@pytest.mark.parametrize(("zone", "local", "instant", "why"), section("Local times of the data"))
def test_a_local_time_of_the_data_is_the_earlier_instant_or_refused(zone: str, local: str, instant: str, why: str) -> None:
    expected = None if instant == "nothing" else seconds(instant)
    assert instant_of(seconds(local), load_transitions(zone, 2000, 2030)) == expected, why


@pytest.mark.parametrize(("zone", "time", "target", "instant", "why"), section("Computed local times"))
def test_a_moved_time_is_the_next_one_by_the_clock(zone: str, time: str, target: str, instant: str, why: str) -> None:
    moved = move(seconds(time), clock(target), clock("18:00"), clock("06:00"), load_transitions(zone, 2000, 2030))
    assert moved == seconds(instant), why


@pytest.mark.parametrize("name", sorted(zone_names()))
def test_every_zone_has_the_offsets_that_pythons_reader_finds(name: str) -> None:
    zone, other = load_transitions(name, 1990, 2060), python_zone(name)
    near = [instant + step for instant, _ in zone.changes for step in (-1, 0, 1)]
    far = range(seconds("1990-01-01"), seconds("2061-01-01"), 16 * WEEK)
    assert all(offset_at(instant, zone) == python_offset(instant, other) for instant in (*near, *far))


@pytest.mark.parametrize("name", ZONES)
def test_no_change_of_offset_is_missed(name: str) -> None:
    zone, other = load_transitions(name, 2000, 2045), python_zone(name)
    seen = [python_offset(instant, other) for instant in range(seconds("2000-01-01"), seconds("2046-01-01"), WEEK)]
    ours = [offset_at(instant, zone) for instant in range(seconds("2000-01-01"), seconds("2046-01-01"), WEEK)]
    assert ours == seen


@given(st.sampled_from(ZONES), st.integers(seconds("1995-01-01"), seconds("2045-01-01")))
def test_an_instant_comes_back_from_its_local_time_or_is_the_later_of_two(name: str, instant: int) -> None:
    zone = load_transitions(name, 1990, 2050)
    back = instant_of(local_of(instant, zone), zone)
    assert back is not None
    assert back == instant or (back < instant and local_of(back, zone) == local_of(instant, zone))


@given(st.sampled_from(ZONES), st.integers(seconds("1995-01-01"), seconds("2045-01-01")))
def test_a_local_time_is_read_as_python_reads_it_on_its_first_occurrence(name: str, local: int) -> None:
    zone, other = load_transitions(name, 1990, 2050), python_zone(name)
    naive = datetime.fromtimestamp(0, UTC).replace(tzinfo=None) + timedelta(seconds=local)
    instant = int(naive.replace(tzinfo=other, fold=0).timestamp())
    exists = local_of(instant, zone) == local
    assert instant_of(local, zone) == (instant if exists else None)


@given(st.sampled_from(ZONES), st.integers(seconds("1995-01-01"), seconds("2045-01-01")))
def test_a_computed_local_time_is_never_shown_earlier_by_the_clock(name: str, local: int) -> None:
    zone = load_transitions(name, 1990, 2050)
    instant = computed_instant(local, zone)
    assert local_of(instant, zone) >= local
    assert instant_of(local, zone) in (instant, None)
    assert local_of(instant, zone) == local or local_of(instant - 1, zone) < local


@given(st.sampled_from(ZONES), st.integers(day_of(date(1995, 1, 1)), day_of(date(2045, 1, 1))), st.integers(1, 400), st.integers(0, 60))
def test_consecutive_windows_meet_without_gap_or_overlap(name: str, day: int, length: int, lag: int) -> None:
    zone = load_transitions(name, 1990, 2050)
    low, high = window_bounds(Window(length, "days", lag), day, zone)
    before = window_bounds(Window(length, "days", lag + length), day, zone)
    assert before[1] == low <= high == midnight(day - lag, zone)


@given(st.integers(day_of(date(1900, 1, 1)), day_of(date(2100, 12, 31))), st.integers(1, 12), st.sampled_from(["full weeks", "full months", "full quarters"]))
def test_full_periods_follow_one_another_and_end_within_one_of_them(day: int, length: int, unit: Literal["full weeks", "full months", "full quarters"]) -> None:
    """The last n periods are the last one and the n - 1 before it; the day itself lies in the period that follows."""
    first, last = window_days(Window(length, unit), day)
    newest, end = window_days(Window(1, unit), day)
    assert end == last
    assert first is not None
    assert newest is not None
    assert window_days(Window(1, unit), last) == (newest, last)
    assert length == 1 or window_days(Window(length - 1, unit), newest) == (first, newest)
    assert last <= day < last + {"full weeks": 7, "full months": 31, "full quarters": 92}[unit]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(0, 240))
def test_stepping_back_by_months_keeps_the_day_or_takes_the_months_end(start: date, months: int) -> None:
    stepped = date_of(step_back(day_of(start), months))
    assert (start.year * 12 + start.month) - (stepped.year * 12 + stepped.month) == months
    assert stepped.day == start.day or (stepped.day < start.day and (stepped + timedelta(days=1)).month != stepped.month)


@given(st.sampled_from(ZONES), st.integers(seconds("1995-01-01"), seconds("2045-01-01")))
def test_month_and_time_of_day_are_those_of_the_local_clock(name: str, instant: int) -> None:
    zone, other = load_transitions(name, 1990, 2050), python_zone(name)
    shown = (datetime.fromtimestamp(0, UTC) + timedelta(seconds=instant)).astimezone(other)
    assert month_of(instant, zone) == shown.year * 12 + shown.month - 1
    assert time_of_day(instant, zone) == shown.hour * 3600 + shown.minute * 60 + shown.second


def test_a_date_that_no_calendar_has_is_nothing() -> None:
    assert day_number(2026, 2, 29) is None
    assert day_number(2024, 2, 29) == day_of(date(2024, 2, 29))


def test_local_times_and_months_are_written_without_needless_zeros() -> None:
    assert instant_text(seconds("2026-06-10T18:30Z")) == "2026-06-10 18:30"
    assert instant_text(seconds("2026-06-10T18:30:05Z")) == "2026-06-10 18:30:05"
    assert month_text(2026 * 12 + 5) == "2026-06"


@pytest.mark.parametrize("name", ["Asia/Shangai", "../../etc/passwd", "", "asia/shanghai"])
def test_a_zone_that_the_zone_data_does_not_have_is_refused(name: str) -> None:
    with pytest.raises(UnknownZoneError):
        load_transitions(name, 2000, 2030)
