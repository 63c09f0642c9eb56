"""Delivered days: read into relations, and written as files of the state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import assert_never

import pyarrow as pa
from attrs import evolve
from sqlglot import exp

from ..plan.events import Table
from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from ..sql.trees import column, relation, text
from ..warehouse.digests import digest_of_file
from ..warehouse.session import Session
from ..warehouse.sources import ROW
from ..warehouse.tables import event_columns
from .choosing import Chosen
from .index import HASH, KEY, KeyIndex
from .kept import PARTITION, PLACE, ROWS, Delivery, KeptTable
from .manifest import Day, StoredFile
from .storage import Storage
from .weights import DAY

_TOGETHER = 16


def deliver(delivery: Delivery, chosen: Chosen) -> None:
    """Make the relations of the days that are read."""
    delivery.keep({str(path): (name, place) for name, partition in chosen.fresh.items() for place, path in enumerate(partition.paths)})
    everything = exp.Select(expressions=[exp.Count(this=exp.Star())]).from_(relation(delivery.clean.relation))
    total = exp.Coalesce(this=exp.Sum(this=column(ROWS)), expressions=[exp.Literal.number(0)])
    of_days = exp.Select(expressions=[total]).from_(relation(f"facts_{delivery.name}"))
    assert delivery.session.rows(everything) == delivery.session.rows(of_days), "a row is of no delivered day"


def write_days(session: Session, storage: Storage, kept: KeptTable, chosen: Chosen, index: KeyIndex, *, trusted: bool, rejected: bool) -> dict[str, Day]:
    """Write what is kept of each day that was read; hashes of its keys wait in the index."""
    name = kept.table.name
    facts = {row[0]: row[1:] for row in session.rows(exp.Select(expressions=[exp.Star()]).from_(relation(f"facts_{name}")))}
    written = {}
    names = iter(chosen.fresh)
    while together := list(islice(names, _TOGETHER)):
        files = _files(session, storage, kept, index, together, trusted=trusted)
        for day in together:
            partition = chosen.fresh[day]
            rows, first, last, since, until = facts.get(day, (0, None, None, None, None))
            digests = tuple(digest_of_file(path) for path in partition.paths)
            written[day] = Day(partition.stamps, digests, rows, first, last, since, until, files=files.get(day, {}))
    for day, table in _by_day(session, f"rejects_{name}", list(chosen.fresh)) if rejected else ():
        file = storage.write(f"{index.name}-{day}-rejects", table.append_column(PARTITION, pa.array([day] * table.num_rows)))
        bad = table.group_by([PLACE, ROW]).aggregate([]).num_rows
        written[day] = evolve(written[day], rejected=bad, files={**written[day].files, "rejects": file})
    return written


def _files(session: Session, storage: Storage, kept: KeptTable, index: KeyIndex, days: Sequence[str], *, trusted: bool) -> dict[str, dict[str, StoredFile]]:
    """The files of some days, by day and kind."""
    name = kept.table.name
    found: dict[str, dict[str, StoredFile]] = {}
    for kind in (*(f"days{place}" for place in range(len(kept.groups))), "subjects", "references"):
        made = f"days_{name}_{kind.removeprefix('days')}" if kind.startswith("days") else f"{kind}_{name}"
        for day, table in _by_day(session, made, days):
            file = storage.write(f"{index.name}-{day}-{kind}", table)
            found.setdefault(day, {})[kind] = _with_days(file, table) if kind.startswith("days") else file
    for day, table in () if trusted else _by_day(session, f"keys_{name}", days):
        found.setdefault(day, {})["keys"] = storage.write(f"{index.name}-{day}-keys", table.select([KEY]), repeating=False)
        index.add(day, table.select([HASH]))
    return found


def _with_days(file: StoredFile, table: pa.Table) -> StoredFile:
    days = table.column(DAY).to_pylist()
    return StoredFile(file.name, file.size, file.digest, min(days), max(days))


def _by_day(session: Session, made: str, days: Sequence[str]) -> Iterator[tuple[str, pa.Table]]:
    """The rows of a relation by delivered day, for the days that have some."""
    wanted = exp.In(this=column(PARTITION), expressions=[text(day) for day in days])
    select = exp.Select(expressions=[exp.Star()]).from_(relation(made)).where(wanted)
    table = session.arrow(select.order_by(column(PARTITION)) if len(days) > 1 else select)
    rest = table.drop_columns([PARTITION])
    start = 0
    for day, count in _lengths(table):
        yield day, rest.slice(start, count).combine_chunks()
        start += count


def _lengths(table: pa.Table) -> list[tuple[str, int]]:
    counted = table.group_by(PARTITION, use_threads=False).aggregate([(PARTITION, "count")])
    return list(zip(counted.column(PARTITION).to_pylist(), counted.column(f"{PARTITION}_count").to_pylist(), strict=True))


def empty_of(table: Table) -> pa.Table:
    """A table without rows that has every column."""
    return pa.table({item.name: pa.array([], _arrow_type(item.type)) for item in event_columns(table)})


def _arrow_type(kind: Type) -> pa.DataType:
    match kind:
        case Numeric(unit="time"):
            return pa.timestamp("s", "UTC")
        case Numeric(unit="date"):
            return pa.date32()
        case Numeric() | Exact():
            return pa.int64()
        case Truth():
            return pa.bool_()
        case Words():
            return pa.string()
        case _:
            assert_never(kind)
