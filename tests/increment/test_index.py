"""The index of keys knows the keys of the days that count, in few files, whatever was added and taken back."""

from __future__ import annotations

import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings, strategies

from pingfen.increment.index import HASH, MOST, KeyIndex, without_others
from pingfen.increment.manifest import Segment
from pingfen.increment.storage import Storage
from pingfen.warehouse.session import open_session

from .data import HALF

STEPS = strategies.lists(
    strategies.tuples(
        strategies.lists(strategies.tuples(strategies.integers(0, 9), strategies.integers(1, 40)), max_size=4, unique_by=lambda each: each[0]),
        strategies.sets(strategies.integers(0, 9), max_size=3),
    ),
    min_size=1,
    max_size=8,
)
"""Days that are delivered with so many rows, and days that are deleted, update by update."""


@settings(max_examples=HALF)
@given(STEPS)
def test_the_index_holds_the_keys_of_the_days_that_count(steps: list[tuple[list[tuple[int, int]], set[int]]]) -> None:
    """After each update a search sees the hashes of the latest days and no others, and each file is well larger than the one after it."""
    held: dict[str, list[int]] = {}
    segments: tuple[Segment, ...] = ()
    with tempfile.TemporaryDirectory() as folder, open_session(threads=1) as session:
        for generation, (delivered, deleted) in enumerate(steps):
            storage = Storage(Path(folder), generation)
            new = {str(day): [generation * 10_000 + day * 100 + row for row in range(rows)] for day, rows in delivered}
            kept = {day: rows for day, rows in held.items() if day not in new and int(day) not in deleted}
            index = KeyIndex(storage, "0", without_others(segments, kept))
            found = index.rows()
            assert Counter([] if found is None else [row[0] for row in session.rows(found)]) == Counter(row for rows in kept.values() for row in rows)
            for day, rows in new.items():
                index.add(day, pa.table({HASH: pa.array(rows, pa.uint64())}))
            segments, held = index.finish(), kept | new
            sizes = [sum(rows for _, rows in segment.stretches) for segment in segments]
            assert all(2 * one > 3 * other or one + other > MOST for one, other in pairwise(sizes))
