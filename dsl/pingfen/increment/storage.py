"""The state's folder: files are written and flushed under new names, then the manifest is put in place by a rename, then what it no longer names is removed."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
from attrs import Factory, define

from ..warehouse.refusal import refuse
from ..writing import write_whole
from .manifest import FILES, LOCK, MANIFEST, State, StoredFile, files_of, manifest_bytes


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else updates the state in a folder, which is made where it is not there. Raises RefusedDataError."""
    if folder.exists() and not folder.is_dir():
        raise refuse("unusable-state", path=folder, reason="it cannot be read")
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise refuse("unusable-state", path=folder, reason="another update is using it") from None
        yield
    finally:
        os.close(descriptor)


@define
class Storage:
    """The files of a state; `checked` are those whose digest was compared."""

    folder: Path
    generation: int
    checked: set[str] = Factory(set)

    def write(self, name: str, table: pa.Table, *, repeating: bool = True) -> StoredFile:
        """A new file of a table, on the disk when this returns; values that are all different are not `repeating`."""
        files = self.folder / FILES
        files.mkdir(exist_ok=True)
        sink = pa.BufferOutputStream()
        pyarrow.parquet.write_table(table, sink, compression="lz4", use_dictionary=repeating)
        content = sink.getvalue()
        called = f"{name}-{self.generation}.parquet"
        with open(files / called, "wb", buffering=0) as stream:
            view = memoryview(content)
            while view:
                view = view[stream.write(view) :]
            os.fsync(stream.fileno())
        self.checked.add(called)
        return StoredFile(called, len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")

    def path(self, file: StoredFile) -> Path:
        """Where a file is. Raises RefusedDataError where it is not there, or not what was written."""
        path = self.folder / FILES / file.name
        if file.name in self.checked:
            return path
        try:
            with open(path, "rb") as stream:
                found = f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"
        except OSError:
            raise refuse("unusable-state", path=path, reason="it is not there") from None
        if found != file.digest:
            raise refuse("unusable-state", path=path, reason="its digest is another")
        self.checked.add(file.name)
        return path

    def commit(self, state: State) -> None:
        """Put the manifest in place, then remove files that it does not name."""
        if (self.folder / FILES).exists():
            flush_folder(self.folder / FILES)
        write_whole(self.folder / MANIFEST, manifest_bytes(state))
        named = {file.name for file in files_of(state)}
        for path in (self.folder / FILES).glob("*") if (self.folder / FILES).exists() else ():
            if path.name not in named:
                with suppress(OSError):
                    path.unlink()


def flush_folder(folder: Path) -> None:
    """Names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
