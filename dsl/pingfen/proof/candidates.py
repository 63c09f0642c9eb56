"""Rows that may be the one more: single ones, and those that refer to a row that the shop then has.

Such a row is harmless to a shop where, with what it refers to, it is as a subject's only one no worse than the shop in any metric that it moves, and brings
none that the shop lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random

from attrs import frozen

from ..plan.events import Table
from ..reference import Value
from .bundles import Bundle, Stock
from .replay import anything

VARIED, BASES = 400, 40
Better = Mapping[str, int | None]
Record = Mapping[str, Value]


@frozen(repr=False)
class Candidate:
    """`rows` are `before`, which may be none, and the one more; `alone` is the record of a subject that has just these."""

    before: Bundle | None
    rows: Bundle
    alone: Record

    def counts(self, metric: str) -> bool:
        """Whether the one more is what the metric counts."""
        without = 0 if self.before is None else self.before.alone.get(metric)
        return without == 0 and self.alone.get(metric) == 1


def candidates_of(stock: Stock, table: Table, random: Random) -> list[Candidate]:
    """Rows of the table that other rows are no part of; of one that refers to another through a third none."""
    if not any(column.refers_to for column in table.columns):
        return [Candidate(None, bundle, bundle.alone) for bundle in stock.single_rows(table, VARIED, random)]
    telling = sorted((bundle for bundle in stock.bundles if _is_last(bundle, table)), key=lambda bundle: -sum(map(bool, bundle.alone.values())))[:BASES]
    bundles = [_varied(bundle, random) for bundle in telling for _ in range(VARIED // BASES)]
    pairs = zip(stock.measured([Bundle(bundle.rows[:-1]) for bundle in bundles]), stock.measured(bundles), strict=True)
    return [Candidate(before, bundle, bundle.alone) for before, bundle in pairs if before is not None and bundle is not None]


def _is_last(bundle: Bundle, table: Table) -> bool:
    """Whether the bundle's last row is its only one of the table, so that without it what is referred to stays."""
    *rows, last = bundle.rows
    return bool(rows) and last[0] is table and all(each is not table for each, _ in rows)


def _varied(bundle: Bundle, random: Random) -> Bundle:
    """The bundle with another last row."""
    *rows, (table, row) = bundle.rows
    values = {name: value for name, value in anything(table, random).items() if random.random() < 0.5}
    return Bundle((*rows, (table, {**row, **values})))


def is_harmless(candidate: Candidate, record: Record, better: Better, moved: Iterable[str]) -> bool:
    """Whether the one more seems to worsen no metric that it moves."""
    return all(way_of(candidate, record, name, better) >= 0 for name in moved)


def best_in(name: str, candidates: Sequence[Candidate], record: Record, better: Better) -> list[Candidate]:
    """Those that improve a metric, by how much."""
    values = [
        (own * (better[name] or 0), each) for each in candidates if isinstance(own := each.alone.get(name), int) and way_of(each, record, name, better) > 0
    ]
    return [each for _, each in sorted(values, key=lambda pair: -pair[0])]


def way_of(candidate: Candidate, record: Record, name: str, better: Better) -> int:
    """Whether a metric of the candidate is better (1) or worse (-1) than the shop's; one that would be brought counts as worse."""
    way, own, there = better[name], candidate.alone.get(name), record.get(name)
    if way is None or own is None:
        return 0
    if there is None:
        return -1
    difference = way * (own - there) if isinstance(own, int) and isinstance(there, int) else 0
    return (difference > 0) - (difference < 0)
