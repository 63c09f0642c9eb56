"""Parquet as a table: the path of a file, of a folder (partitioned or not) or a glob."""

from __future__ import annotations

from glob import has_magic, iglob
from pathlib import Path

_ENDINGS = (".parquet", ".parq")


def is_path(name: str) -> bool:
    """Whether a name is a path, not a table: it has a slash, a pattern or the ending of a Parquet file."""
    return "/" in name or name.startswith(".") or has_magic(name) or name.endswith(_ENDINGS)


def parquet_pattern(name: str) -> str | None:
    """The absolute path, or the glob of the files below a folder; None where there is no file."""
    path = Path(name).absolute()
    pattern = str(path / "**" / "*.parquet") if path.is_dir() else str(path)
    return pattern if next(iglob(pattern, recursive=True), None) is not None else None
