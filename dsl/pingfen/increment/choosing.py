"""Which days an update reads: new and changed ones, those of which something becomes known, and all where what is summed up is defined otherwise."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from attrs import Factory, define

from ..warehouse.files import Form, form_of
from ..warehouse.refusal import RefusedDataError, refuse
from .manifest import Day, TableState
from .partitions import Partition


@define
class Chosen:
    """The days of a table: `kept` stay as they are in the state (`named` are those among them that were delivered again), `fresh` are read, `left` is what the
    state takes back. Files that only the state knows are told as seen from `here`, or else by their absolute paths."""

    here: bool
    kept: dict[str, Day] = Factory(dict)
    named: dict[str, Partition] = Factory(dict)
    fresh: dict[str, Partition] = Factory(dict)
    left: dict[str, Day] = Factory(dict)

    @property
    def days(self) -> int:
        """All days that have files."""
        return len(self.kept) + len(self.fresh)

    def partition(self, day: str) -> Partition:
        """The files of a day, by the names that they were delivered with last."""
        return self.fresh.get(day) or self.named.get(day) or recorded(self.kept[day], here=self.here)


def choose_days(table: str, old: TableState | None, delivered: Mapping[str, Partition], as_of: int, *, anew: bool, here: bool) -> Chosen:
    """The days of one table as of a date; `anew` reads all of them."""
    chosen = Chosen(here)
    known = {} if old is None else old.days
    for name in sorted({*known, *delivered}):
        day, partition = known.get(name), delivered.get(name)
        if partition is not None and not partition.paths:
            if day is not None:
                chosen.left[name] = day
        elif not anew and day is not None and _is_same(day, partition, as_of):
            chosen.kept[name] = day
            if partition is not None:
                chosen.named[name] = partition
        else:
            chosen.fresh[name] = _still_there(table, name, day, here=here) if partition is None else partition
            if day is not None:
                chosen.left[name] = day
    _refuse_mixed(table, chosen)
    return chosen


def _refuse_mixed(table: str, chosen: Chosen) -> None:
    """Hold that all days are of one form, as in a full run: any later update may have to read them together. Raises RefusedDataError."""
    found: dict[Form | None, Path] = {}
    for name in sorted({*chosen.kept, *chosen.fresh}):
        for path in chosen.partition(name).paths:
            found.setdefault(form_of(path), path)
    if len(found) > 1:
        one, other, *_ = found.values()
        raise refuse("mixed-data-forms", name=table, path=one, other=other)


def _is_same(day: Day, partition: Partition | None, as_of: int) -> bool:
    unchanged = partition is None or partition.stamps == day.stamps
    return unchanged and (day.since is None or day.since <= as_of) and (day.until is None or as_of < day.until)


def recorded(day: Day, *, here: bool) -> Partition:
    """A day's files as the state knows them, by their absolute paths or as seen from `here`."""
    return Partition(tuple(Path(os.path.relpath(stamp[0]) if here else stamp[0]) for stamp in day.stamps), day.stamps)


def _still_there(table: str, name: str, day: Day | None, *, here: bool) -> Partition:
    assert day is not None
    return still_there(table, name, recorded(day, here=here))


def still_there(table: str, name: str, partition: Partition) -> Partition:
    """A day's files where they were delivered. Raises RefusedDataError where they are gone or were changed since."""
    try:
        partition.refuse_changed()
    except RefusedDataError:
        raise refuse("partition-gone", table=table, day=name, path=partition.paths[0]) from None
    return partition
