"""Durations and times are cut downward on every engine as integers and decimals of Python are, however many digits a column holds; nothing rounds before."""

from __future__ import annotations

import random
import struct
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

import pytest
from sqlglot import exp

from pingfen.calendar import load_transitions
from pingfen.plan.quantity import Numeric
from pingfen.sql.dialects import dialect_of
from pingfen.sql.held import Held, held_of
from pingfen.sql.readings import Reader, Reading
from pingfen.sql.stairs import Stairs, with_needed
from pingfen.sql.trees import aliased, column, relation

from ..floors import floor_of
from .databases import Database

DURATION = Numeric("duration", 0, -(10**15), 10**15)
TIME = Numeric("time", 0, -(2**62), 2**62)
FACTORS: Mapping[str | None, int] = {None: 1, "minutes": 60, "hours": 3_600, "days": 86_400}
DECIMALS = {"duckdb": "DECIMAL({},{})", "spark": "DECIMAL({},{})", "postgres": "numeric({},{})", "clickhouse": "Decimal({},{})"}
KEYS = {"duckdb": "BIGINT", "spark": "BIGINT", "postgres": "bigint", "clickhouse": "Int64"}
FLOATS = {"duckdb": "FLOAT", "spark": "FLOAT", "postgres": "real", "clickhouse": "Float32"}
NANOSECONDS = {"duckdb": ("TIMESTAMP_NS", "TIMESTAMPTZ_NS"), "clickhouse": ("DateTime64(9, 'UTC')", "DateTime64(9, 'UTC')")}
WRITTEN = [
    "0.6666666666666666",
    "0.3333333333333333",
    "-0.6666666666666666",
    "2.9999999999999999",
    "-0.0000000000000001",
    "-7.0000000000000000",
    "0.9999999999999999",
]


def read(database: Database, engine_type: str, held: Held | None, cells: Sequence[str], kind: Numeric, cast: str | None) -> list[object]:
    """What the statement reads in a column of these cells, times in seconds of the clock that they are on."""
    database.make("cuts", {"n": KEYS[database.name], "v": engine_type}, [(str(index), cell) for index, cell in enumerate(cells)])
    spell = dialect_of(database.name)
    for line in spell.settings if database.name != "spark" else ():
        database.run(line)
    stairs = Stairs("raw", exp.Select(expressions=[column("n"), column("v")]).from_(relation("cuts")), {"n": 0, "v": 0})
    assert held is not None
    reading: Reading | None = Reader(spell, stairs.share, load_transitions("UTC", 1900, 2100), 1900, 2100).read(column("v"), held, kind, cast)
    assert reading is not None
    value = stairs.share(spell.seconds_of(reading.value, reading.form))
    select = exp.Select(expressions=[aliased(column("n"), "n"), aliased(value, "value")]).from_(relation(stairs.top)).order_by(column("n"))
    return [row[1] for row in database.rows(spell.generate(with_needed(select, stairs.chain())))]


def decimals_read(database: Database, digits: int, places: int, cells: Sequence[str], cast: str | None) -> list[object]:
    """Durations read in decimals of so many digits."""
    engine_type = DECIMALS[database.name].format(digits, places)
    return read(database, engine_type, held_of(database.name, engine_type), cells, DURATION, cast)


def random_cells(places: int, chance: random.Random) -> list[str]:
    """Decimals of all sizes and of both signs, most of them next to whole seconds."""
    cells = []
    for _ in range(60):
        whole = chance.choice([0, 1, chance.randrange(100), chance.randrange(10 ** min(9, 38 - places)) if places < 38 else 0])
        part = chance.randrange(86_400) * 10**places // 86_400 + chance.choice([-1, 0, 1])
        scaled = (min(whole, 10 ** (38 - places) - 1) * 10**places + max(part, 0)) * chance.choice([1, -1])
        cells.append(f"{Decimal(scaled).scaleb(-places):f}" if places < 28 else _spelled(scaled, places))
    return cells


def _spelled(scaled: int, places: int) -> str:
    digits = str(abs(scaled)).rjust(places + 1, "0")
    return f"{'-' if scaled < 0 else ''}{digits[:-places]}.{digits[-places:]}"


