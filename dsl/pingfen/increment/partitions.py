"""Day partitions of an event table: a folder with one entry a day, `day=2026-10-01/` with data files in it or a file `2026-10-01.parquet`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from attrs import frozen

from ..warehouse.files import form_of
from ..warehouse.refusal import refuse

Stamp = tuple[str, int, int, int]
_FOLDER = re.compile(r"(?:day=)?(\d{4}-\d{2}-\d{2})")
_FILE = re.compile(r"(\d{4}-\d{2}-\d{2})\.(?:csv|csv\.gz|parquet|pq|jsonl|ndjson|json|jsonl\.gz)")


@frozen
class Partition:
    """One day as it was delivered: its files, and their stamps before they are read. Without files it is empty, and the day is deleted."""

    paths: tuple[Path, ...]
    stamps: tuple[Stamp, ...]

    def refuse_changed(self) -> None:
        """Hold that what was read is what was stamped. Raises RefusedDataError."""
        for path, stamp in zip(self.paths, self.stamps, strict=True):
            try:
                same = stamp_of(path) == stamp
            except OSError:
                same = False
            if not same:
                raise refuse("input-changed", path=path)


def stamp_of(path: Path) -> Stamp:
    """Path, size, time of change and time of the entry's change of a file: another stamp may be another content. Raises OSError."""
    state = os.stat(path)
    return os.path.abspath(path), state.st_size, state.st_mtime_ns, state.st_ctime_ns


def partition_of(paths: Iterable[Path]) -> Partition:
    """The files of a day, as they are now. Raises OSError."""
    ordered = tuple(sorted(paths))
    return Partition(ordered, tuple(stamp_of(path) for path in ordered))


def find_partitions(table: str, folder: object) -> dict[str, Partition]:
    """The days that a folder holds, by their names. Raises RefusedDataError for what is no folder of days."""
    if not isinstance(folder, str | Path) or not Path(folder).is_dir():
        raise refuse("no-partitions", name=table, path=folder if isinstance(folder, str | Path) else type(folder).__name__)
    try:
        return _days_in(table, folder)
    except OSError as failure:
        raise refuse("cannot-read", path=failure.filename, reason=(failure.strerror or "unknown").lower()) from None


def _days_in(table: str, folder: str | Path) -> dict[str, Partition]:
    days: dict[str, list[Path]] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if not _is_hidden(entry):
                days.setdefault(_day_of(table, entry), []).extend(_files(table, entry))
    return {day: partition_of(paths) for day, paths in sorted(days.items())}


def _day_of(table: str, entry: os.DirEntry[str]) -> str:
    named = (_FOLDER if entry.is_dir() else _FILE).fullmatch(entry.name)
    try:
        return date.fromisoformat(named[1] if named else "").isoformat()
    except ValueError:
        raise refuse("no-partitions", name=table, path=entry.path) from None


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a writer's own: a mark that it is done, what it has not finished, a log."""
    return entry.name.startswith((".", "_"))


def _files(table: str, entry: os.DirEntry[str]) -> list[Path]:
    """The data files of a day, those in folders of the day's folder too.

    Raises RefusedDataError for a folder that holds other files alone: it is not empty, and deletes no day.
    """
    if not entry.is_dir():
        return [Path(entry.path)]
    read: list[Path] = []
    unread: list[Path] = []
    for path in _inside(entry):
        # what a broken link leads to shows when it is stamped
        is_data = form_of(path) is not None and (path.is_file() or path.is_symlink())
        (read if is_data else unread).append(path)
    if unread and not read:
        raise refuse("unknown-data-form", name=table, path=min(unread))
    return read


def _inside(folder: os.DirEntry[str]) -> Iterator[Path]:
    """Everything in a folder but folders and what is hidden; a link leads where it does."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if _is_hidden(entry):
                continue
            if entry.is_dir():
                yield from _inside(entry)
            else:
                yield Path(entry.path)
