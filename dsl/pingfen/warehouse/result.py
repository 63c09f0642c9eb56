"""What a run gives: one row a subject, the rejects and counts, and what the result was made from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
from attrs import asdict, define, frozen

from ..diagnostics.diagnostic import Diagnostic
from ..plan.quantity import Exact, Numeric, Truth
from ..sql.natural import constants_beside, lists_beside, name_of
from ..sql.scoring import Shown
from ..writing import whole_file
from .digests import InputDigest
from .refusal import refuse

METADATA_KEY = b"pingfen"


@frozen
class Provenance:
    """What a result was made from; the same is written into it."""

    ruleset: str
    version: str
    digest: str
    path: str
    as_of: str
    parameters: Mapping[str, str]
    tool: str
    counts: Mapping[str, Mapping[str, int]]
    rejected: Mapping[str, int]
    sources: Mapping[str, Any]
    mapping: Any = None
    trusted: bool = False


@define(slots=False)
class Result:
    """`table` has one row a subject, in the order of the subjects' UTF-8 bytes; `rejects` the bad rows that were left out; `counts` the rows read and rejected
    of each source; `notes` what the run has to say besides."""

    table: pa.Table
    rejects: pa.Table
    counts: Mapping[str, Mapping[str, int]]
    notes: Sequence[Diagnostic]
    provenance: Provenance
    _digest_inputs: Callable[[], Sequence[InputDigest]]

    @cached_property
    def inputs(self) -> Sequence[InputDigest]:
        """Digests of the inputs."""
        return self._digest_inputs()

    @property
    def metadata(self) -> dict[str, Any]:
        """Where the result comes from, as it is written into files."""
        return {**asdict(self.provenance), "inputs": [asdict(item) for item in self.inputs]}

    def write(self, path: str | Path) -> None:
        """Write the table as Parquet, CSV, JSON lines or Arrow, by the name's ending, whole or not at all. CSV and JSON lines get a file
        `NAME.provenance.json` beside them; the others carry the same as metadata. Raises RefusedDataError for another ending, and OSError."""
        target = Path(path)
        writer = _writer_of(target)
        described = json.dumps(self.metadata, ensure_ascii=False, indent=2).encode()
        with whole_file(target) as temporary:
            writer(self.table.replace_schema_metadata({METADATA_KEY: described}), temporary)
        if target.suffix.lower() in (".csv", ".jsonl"):
            with whole_file(provenance_path(target)) as temporary:
                temporary.write_bytes(described)


def provenance_path(path: Path) -> Path:
    """Where the provenance of a result stands that cannot carry it."""
    return path.with_name(path.name + ".provenance.json")


def shape(raw: pa.Table, shown: Sequence[Shown], provenance: Provenance) -> pa.Table:
    """The result's columns under the names that people read, numbers as decimals with their places, and the ruleset's version and digest."""
    masks = [item for item in shown if item.type is None]
    names = [name_of(item) for item in shown if item.type is not None]
    arrays = [_shaped(raw.column(item.column), item) for item in shown if item.type is not None]
    for name, what in lists_beside(names).items():
        texts = [tuple(getattr(told, what) for told in item.told) for item in masks]
        names.append(name)
        arrays.append(_reasons([raw.column(item.column) for item in masks], texts, raw.num_rows))
    for name, value in constants_beside(names, constants_of(provenance)).items():
        names.append(name)
        arrays.append(pa.chunked_array([pa.repeat(pa.scalar(value, pa.string()), raw.num_rows)]))
    return pa.Table.from_arrays(arrays, names)


def constants_of(provenance: Provenance) -> dict[str, str]:
    """The columns that are the same in every row."""
    return {"ruleset": provenance.ruleset, "version": provenance.version, "digest": provenance.digest, "as_of": provenance.as_of}


def _shaped(values: pa.ChunkedArray, item: Shown) -> pa.ChunkedArray:
    match item.type:
        case Numeric(unit="date"):
            return values.cast(pa.int32()).cast(pa.date32())
        case Numeric(unit="time"):
            return values.cast(pa.timestamp("s", "UTC"))
        case Numeric(places=places) if places > 0:
            return pa.chunked_array([_decimals(chunk, places) for chunk in values.chunks], pa.decimal128(19, places))
        case Exact(places=places) if places > 0 and item.part == "numerator":
            return pa.chunked_array([_decimals(chunk, places) for chunk in values.chunks], pa.decimal128(19, places))
        case Numeric() | Exact():
            return values.cast(pa.int64())
        case Truth():
            return values.cast(pa.bool_())
        case _:
            return values.cast(pa.string())


def _reasons(masks: Sequence[pa.ChunkedArray], texts: Sequence[tuple[str, ...]], rows: int) -> pa.ChunkedArray:
    """Lists of the texts whose bits are set; the same combination is made once."""
    lists = pa.list_(pa.string())
    if len(masks) != 1:
        return pa.chunked_array(
            [pa.array([_set_bits(items, texts) for items in zip(*(mask.to_pylist() for mask in masks), strict=True)] or [[]] * rows, lists)]
        )
    encoded = masks[0].combine_chunks().dictionary_encode()
    found = [_set_bits([item], texts) for item in encoded.dictionary.to_pylist()]
    return pa.chunked_array([pa.array(found, lists).take(encoded.indices)])


def _set_bits(masks: Sequence[int], texts: Sequence[tuple[str, ...]]) -> list[str]:
    return [said for mask, told in zip(masks, texts, strict=True) for bit, said in enumerate(told) if mask >> bit & 1]


def _decimals(chunk: pa.Array, places: int) -> pa.Array:
    """Scaled integers as decimals: the same digits, with a point."""
    whole = chunk.cast(pa.int64()).cast(pa.decimal128(19, 0))
    return pa.Array.from_buffers(pa.decimal128(19, places), len(whole), whole.buffers(), whole.null_count, whole.offset)


def _write_parquet(table: pa.Table, path: Path) -> None:
    pa.parquet.write_table(table, path, compression="zstd")


def _write_arrow(table: pa.Table, path: Path) -> None:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def _write_csv(table: pa.Table, path: Path) -> None:
    flat = [_joined(column) if pa.types.is_list(column.type) else column for column in table.columns]
    pa.csv.write_csv(pa.Table.from_arrays(flat, table.column_names), path)


def _joined(column: pa.ChunkedArray) -> pa.Array:
    return pa.array(["; ".join(items or []) for items in column.to_pylist()], pa.string())


def _write_json_lines(table: pa.Table, path: Path) -> None:
    with open(path, "w", encoding="utf-8") as stream:
        for batch in table.to_batches(max_chunksize=10_000):
            stream.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in batch.to_pylist())


_WRITERS: Mapping[str, Callable[[pa.Table, Path], None]] = {
    ".parquet": _write_parquet,
    ".csv": _write_csv,
    ".jsonl": _write_json_lines,
    ".arrow": _write_arrow,
}
FORMS = tuple(_WRITERS)


def refuse_unknown_form(path: Path) -> None:
    """Hold that a table can be written under this name, before it is made. Raises RefusedDataError."""
    _writer_of(path)


def _writer_of(path: Path) -> Callable[[pa.Table, Path], None]:
    """What writes a table, by the name's ending."""
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise refuse("unknown-result-form", path=path, known=", ".join(_WRITERS))
    return writer


def write_rejects(table: pa.Table, path: Path) -> None:
    """Write rejects as CSV, Parquet or JSON lines, by the name's ending."""
    writer = _writer_of(path)
    with whole_file(path) as temporary:
        writer(table, temporary)
