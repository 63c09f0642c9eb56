"""The ways in which a column of an engine may hold clean values: its type there, the cast that a mapping names for it, and how each value is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta

from attrs import frozen

from pingfen.calendar import instant_of, local_of
from pingfen.plan.events import Transitions
from pingfen.plan.quantity import Numeric, Truth, Type, Words
from pingfen.plan.values import decimal_text
from pingfen.sql.constants import NO, YES
from pingfen.sql.readings import PER_SECOND, SECONDS

from ..clean import Clean

Write = Callable[[Clean], str]
Number = Callable[[int], int]
FIRST = datetime(1970, 1, 1)
BYTE, SHORT, INT, LONG, HUGE = 2**7, 2**15, 2**31, 2**63, 2**127


@frozen
class Form:
    """A type of an engine, how a clean value is written there, and the cast."""

    type: str
    write: Write
    cast: str | None = None


@frozen
class Column:
    """What a form must hold: an engine's name, the column's type, its given values, and the zone of its local times."""

    engine: str
    kind: Type
    values: tuple[Clean, ...]
    zone: Transitions

    @property
    def numbers(self) -> tuple[int, ...]:
        """The values as whole numbers."""
        return tuple(value for value in self.values if isinstance(value, int))


def forms_of(column: Column) -> list[Form]:
    """Every form that holds the column's values."""
    match column.kind:
        case Numeric(unit="time"):
            return [*_times(column)]
        case Numeric(unit="date"):
            return [*_dates(column)]
        case Numeric(unit="duration"):
            return [*_durations(column)]
        case Numeric():
            return [*_numbers(column, column.kind)]
        case Truth():
            return [*_flags(column.engine)]
        case Words():
            return [*_texts(column, column.kind)]
        case _:
            raise AssertionError(column.kind)


def constant_text(column: Column) -> str | None:
    """The text of a constant that stands for the whole column, None where its values differ or there are none."""
    found = set(column.values)
    if len(found) != 1:
        return None
    value = found.pop()
    match column.kind:
        case Numeric(unit="time"):
            return f"{_stamp(value)}Z"
        case Numeric(unit="date"):
            return _day(value)
        case Numeric(places=places):
            assert isinstance(value, int)
            return decimal_text(value, places)
        case Truth():
            return (YES if value else NO)[3]
        case _:
            return str(value)


WHOLE: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "duckdb": {"BIGINT": (-LONG, LONG), "INTEGER": (-INT, INT), "SMALLINT": (-SHORT, SHORT), "TINYINT": (-BYTE, BYTE), "UTINYINT": (0, 2 * BYTE),
               "USMALLINT": (0, 2 * SHORT), "UINTEGER": (0, 2 * INT), "UBIGINT": (0, 2 * LONG), "HUGEINT": (-HUGE, HUGE)},
    "spark": {"BIGINT": (-LONG, LONG), "INT": (-INT, INT), "SMALLINT": (-SHORT, SHORT), "TINYINT": (-BYTE, BYTE)},
    "postgres": {"bigint": (-LONG, LONG), "integer": (-INT, INT), "smallint": (-SHORT, SHORT)},
    "clickhouse": {"Int64": (-LONG, LONG), "Int32": (-INT, INT), "Int16": (-SHORT, SHORT), "Int8": (-BYTE, BYTE), "UInt8": (0, 2 * BYTE),
                   "UInt16": (0, 2 * SHORT), "UInt32": (0, 2 * INT), "UInt64": (0, 2 * LONG), "Int128": (-HUGE, HUGE), "UInt256": (0, HUGE)},
}  # fmt: skip
DECIMAL: Mapping[str, tuple[tuple[str, int], ...]] = {
    "duckdb": (("DECIMAL(38,{})", 38), ("DECIMAL(18,{})", 18), ("DECIMAL(9,{})", 9)),
    "spark": (("DECIMAL(38,{})", 38), ("DECIMAL(18,{})", 18), ("DECIMAL(12,{})", 12)),
    "postgres": (("numeric(38,{})", 38), ("numeric(15,{})", 15), ("numeric", 60)),
    "clickhouse": (("Decimal(38,{})", 38), ("Decimal(18,{})", 18), ("Decimal(9,{})", 9), ("Decimal(76,{})", 76)),
}
FLOAT: Mapping[str, tuple[tuple[str, int], ...]] = {
    "duckdb": (("DOUBLE", 10**14), ("REAL", 10**6)),
    "spark": (("DOUBLE", 10**14), ("FLOAT", 10**6)),
    "postgres": (("double precision", 10**14), ("real", 10**6)),
    "clickhouse": (("Float64", 10**14), ("Float32", 10**6)),
}
"""The scaled numbers below which the nearest float, times the power of ten, is nearest to the number itself."""


