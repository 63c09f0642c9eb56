"""Folders of Parquet that appear whole or not at all: filled beside the target under a hidden name, then renamed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..warehouse.refusal import refuse

NOTE = "_pingfen.json"


@contextmanager
def temporary_folder(target: Path, note: str) -> Iterator[Path]:
    """A folder to fill; it becomes `target` with the note in it when the block ends well, and is removed when it does not. Raises RefusedDataError where
    something else than a result stands there."""
    refuse_other_folder(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.parent / f".{target.name}.{os.urandom(6).hex()}.part"
    temporary.mkdir()
    try:
        yield temporary
        (temporary / NOTE).write_text(note, encoding="utf-8")
        put_in_place(temporary, target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def refuse_other_folder(target: Path) -> None:
    """What is no result, nor an empty folder, is never replaced. Raises RefusedDataError."""
    is_empty = target.is_dir() and not any(target.iterdir())
    if target.exists() and not is_empty and not (target / NOTE).is_file():
        raise refuse("target-not-a-result", target=target)


def put_in_place(temporary: Path, target: Path) -> None:
    """Rename; a result that stands there moves away first, and comes back where the second rename fails."""
    if not target.exists():
        temporary.rename(target)
        return
    old = target.parent / f".{target.name}.{os.urandom(6).hex()}.old"
    target.rename(old)
    try:
        temporary.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
