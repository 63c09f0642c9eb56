"""Durations and times from files are cut downward as integers and decimals of Python are; nothing rounds before."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.source import Source
from pingfen.warehouse import RefusedDataError, Request
from pingfen.warehouse.run import score

from ..floors import floor_of

TEXT = """
ruleset cuts.case
version "1"
effective from 1960-01-01
cites "language.md"
timezone "Asia/Shanghai"
years 1960 .. 2030
subject s
events o {
  id text key
  s text subject
  t time happens
  w duration -20000 days .. 20000 days optional
  on date optional
}
metric n = count of o over last 1 days
metric evening = count of o with t in 18:00 .. 00:00 over last 1 days
metric w = sum of w in o over last 30 days missing 0 seconds
metric promised = share with on given and on < 2026-05-31 of o over last 30 days to 1%
gate g open when n >= 1 and evening >= 1 and w > 1 seconds and promised given
"""
AS_OF = date(2026, 5, 31)
DAY = pa.scalar(1_780_100_000, pa.timestamp("s"))
FACTORS = {None: 1, "minutes": 60, "hours": 3_600, "days": 86_400}


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The ruleset, compiled once."""
    compiled = compile_source(Source("t.pf", TEXT))
    assert compiled.plan is not None, compiled.diagnostics
    return compiled.plan


def scored(plan: Plan, columns: dict[str, Any], cast: str | None = None, as_of: date = AS_OF) -> list[dict[str, Any]]:
    """The results of one row for each subject, in the order of the rows."""
    count = len(next(iter(columns.values())))
    names = [f"s{index:04d}" for index in range(count)]
    table = pa.table({"id": names, "s": names, "t": pa.array([DAY.as_py()] * count, pa.timestamp("s")), **columns})
    mapping = {"events": {"o": {"columns": {"w": {"column": "w", "cast": cast}}}}} if cast else None
    rows: list[dict[str, Any]] = score(plan, "digest", Request({"o": table}, as_of, mapping=mapping, threads=1)).table.to_pylist()
    return rows


def random_cells(places: int, chance: random.Random) -> list[str]:
    """Decimals of both signs, most of them next to whole seconds."""
    cells = []
    for _ in range(60):
        whole = chance.choice([0, chance.randrange(9), chance.randrange(10 ** min(4, 38 - places))]) if places < 38 else 0
        part = max(chance.randrange(86_400) * 10**places // 86_400 + chance.choice([-1, 0, 1]), 0)
        cells.append(f"{chance.choice(['', '-'])}{whole}.{part:0{places}d}")
    return cells


@pytest.mark.parametrize("places", [1, 9, 16, 18, 19, 33, 38, 39])
def test_durations_are_the_floors_of_exact_products(plan: Plan, places: int) -> None:
    """Texts and decimals of all lengths, in every unit."""
    cells = random_cells(places, random.Random(places))
    kinds = [pa.array(cells), *([pa.array([Decimal(cell) for cell in cells], pa.decimal128(38, places))] if places < 39 else [])]
    for cast, factor in FACTORS.items():
        for column in kinds:
            assert [row["metric.w"] for row in scored(plan, {"w": column}, cast)] == [floor_of(cell, factor) for cell in cells], (cast, column.type)


def test_ways_to_write_a_number_are_read_alike(plan: Plan) -> None:
    cells = ["+.5", "-.5", "7.", "-7.", "+007.25", "-0.0", "1." + "0" * 50, "-" + "0" * 40 + "1.5"]
    assert [row["metric.w"] for row in scored(plan, {"w": pa.array(cells)})] == [0, -1, 7, -7, 7, 0, 1, -2]


@pytest.mark.parametrize(
    ("cell", "code"),
    [("0." + "0" * 39 + "1", "too-many-places-in-data"), ("1e1", "unreadable-cell"), ("9" * 60, "cell-out-of-range"), ("9" * 20, "cell-out-of-range")],
)
def test_what_cannot_be_read_is_refused(plan: Plan, cell: str, code: str) -> None:
    with pytest.raises(RefusedDataError) as refusal:
        scored(plan, {"w": pa.array([cell])})
    assert [item.code for item in refusal.value.diagnostics] == [code]


def test_floats_of_32_bits_are_multiplied_in_64(plan: Plan) -> None:
    rows = scored(plan, {"w": pa.array([49549.2, 12963.667], pa.float32())}, "hours")
    assert [row["metric.w"] for row in rows] == [178_377_117, 46_669_201]


@pytest.mark.parametrize("zone", [None, "UTC"])
def test_nanoseconds_are_cut_downward_to_the_second(plan: Plan, zone: str | None) -> None:
    """The last nanosecond of a day is on that day, before 1970 too; a subject whose only row is of the day after is not there."""
    for as_of in (AS_OF, date(1970, 1, 1), date(1965, 3, 4)):
        midnight = (as_of - date(1970, 1, 1)).days * 86_400 * 10**9 - (8 * 3_600 * 10**9 if zone else 0)
        stamps = [midnight - 1, midnight - 999, midnight - 1_000, midnight, midnight - 21_600 * 10**9 - 1]
        rows = scored(plan, {"t": pa.array(stamps, pa.timestamp("ns", zone))}, as_of=as_of)
        assert [(row["metric.n"], row["metric.evening"]) for row in rows] == [(1, 1), (1, 1), (1, 1), (1, 0)]


def test_dates_of_nanoseconds_are_the_days_that_they_are_on(plan: Plan) -> None:
    stamps = pa.array([1_780_185_599_999_999_999, 1_780_185_600_000_000_000], pa.timestamp("ns"))
    count = {"t": pa.array([DAY.as_py()] * 2, pa.timestamp("s")), "on": stamps}
    names = ["a", "b"]
    mapping = {"events": {"o": {"columns": {"on": {"column": "on", "cast": "date"}}}}}
    table = pa.table({"id": names, "s": names, **count})
    rows = score(plan, "digest", Request({"o": table}, AS_OF, mapping=mapping, threads=1)).table.to_pylist()
    assert [row["metric.promised"] for row in rows] == [1, 0]
    with pytest.raises(RefusedDataError):
        score(plan, "digest", Request({"o": table}, AS_OF, threads=1))
