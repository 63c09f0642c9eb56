"""The index of keys: hashes of the keys of all days in a few files of several days each, so that a search opens few files however long the history.

A file is written once. Hashes of a day that is taken back stay in their file and count for nothing, until they are more than those that count. New days make a
file of their own, and two neighbours of like size become one: there are about as many files as the number of days has binary digits.
"""

from __future__ import annotations

import platform
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet
from attrs import Factory, define
from sqlglot import exp

from ..sql.trees import Tree, aliased, call, column, either
from ..warehouse.files import literal_path
from ..warehouse.session import Session, literals
from .manifest import Segment, StoredFile
from .storage import Storage

HASH = "hash"
HASHED = f"duckdb {duckdb.__version__} {platform.machine()}"
"""The engine whose hashes an index holds: another edition may hash otherwise, and then the index is made anew from the keys."""
KEY = "key"
MOST = 1 << 24
"""Rows of a file beyond which it is joined with no other: an update writes 128 MB of old hashes at most."""
_NUMBER = "file_row_number"


@define(eq=False)
class KeyIndex:
    """The index of one table's keys; `waiting` are the hashes of new days, which a search does not see yet."""

    storage: Storage
    name: str
    segments: list[Segment] = Factory(list)
    waiting: list[tuple[str, pa.Table]] = Factory(list)
    written: int = 0

    def rows(self) -> exp.Query | None:
        """The hashes of the kept days, as a select of the column `hash`; None where there are none."""
        whole = [segment for segment in self.segments if _dead(segment) == 0]
        parts = [_rows([self._path(segment) for segment in whole])] if whole else []
        for segment in self.segments:
            if _dead(segment):
                parts.append(_rows([self._path(segment)], numbered=True).where(either(_within(segment)), copy=False))
        united: exp.Query | None = parts[0] if parts else None
        for part in parts[1:]:
            united = exp.Union(this=united, expression=part, distinct=False)
        return united

    def make_anew(self, session: Session, keys: Mapping[str, StoredFile]) -> None:
        """Hash the keys of the kept days again."""
        self.segments = []
        for day, file in keys.items():
            files = _files([self.storage.path(file)])
            self.add(day, session.arrow(exp.Select(expressions=[aliased(hash_of(column(KEY)), HASH)]).from_(files)))
        self._flush()

    def add(self, day: str, hashes: pa.Table) -> None:
        """Let the hashes of a new day wait; those of many rows are written."""
        self.waiting.append((day, hashes))
        if sum(table.num_rows for _, table in self.waiting) > MOST:
            self._flush()

    def finish(self) -> tuple[Segment, ...]:
        """Write what waits, join files of like size, and give all segments."""
        worn = [segment for segment in self.segments if _dead(segment) > _live(segment)]
        if worn or self.waiting:
            self.segments = [segment for segment in self.segments if segment not in worn]
            self.waiting = [*self._loaded(worn), *self.waiting]
            while self.segments and self._joins(self.segments[-1]):
                self.waiting = [*self._loaded([self.segments.pop()]), *self.waiting]
            self._flush()
        return tuple(self.segments)

    def _joins(self, segment: Segment) -> bool:
        count, waiting = _live(segment) + _dead(segment), sum(int(table.num_rows) for _, table in self.waiting)
        return 2 * count <= 3 * waiting and count + waiting <= MOST

    def _flush(self) -> None:
        if self.waiting:
            file = self.storage.write(f"{self.name}-index{self.written}", pa.concat_tables([table for _, table in self.waiting]), repeating=False)
            self.segments.append(Segment(file, tuple((day, table.num_rows) for day, table in self.waiting)))
            self.written += 1
            self.waiting = []

    def _loaded(self, segments: Iterable[Segment]) -> list[tuple[str, pa.Table]]:
        """The hashes that count in some segments, by day."""
        found = []
        for segment in segments:
            table = pa.parquet.read_table(self._path(segment), partitioning=None)
            start = 0
            for day, rows in segment.stretches:
                if day:
                    found.append((day, table.slice(start, rows)))
                start += rows
        return found

    def _path(self, segment: Segment) -> Path:
        return self.storage.path(segment.file)


def hash_of(key: Tree) -> Tree:
    """A hash of a key, which finds candidates; they are then compared by value."""
    return call("hash", key)


def without_others(segments: Iterable[Segment], kept: Collection[str]) -> list[Segment]:
    """The segments, in which only the days `kept` still count; those without any are gone."""
    found = [Segment(each.file, tuple((day if day in kept else "", rows) for day, rows in each.stretches)) for each in segments]
    return [segment for segment in found if _live(segment)]


def _live(segment: Segment) -> int:
    return sum(rows for day, rows in segment.stretches if day)


def _dead(segment: Segment) -> int:
    return sum(rows for day, rows in segment.stretches if not day)


def _rows(paths: list[Path], *, numbered: bool = False) -> exp.Select:
    """The hashes of files, with the numbers of the rows where they are asked for."""
    options = [exp.EQ(this=exp.to_identifier(_NUMBER), expression=exp.Boolean(this=True))] if numbered else []
    return exp.Select(expressions=[column(HASH)]).from_(_files(paths, *options))


def _files(paths: list[Path], *options: Tree) -> Tree:
    return call("read_parquet", literals([literal_path(path) for path in paths]), *options)


def _within(segment: Segment) -> list[Tree]:
    """That a row is one of a day that counts."""
    found: list[Tree] = []
    start = 0
    for day, rows in segment.stretches:
        if day:
            number = column(_NUMBER)
            found.append(exp.Between(this=number, low=exp.Literal.number(start), high=exp.Literal.number(start + rows - 1)))
        start += rows
    return found
