"""Folders of Parquet that appear whole or not at all: filled beside the target under a hidden name, then renamed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOTE = "_pingfen.json"


@contextmanager
def temporary_folder(target: Path, note: str) -> Iterator[Path]:
    """A folder to fill; it becomes `target` with the note in it when the block ends well, and is removed when it does not."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.parent / f".{target.name}.{os.urandom(6).hex()}.part"
    temporary.mkdir()
    try:
        yield temporary
        (temporary / NOTE).write_text(note, encoding="utf-8")
        put_in_place(temporary, target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


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
