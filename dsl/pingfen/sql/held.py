"""How an engine's column holds its values: a family for each type that engines have, by the type's name there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from attrs import frozen

Family = Literal["text", "whole", "decimal", "double", "flag", "date", "local", "instant"]


@frozen
class Held:
    """A family of types, with the places of a decimal, and those of a timestamp's seconds where these are more than 6.

    `local` is a timestamp without a zone, `instant` one that is a point in time.
    """

    family: Family
    places: int = 0


_COMMON: Mapping[str, Family] = {
    **dict.fromkeys(["text", "string", "varchar", "char", "character", "character varying", "bpchar", "uuid", "enum", "enum8", "enum16"], "text"),
    **dict.fromkeys(["whole", "tinyint", "smallint", "int", "integer", "bigint", "byte", "short", "long", "int2", "int4", "int8", "int16", "int32"], "whole"),
    **dict.fromkeys(["int64", "int128", "int256", "uint8", "uint16", "uint32", "uint64", "uint128", "uint256", "hugeint", "largeint"], "whole"),
    **dict.fromkeys(["utinyint", "usmallint", "uinteger", "ubigint", "uhugeint"], "whole"),
    **dict.fromkeys(["decimal", "numeric", "dec", "number", "bignumeric", "decimal32", "decimal64", "decimal128", "decimal256"], "decimal"),
    **dict.fromkeys(["double", "float", "real", "double precision", "float4", "float8", "float32", "float64"], "double"),
    **dict.fromkeys(["flag", "boolean", "bool"], "flag"),
    **dict.fromkeys(["date", "date32"], "date"),
    **dict.fromkeys(["local", "timestamp_ntz", "timestamp without time zone"], "local"),
    **dict.fromkeys(["instant", "timestamptz", "timestamp with time zone", "timestamp_ltz", "timestamp_tz", "timestamp with local time zone"], "instant"),
}
_OWN: Mapping[str, Mapping[str, Family]] = {
    "duckdb": {
        "timestamp": "local",
        "timestamp_s": "local",
        "timestamp_ms": "local",
        "timestamp_ns": "local",
        "timestamptz_ns": "instant",
        "datetime": "local",
    },
    "spark": {"timestamp": "instant"},
    "postgres": {"timestamp": "local"},
    "clickhouse": {"datetime": "instant", "datetime64": "instant", "datetime32": "instant", "timestamp": "instant"},
    "hive": {"timestamp": "local"},
    "doris": {"datetime": "local", "datetimev2": "local", "datev2": "date", "decimalv3": "decimal"},
    "starrocks": {"datetime": "local"},
    "mysql": {"datetime": "local", "timestamp": "instant"},
    "trino": {"timestamp": "local"},
    "bigquery": {"datetime": "local", "timestamp": "instant"},
    "snowflake": {"timestamp": "local", "datetime": "local", "timestampntz": "local", "timestampltz": "instant", "timestamptz": "instant"},
}
_WRAPPED = re.compile(r"(?:nullable|lowcardinality)\((.*)\)")
_TYPE = re.compile(r"([a-z_0-9 ]+?)\s*(?:\(([^()]*)\))?(\s+[a-z ]+)?")
# where a decimal's type names no places: those of the engine, or of numbers that have any
_WITHOUT_PLACES: Mapping[str, int] = {"postgres": 38, "bigquery": 9, "spark": 0, "hive": 0, "mysql": 0, "trino": 0, "snowflake": 0, "duckdb": 3}


def held_of(engine: str, type_text: str) -> Held | None:
    """How a column of that type holds its values on an engine; None for a type that no column of a ruleset can be read from."""
    written = type_text.strip().lower()
    while found := _WRAPPED.fullmatch(written):
        written = found[1].strip()
    if written.startswith(("enum8(", "enum16(", "enum(")):
        return Held("text")
    parts = _TYPE.fullmatch(written)
    if parts is None:
        return None
    base = parts[1] + (parts[3] or "")
    family = _OWN.get(engine, {}).get(base) or _COMMON.get(base)
    if family is None:
        return None
    return Held(family, _places(engine, parts[1], parts[2]) if family == "decimal" else _fine(parts[1], parts[2]))


def _fine(base: str, arguments: str | None) -> int:
    """The places of a timestamp's seconds, where an engine's functions would round them or cut them toward 1970; 0 where they are fine."""
    if base.endswith("_ns"):
        return 9
    places = int(arguments.split(",")[0]) if base == "datetime64" and arguments else 0
    return places if places > 6 else 0


def _places(engine: str, base: str, arguments: str | None) -> int:
    if not arguments:
        return _WITHOUT_PLACES.get(engine, 0)
    numbers = [int(item) for item in arguments.split(",")]
    return numbers[-1] if len(numbers) > 1 or base in ("decimal32", "decimal64", "decimal128", "decimal256") else 0