@pytest.mark.parametrize("database", ["duckdb", "clickhouse"], indirect=True)
@pytest.mark.parametrize("places", [1, 9, 16, 18, 19, 30, 33, 37, 38])
def test_durations_of_decimals_are_the_floors_of_exact_products(database: Database, places: int) -> None:
    cells = random_cells(places, random.Random(places))
    for cast, factor in FACTORS.items():
        expected = [floor_of(cell, factor) for cell in cells]
        assert decimals_read(database, 38, places, cells, cast) == [value if abs(value) <= 10**15 else None for value in expected], cast


@pytest.mark.parametrize(("digits", "places"), [(9, 4), (9, 9), (18, 12), (18, 2)])
def test_products_of_narrow_decimals_have_room(database: Database, digits: int, places: int) -> None:
    """The widest number of a type that has no digits for its seconds."""
    cells = [_spelled(sign * (10**digits - 1), places) if places else str(sign * (10**digits - 1)) for sign in (1, -1)]
    for cast, factor in FACTORS.items():
        expected = [floor_of(cell, factor) for cell in cells]
        assert decimals_read(database, digits, places, cells, cast) == [value if abs(value) <= 10**15 else None for value in expected], cast


@pytest.mark.parametrize("places", [16, 30])
def test_durations_of_decimals_are_cut_downward(database: Database, places: int) -> None:
    for cast in ("hours",):
        assert decimals_read(database, 38, places, WRITTEN, cast) == [floor_of(cell, FACTORS[cast]) for cell in WRITTEN]


def test_what_spark_would_round_is_no_duration() -> None:
    """Its products have 38 digits: more than 31 places leave none for the seconds of a day."""
    reader = Reader(dialect_of("spark"), lambda tree: tree, load_transitions("UTC", 1900, 2100), 1900, 2100)
    assert reader.read(column("v"), Held("decimal", 31), DURATION, "days") is not None
    assert reader.read(column("v"), Held("decimal", 32), DURATION, "days") is None
    assert reader.read(column("v"), Held("decimal", 38), DURATION) is not None


def test_floats_of_32_bits_are_multiplied_in_64(database: Database) -> None:
    cells = ["49549.2", "12963.667", "-49549.2", "0.1"]
    numbers = [struct.unpack("f", struct.pack("f", float(cell)))[0] for cell in cells]
    expected = [int(Decimal(number * 3_600.0).to_integral_value(ROUND_FLOOR)) for number in numbers]
    assert expected[:2] == [178_377_117, 46_669_201]
    assert read(database, FLOATS[database.name], Held("double"), cells, DURATION, "hours") == expected


@pytest.mark.parametrize("database", ["duckdb", "clickhouse"], indirect=True)
def test_nanoseconds_are_cut_downward_to_the_second(database: Database) -> None:
    chance = random.Random(5)
    edges = [1_780_185_599_999_999_999, -1, 0, 1, -1_000, -999, -1_000_000_000, 999_999_999, -1_000_000_001]
    stamps = edges + [chance.randrange(-(2 * 10**18), 4 * 10**18) for _ in range(50)]
    stamps += [chance.randrange(-(2 * 10**9), 4 * 10**9) * 10**9 + chance.choice([-1, 0, 1, -500, 500]) for _ in range(50)]
    for family, engine_type in zip(("local", "instant"), NANOSECONDS[database.name], strict=True):
        held = held_of(database.name, engine_type)
        assert held is not None
        assert read(database, engine_type, Held(family, held.places), [_written(stamp) for stamp in stamps], TIME, None) == [  # type: ignore[arg-type]
            stamp // 10**9 for stamp in stamps
        ]


@pytest.mark.parametrize("database", ["duckdb", "clickhouse"], indirect=True)
def test_dates_of_nanoseconds_are_the_days_that_they_are_on(database: Database) -> None:
    stamps = [1_780_185_599_999_999_999, -1, 0, 86_400 * 10**9 - 1, -86_400 * 10**9 - 1]
    engine_type = NANOSECONDS[database.name][0]
    held = held_of(database.name, engine_type)
    assert held is not None
    dates = Numeric("date", 0, -(2**40), 2**40)
    assert read(database, engine_type, Held("local", held.places), [_written(stamp) for stamp in stamps], dates, "date") == [
        stamp // (86_400 * 10**9) for stamp in stamps
    ]


def _written(stamp: int) -> str:
    """`2026-05-30 23:59:59.999999999` of nanoseconds since 1970."""
    second, rest = divmod(stamp, 10**9)
    return f"{datetime(1970, 1, 1) + timedelta(seconds=second)}.{rest:09d}"
