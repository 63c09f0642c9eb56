"""Digests of what a run read: of files by their bytes, of tables in memory by their values."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa
from attrs import frozen


@frozen
class InputDigest:
    """One input: the source's name, the file's path (or `<NAME>` for a table in memory) and SHA-256 of its content."""

    source: str
    path: str
    digest: str


def stamp_of(path: Path) -> tuple[int, int]:
    """Size and time of change: another stamp may be another content."""
    state = path.stat()
    return state.st_size, state.st_mtime_ns


def digest_of_file(path: Path) -> str:
    """`sha256:` and 64 hexadecimal digits of a file's bytes."""
    with open(path, "rb") as stream:
        return f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"


def digest_of_table(table: Any) -> str:
    """The digest of a table in memory, as an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return f"sha256:{hashlib.sha256(sink.getvalue()).hexdigest()}"
