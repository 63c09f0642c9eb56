"""Results of spans of dates as one: every version of a ruleset brings its columns, numbers keep all their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve

from ..sql.reasons import COLUMNS
from ..warehouse.digests import InputDigest
from ..warehouse.result import Result

_LAST = (*COLUMNS, "ruleset", "version", "digest", "as_of")
_WIDEST = 38


def joined(results: Sequence[Result]) -> Result:
    """One result of several, in their order. Columns that only some versions have are missing in the rows of the others."""
    if len(results) == 1:
        return results[0]
    first, last = results[0].provenance, results[-1].provenance
    span = f"{first.as_of.split('..')[0]}..{last.as_of.split('..')[-1]}"
    labels = {label: None for result in results for label in result.counts}
    counts = {label: _largest([result.counts[label] for result in results if label in result.counts]) for label in labels}
    version, digest = (", ".join(dict.fromkeys(getattr(result.provenance, key) for result in results)) for key in ("version", "digest"))
    reasons = {reason: max(result.provenance.rejected.get(reason, 0) for result in results) for result in results for reason in result.provenance.rejected}
    provenance = evolve(first, as_of=span, counts=counts, rejected=reasons, version=version, digest=digest)
    notes = tuple({(note.code, repr(note.arguments)): note for result in results for note in result.notes}.values())
    rejects = pa.concat_tables([result.rejects for result in results])
    rejects = rejects.group_by(rejects.column_names, use_threads=False).aggregate([])
    return Result(_stacked([result.table for result in results]), rejects, counts, notes, provenance, lambda: _inputs(results))


def _largest(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    merged: dict[str, int] = {}
    for count in counts:
        merged = {key: max(value, merged.get(key, 0)) for key, value in count.items()}
    return merged


def _inputs(results: Sequence[Result]) -> list[InputDigest]:
    return list(dict.fromkeys(item for result in results for item in result.inputs))


def _stacked(tables: Sequence[pa.Table]) -> pa.Table:
    names = list(dict.fromkeys(name for table in tables for name in table.column_names))
    names = [name for name in names if name not in _LAST] + [name for name in _LAST if name in names]
    kinds = {name: _widest([table.schema.field(name).type for table in tables if name in table.column_names]) for name in names}
    return pa.concat_tables([_with(table, kinds) for table in tables])


def _with(table: pa.Table, kinds: dict[str, pa.DataType]) -> pa.Table:
    columns = [
        pc.cast(table.column(name), kind) if name in table.column_names else pa.chunked_array([pa.nulls(table.num_rows, kind)]) for name, kind in kinds.items()
    ]
    return pa.Table.from_arrays(columns, list(kinds))


def _widest(kinds: Sequence[pa.DataType]) -> pa.DataType:
    """A type that holds the values of all with every digit; a text where they have nothing in common."""
    if all(kind == kinds[0] for kind in kinds):
        return kinds[0]
    if all(pa.types.is_decimal(kind) or pa.types.is_integer(kind) for kind in kinds):
        return pa.decimal128(_WIDEST, max(kind.scale if pa.types.is_decimal(kind) else 0 for kind in kinds))
    return pa.string()
