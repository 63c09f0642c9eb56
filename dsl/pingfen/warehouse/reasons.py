"""The reasons of a result: for each subject what keeps its score from the top of the scale, with exact points, made from the result's own rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from ..diagnostics.language import Language
from ..explanation import Reason, reasons_of_record
from ..explanation.contributions import places_of
from ..plan.record import RecordPlan
from ..reference import Value
from .records import clean_value, record_of

BATCH = 10_000


def reasons_table(plan: RecordPlan, result: pa.Table, language: Language) -> pa.Table:
    """One row a subject and reason, ranked from 1, subjects in the order of the result. A subject whose score is none or hidden has no row.

    `points` add up to the score minus the top of its scale; `label` is in the language. The columns are the subject's key, `rank`, `code`, `kind`, `number`,
    `label` and `points`.
    """
    key = result.column_names[0]
    points = pa.decimal128(38, places_of(plan))
    texts = [(name, pa.string()) for name in ("code", "kind", "number", "label")]
    schema = pa.schema([(key, result.schema.field(0).type), ("rank", pa.int64()), *texts, ("points", points)])
    rows = [row for batch in result.to_batches(max_chunksize=BATCH) for subject in batch.to_pylist() for row in _rows_of(plan, subject, key, language)]
    return pa.Table.from_pylist(rows, schema)


def _rows_of(plan: RecordPlan, row: Mapping[str, Any], key: str, language: Language) -> Iterator[dict[str, Any]]:
    for rank, reason in enumerate(reasons_of_row(plan, row), start=1):
        label = reason.label.text(language, reason.code)
        yield {key: row[key], "rank": rank, "code": reason.code, "kind": reason.kind, "number": reason.path, "label": label, "points": reason.points}


def reasons_of_row(plan: RecordPlan, row: Mapping[str, Any]) -> tuple[Reason, ...]:
    """The reasons of one row of a result; none where its score is none or hidden."""
    if row.get("score") is None:
        return ()
    numbers: dict[str, Value] = {}
    for number in plan.numbers:
        called = number.path if number.kind in ("score", "total") else f"{number.kind}.{number.path}"
        numbers[number.path] = clean_value(number.type, row[called])
    return reasons_of_record(plan, record_of(plan, row), numbers)
