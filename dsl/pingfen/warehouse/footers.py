"""What Parquet files themselves say of their timestamps: points in time, or local ones.

DuckDB reads INT96, which Spark, Hive and Impala write for points in time, as local; and it casts files of both kinds to one without a word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from os import PathLike

import pyarrow as pa
from pyarrow import parquet

INSTANT, LOCAL, MIXED = "timestamp with time zone", "timestamp without time zone", "timestamp, with and without time zone"


def clocks_in(paths: Iterable[str | PathLike[str]]) -> Mapping[str, str]:
    """The columns of timestamps, each INSTANT, LOCAL, or MIXED where files differ. Raises ArrowException."""
    zoned: defaultdict[str, set[bool]] = defaultdict(set)
    for path in paths:
        schema = parquet.read_metadata(path).schema
        leaves = (schema.column(index) for index in range(len(schema)))
        instants = {leaf.path for leaf in leaves if leaf.physical_type == "INT96"}
        for field in schema.to_arrow_schema():
            if pa.types.is_timestamp(field.type):
                zoned[field.name].add(field.type.tz is not None or field.name in instants)
    return {name: MIXED if len(found) > 1 else INSTANT if True in found else LOCAL for name, found in zoned.items()}


def kinds_with_clocks(kinds: Mapping[str, str], paths: Iterable[str | PathLike[str]]) -> dict[str, str]:
    """DuckDB's types of the columns of files, with those of timestamps as the files' own footers say them; a column of both kinds has no type that is read."""
    stamps = {name: kind for name, kind in kinds.items() if kind.startswith("TIMESTAMP")}
    clocks = clocks_in(paths) if stamps else {}
    return {**kinds, **{name: _kind(kind, clocks.get(name, "")) for name, kind in stamps.items()}}


def _kind(kind: str, clock: str) -> str:
    if clock == MIXED:
        return MIXED
    return "TIMESTAMP WITH TIME ZONE" if clock == INSTANT and "ZONE" not in kind and "TZ" not in kind else kind
