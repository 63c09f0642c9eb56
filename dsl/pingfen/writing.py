"""Writes files whole or not at all: into a temporary file beside the target, to the disk, then renamed over it.

Who reads the target, or kills the program, sees the old file or the new one. A target that is no plain file (a pipe, a terminal) is written directly.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_whole(path: str | os.PathLike[str], content: bytes, *, durable: bool = True) -> None:
    """Write `content` as the file `path`, whole or not at all. Raises OSError. Not `durable` spares the wait for the disk (caches)."""
    with whole_file(path, durable=durable) as temporary, open(temporary, "wb") as stream:
        stream.write(content)


@contextmanager
def whole_file(path: str | os.PathLike[str], *, durable: bool = True) -> Iterator[Path]:
    """A path to write to; it becomes `path` when the block ends well and is removed when it does not. Raises OSError."""
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        yield target
        return
    temporary = target.with_name(f".{target.name[:80]}.{os.urandom(6).hex()}.part")
    try:
        yield temporary
        _finish(temporary, target, durable)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _finish(temporary: Path, target: Path, durable: bool) -> None:
    if target.exists():
        os.chmod(temporary, stat.S_IMODE(target.stat().st_mode))
    if durable:
        _flush(temporary)
    os.replace(temporary, target)
    if durable and os.name == "posix":
        _flush(target.parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
