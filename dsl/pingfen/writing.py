"""Writes files whole or not at all: into a temporary file beside the target, to the disk, then renamed over it.

Who reads the target, or kills the program, sees the old file or the new one. A target that is no plain file (a pipe, a terminal) is written directly.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: str | os.PathLike[str], content: bytes, *, durable: bool = True) -> None:
    """Write `content` as the file `path`, whole or not at all. Raises OSError. Not `durable` spares the wait for the disk (caches)."""
    with _whole(path, durable) as temporary, open(temporary, "wb") as stream:
        stream.write(content)


@contextmanager
def whole_file(path: str | os.PathLike[str], *, durable: bool = True) -> Iterator[Path]:
    """A path to write to; it becomes `path` when the block ends well and is removed when it does not. Raises OSError."""
    from pathlib import Path

    with _whole(path, durable) as temporary:
        yield Path(temporary)


@contextmanager
def _whole(path: str | os.PathLike[str], durable: bool) -> Iterator[str]:
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        yield target
        return
    folder, name = os.path.split(target)
    if not os.path.isdir(folder):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(path))
    temporary = os.path.join(folder, f".{name[:50]}.{os.urandom(6).hex()}.part")
    try:
        yield temporary
        _finish(temporary, target, durable)
    except BaseException as failure:
        with suppress(OSError):
            os.unlink(temporary)
        if isinstance(failure, OSError) and _concerns(failure, temporary):
            raise OSError(failure.errno, os.strerror(failure.errno or errno.EIO), os.fspath(path)) from failure
        raise


def _concerns(failure: OSError, temporary: str) -> bool:
    """Whether it is the temporary file that failed: nobody who reads of it knows that name, and a writer that meets a full disk names no file."""
    return temporary in (failure.filename, failure.filename2) or temporary in str(failure) or failure.errno == errno.ENOSPC


def _finish(temporary: str, target: str, durable: bool) -> None:
    if os.path.exists(target):
        os.chmod(temporary, stat.S_IMODE(os.stat(target).st_mode))
    if durable:
        _flush(temporary)
    os.replace(temporary, target)
    if durable and os.name == "posix":
        _flush(os.path.dirname(target))


def _flush(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
