"""What a state holds, in one small file: the rule it was made by, each table's days with what was delivered, and the files with their sizes and digests.

The manifest is the state: it is written last and put in place by one rename, so whoever reads it sees all of an update or nothing. Files that it does not name
are left over and count for nothing.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from attrs import Factory, define, evolve, fields, frozen

from ..release import VERSION
from ..warehouse.refusal import refuse

FORMAT = 3
MANIFEST, FILES, LOCK = "manifest.json", "files", "lock"


@frozen
class StoredFile:
    """A Parquet file of the state; sums by day tell the days that they are of."""

    name: str
    size: int
    digest: str
    low: int | None = None
    high: int | None = None


@frozen
class Day:
    """One day partition of a table as it was read: what was delivered (`stamps`, the files' digests), its rows that count and those that were `rejected`, the
    days on which they happen, and the dates from `since` to before `until` on which what is known of them is the same. `files` hold its sums, keys, subjects,
    references and rejects."""

    stamps: tuple[tuple[str, int, int, int], ...]
    digests: tuple[str, ...]
    rows: int
    first: int | None
    last: int | None
    since: int | None
    until: int | None
    rejected: int = 0
    files: dict[str, StoredFile] = Factory(dict)


@frozen
class Segment:
    """A file of the index of keys: the hashes of some days' keys, so many rows of each; days that count no longer have no name."""

    file: StoredFile
    stretches: tuple[tuple[str, int], ...]


@define
class TableState:
    """What is kept of one table: `definition` is the digest of all that its days' sums depend on, `index` are the hashes of its keys, made as `hashed` says."""

    definition: str
    hashed: str
    days: dict[str, Day] = Factory(dict)
    running: StoredFile | None = None
    index: tuple[Segment, ...] = ()

    def set_aside(self) -> TableState:
        """The table while a version counts that does not read it. What its rows refer to may change meanwhile, so where they refer to any they are read again
        when it does."""
        refers = any("references" in day.files for day in self.days.values())
        return evolve(self, definition="" if refers else self.definition, running=None)


@define
class State:
    """A state as of a date, of the ruleset that was loaded from `path` (absolute; empty where it came from none) with `parameters`; `clean` says that no row
    of it is bad because of another. `tables` are also those of other versions of the ruleset."""

    path: str
    ruleset: str
    digest: str
    as_of: int
    generation: int
    clean: bool
    tables: dict[str, TableState] = Factory(dict)
    parameters: dict[str, str] = Factory(dict)


def read_state(folder: Path) -> State | None:
    """The state in a folder; None where none was made yet. Raises RefusedDataError for what is no state, and for one that was changed, cut or made by another
    format."""
    path = folder / MANIFEST
    if not path.exists():
        others = (
            [item.name for item in folder.iterdir() if item.name not in (FILES, LOCK) and not item.name.startswith(f".{MANIFEST}")] if folder.is_dir() else []
        )
        if others:
            raise refuse("unusable-state", path=folder / min(others), reason="it holds other files")
        return None
    try:
        content = path.read_bytes()
        document = json.loads(content)
        if document.get("format") != FORMAT:
            raise refuse("unusable-state", path=path, reason="it has another format")
        if content != _with_checksum(b"{" + content[_HEAD:]):
            raise refuse("unusable-state", path=path, reason="its checksum is another")
        return _state(document)
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        raise refuse("unusable-state", path=path, reason="it cannot be read") from None


def state_with_ruleset(folder: Path) -> State:
    """The state in a folder, which knows by what ruleset it was made. Raises RefusedDataError where there is none."""
    state = read_state(folder)
    if state is None or not state.path:
        raise refuse("unusable-state", path=folder, reason="it knows no ruleset yet, `--ruleset` names one")
    return state


def _state(document: dict[str, Any]) -> State:
    tables = {name: _table(table) for name, table in document["tables"].items()}
    told = {name: document[name] for name in ("path", "ruleset", "digest", "as_of", "generation", "clean", "parameters")}
    return State(**told, tables=tables)


def _table(document: dict[str, Any]) -> TableState:
    running = None if document["running"] is None else StoredFile(**document["running"])
    index = tuple(Segment(StoredFile(**item["file"]), tuple((day, rows) for day, rows in item["stretches"])) for item in document["index"])
    return TableState(document["definition"], document["hashed"], {name: _day(day) for name, day in document["days"].items()}, running, index)


def _day(document: dict[str, Any]) -> Day:
    files = {name: StoredFile(**item) for name, item in document["files"].items()}
    stamps = tuple((path, size, changed, entry) for path, size, changed, entry in document["stamps"])
    return Day(**{**document, "stamps": stamps, "digests": tuple(document["digests"]), "files": files})


def manifest_bytes(state: State) -> bytes:
    """The manifest's text, with its checksum."""
    document = {"format": FORMAT, "tool": f"pingfen {VERSION}", **_fields_of(state)}
    return _with_checksum(json.dumps(document, ensure_ascii=False, default=_fields_of).encode())


def _fields_of(node: Any) -> dict[str, Any]:
    return {item.name: getattr(node, item.name) for item in fields(type(node))}


def _with_checksum(document: bytes) -> bytes:
    return b'{"checksum": "sha256:%b", %b' % (hashlib.sha256(document).hexdigest().encode(), document[1:])


_HEAD = len(_with_checksum(b"{"))


def files_of(state: State) -> list[StoredFile]:
    """Every file that a state names."""
    days = [file for table in state.tables.values() for day in table.days.values() for file in day.files.values()]
    index = [segment.file for table in state.tables.values() for segment in table.index]
    return days + index + [table.running for table in state.tables.values() if table.running is not None]
