"""JSON lines as a Parquet file of texts: numbers keep the digits that were written, which the engine's own reader would make binary floats of."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

_BATCH = 50_000
FILE, ROW, BROKEN, NESTED = "file", "row", "broken", "nested"


@frozen
class Staged:
    """All names that were seen, and the wanted columns in which an object or a list stands somewhere."""

    seen: frozenset[str]
    nested: frozenset[str]


def stage_json_lines(paths: Sequence[Path], columns: Sequence[str], target: Path) -> Staged:
    """Write the wanted columns of all lines, as `c0`, `c1`, ... Beside them stand `file`, `row` (counted from 1), `broken`: why a line is no object, and
    `nested`: the columns in which an object or a list stands."""
    names = {column: f"c{index}" for index, column in enumerate(columns)}
    texts = [(name, pa.string()) for name in names.values()]
    schema = pa.schema([(FILE, pa.string()), (ROW, pa.int64()), (BROKEN, pa.string()), (NESTED, pa.list_(pa.string())), *texts])
    seen: set[str] = set()
    nested: set[str] = set()
    with pq.ParquetWriter(target, schema) as writer:
        lines = (line for path in paths for line in _lines(path))
        while batch := list(islice(lines, _BATCH)):
            seen.update(name for _, _, item, _ in batch for name in item)
            inner = [[column for column in names if isinstance(item.get(column), dict | list)] or None for _, _, item, _ in batch]
            nested.update(column for columns_inside in inner if columns_inside for column in columns_inside)
            rows = [
                {FILE: file, ROW: row, BROKEN: broken, NESTED: found, **_wanted(item, names)}
                for (file, row, item, broken), found in zip(batch, inner, strict=True)
            ]
            writer.write_batch(pa.RecordBatch.from_pylist(rows, schema))
    return Staged(frozenset(seen), frozenset(nested))


def _wanted(item: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str | None]:
    return {name: _text(item.get(column)) for column, name in names.items()}


def _lines(path: Path) -> Iterator[tuple[str, int, dict[str, Any], str | None]]:
    with _opened(path) as stream:
        for row, line in enumerate(stream, start=1):
            if line.strip():
                item, broken = _object(line)
                yield str(path), row, item, broken


def _opened(path: Path) -> BinaryIO | gzip.GzipFile:
    return gzip.open(path, "rb") if path.suffix == ".gz" else open(path, "rb")


def _object(line: bytes) -> tuple[dict[str, Any], str | None]:
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return {}, "wrong-encoding"
    try:
        item = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        return {}, "broken-row"
    return (item, None) if isinstance(item, dict) else ({}, "broken-row")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    item = dict(pairs)
    if len(item) != len(pairs):
        raise ValueError("a name is there twice")
    return item


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)