def _whole(column: Column, number: Number, cast: str | None = None) -> Iterator[Form]:
    """Whole types with room for the number that stands for each value."""
    numbers = [number(value) for value in column.numbers]
    for name, (low, high) in WHOLE[column.engine].items():
        if all(low <= each < high for each in numbers):
            yield Form(name, lambda value: str(number(_int(value))), cast)


def _decimals(column: Column, places: int, number: Number, cast: str | None = None) -> Iterator[Form]:
    """Decimals of `places` and more, with room for the number (at that scale) that stands for each value."""
    most = max((abs(number(value)) for value in column.numbers), default=0) // 10**places
    for name, digits in DECIMAL[column.engine]:
        for more in (0, 3):
            if len(str(most)) + places + more <= digits:
                yield Form(name.format(places + more), lambda value: decimal_text(number(_int(value)), places), cast)


def _numbers(column: Column, kind: Numeric) -> Iterator[Form]:
    yield from _scaled(column, kind.places, None)
    if kind.unit == "share" and kind.places >= 2:
        yield from _scaled(column, kind.places - 2, "percent")


def _scaled(column: Column, places: int, cast: str | None) -> Iterator[Form]:
    power, most = 10**places, max((abs(value) for value in column.numbers), default=0)
    if places:
        yield from _decimals(column, places, int, cast)
    if all(value % power == 0 for value in column.numbers):
        yield from _whole(column, lambda value: value // power, cast)
    for name, reach in FLOAT[column.engine]:
        if most < reach:
            yield Form(name, lambda value: repr(float(decimal_text(_int(value), places))), cast)


def _durations(column: Column) -> Iterator[Form]:
    """Seconds, or another unit of which a value is cut back to its second."""
    yield from _whole(column, int)
    yield from _decimals(column, 3, lambda value: value * 1000 + 999)
    yield _float(column, 1, None)
    for cast, size in SECONDS.items():
        yield from _in_units(column, size, cast)


def _in_units(column: Column, size: int, cast: str) -> Iterator[Form]:
    if all(value % size == 0 for value in column.numbers):
        yield from _whole(column, lambda value: value // size, cast)
    yield from _decimals(column, 9, lambda value: -(-value * 10**9 // size), cast)
    yield _float(column, size, cast)


def _float(column: Column, size: int, cast: str | None) -> Form:
    """Half a second more, so that no float is nearest to less than its second."""
    return Form(FLOAT[column.engine][0][0], lambda value: repr((_int(value) + 0.5) / size), cast)


@frozen
class _Stamp:
    """A type of timestamps: whether it is local, the digits of a second that it holds, and the years that it has."""

    type: str
    local: bool = False
    digits: int = 6
    first: int = 1
    last: int = 9999


STAMPS: Mapping[str, tuple[_Stamp, ...]] = {
    "duckdb": (_Stamp("TIMESTAMPTZ"), _Stamp("TIMESTAMP", local=True), _Stamp("TIMESTAMP_S", True, 0), _Stamp("TIMESTAMP_MS", True, 3),
               _Stamp("TIMESTAMP_NS", True, 9, 1680, 2260)),
    "spark": (_Stamp("TIMESTAMP"), _Stamp("TIMESTAMP_NTZ", local=True)),
    "postgres": (_Stamp("timestamp with time zone"), _Stamp("timestamp without time zone", local=True), _Stamp("timestamptz(0)", digits=0),
                 _Stamp("timestamp(3)", True, 3)),
    "clickhouse": (_Stamp("DateTime64(6, 'UTC')", first=1901, last=2298), _Stamp("DateTime('UTC')", False, 0, 1971, 2105),
                   _Stamp("DateTime64(3, 'America/New_York')", False, 3, 1901, 2298), _Stamp("DateTime64(9, 'UTC')", False, 9, 1901, 2261)),
}  # fmt: skip
MIDNIGHTS: Mapping[str, tuple[str, ...]] = {
    "duckdb": ("TIMESTAMP",),
    "spark": ("TIMESTAMP_NTZ",),
    "postgres": ("timestamp without time zone",),
    "clickhouse": (),
}


def _times(column: Column) -> Iterator[Form]:
    years = {(FIRST + timedelta(seconds=value)).year for value in column.numbers}
    wall = {value: local_of(value, column.zone) for value in column.numbers}
    plain = all(instant_of(local, column.zone) == value for value, local in wall.items())  # a time that is shown twice, the second time, is an instant alone
    for stamp in STAMPS[column.engine]:
        if all(stamp.first <= year <= stamp.last for year in years) and (plain or not stamp.local):
            yield _stamped(stamp, wall)
    for cast, parts in PER_SECOND.items():
        yield from _counted(column, parts, cast)
    if plain and all(local % 86400 == 0 for local in wall.values()):
        yield Form("Date32" if column.engine == "clickhouse" else "DATE", lambda value: _day(wall[_int(value)] // 86400), "time")


def _stamped(stamp: _Stamp, wall: Mapping[int, int]) -> Form:
    """The last instant of the second that the type holds."""
    fraction = f".{'9' * stamp.digits}" * bool(stamp.digits)
    if stamp.local:
        return Form(stamp.type, lambda value: _stamp(wall[_int(value)]) + fraction)
    return Form(stamp.type, lambda value: f"{_stamp(value)}{fraction}+00:00")


def _counted(column: Column, parts: int, cast: str) -> Iterator[Form]:
    """Parts of a second since 1970: the last one of the second."""
    return _whole(column, lambda value: value * parts + parts - 1, cast)


def _dates(column: Column) -> Iterator[Form]:
    if column.engine == "clickhouse":
        yield Form("Date32", _day)
        if all(0 <= value < 65536 for value in column.numbers):
            yield Form("Date", _day)
    else:
        yield Form("DATE", _day)
    for name in MIDNIGHTS[column.engine]:
        yield Form(name, lambda value: f"{_day(value)} 00:00:00")
        yield Form(name, lambda value: f"{_day(value)} 23:59:59.999999", "date")


def _flags(engine: str) -> Iterator[Form]:
    yield Form({"clickhouse": "Bool"}.get(engine, "BOOLEAN"), lambda value: str(value).lower())
    for name in WHOLE[engine]:
        yield Form(name, lambda value: str(int(bool(value))))
    yield from (_worded(engine, yes, no) for yes, no in zip(YES, NO, strict=True))


def _worded(engine: str, yes: str, no: str) -> Form:
    return Form(TEXT[engine][0], lambda value: yes if value else no)


TEXT: Mapping[str, tuple[str, ...]] = {
    "duckdb": ("VARCHAR",),
    "spark": ("STRING",),
    "postgres": ("text", "varchar(200)"),
    "clickhouse": ("String", "LowCardinality(Nullable(String))"),
}


def _texts(column: Column, kind: Words) -> Iterator[Form]:
    yield from (Form(name, str) for name in TEXT[column.engine])
    words = ", ".join("'" + word.replace("'", "''") + "'" for word in kind.options)
    if words and column.engine == "duckdb":
        yield Form(f"ENUM({words})", str)
    if words and column.engine == "clickhouse":
        yield Form(f"Enum8({words})", str)
    if all(isinstance(value, str) and value.isascii() and value.isdigit() and str(int(value)) == value for value in column.values):
        for name, (_, high) in WHOLE[column.engine].items():
            if all(int(str(value)) < high for value in column.values):
                yield Form(name, str)


def _int(value: Clean) -> int:
    assert isinstance(value, int)
    return value


def _stamp(seconds: Clean) -> str:
    return str(FIRST + timedelta(seconds=_int(seconds)))


def _day(days: Clean) -> str:
    return (date(1970, 1, 1) + timedelta(days=_int(days))).isoformat()
