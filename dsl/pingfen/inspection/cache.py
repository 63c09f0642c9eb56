"""Remembers findings by content, compiler and language, one JSON file each, in the user's cache folder.

Whatever is wrong with the folder or a file in it is harmless: a finding that cannot be read is made again, one that cannot be written is not remembered.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from typing import Any

from ..release import VERSION
from ..source import Source
from ..writing import write_whole
from .finding import Finding, pack, unpack

MOST_ENTRIES = 8_000
KEPT_ENTRIES = 6_000


class Cache:
    """Findings on disk. `folder` None remembers nothing."""

    def __init__(self, folder: str | os.PathLike[str] | None, edition: str) -> None:
        self.folder = folder
        self.edition = edition

    def read(self, source: Source) -> Finding | None:
        """The finding of this very text by this very compiler, if it is remembered."""
        if self.folder is None:
            return None
        try:
            entry = json.loads(_content(self._path(source)))
            return unpack(entry["finding"], source) if entry["sum"] == _sum(entry["finding"]) else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def write(self, source: Source, finding: Finding) -> None:
        """Remember a finding."""
        if self.folder is None:
            return
        packed = pack(finding)
        entry = json.dumps({"sum": _sum(packed), "finding": packed}, ensure_ascii=False).encode("utf-8", "surrogatepass")
        with suppress(OSError):
            os.makedirs(self.folder, exist_ok=True)
            write_whole(self._path(source), entry, durable=False)

    def prune(self) -> None:
        """Forget the oldest findings where there are too many."""
        with suppress(OSError):
            entries = [entry for entry in os.scandir(self.folder) if entry.is_file()] if self.folder else []
            if len(entries) > MOST_ENTRIES:
                entries.sort(key=lambda entry: entry.stat().st_mtime)
                for entry in entries[: len(entries) - KEPT_ENTRIES]:
                    os.unlink(entry.path)

    def _path(self, source: Source) -> str:
        assert self.folder is not None
        content = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
        return os.path.join(self.folder, f"{self.edition}-{content[:40]}.json")


def cache_folder() -> str | None:
    """The folder for findings by the platform's convention; None where the user has no home."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if named and os.path.isabs(named):
        return os.path.join(named, "pingfen", "check")
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        return os.path.join(local, "pingfen", "Cache", "check") if local else None
    home = os.path.expanduser("~")
    if not os.path.isabs(home):
        return None
    return os.path.join(home, "Library/Caches" if sys.platform == "darwin" else ".cache", "pingfen", "check")


def compiler_edition() -> str:
    """A name for the compiler as it is installed: its version and its files' sizes and times, so that a changed compiler finds anew."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    beside = os.path.join(os.path.dirname(os.path.dirname(package)), "grammar")
    written = hashlib.sha256(VERSION.encode())
    for folder in (package, beside):
        for line in sorted(_describe(folder)):
            written.update(line.encode("utf-8", "surrogateescape"))
    return written.hexdigest()[:16]


def _describe(folder: str) -> list[str]:
    lines: list[str] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir() and entry.name != "__pycache__":
                lines += _describe(entry.path)
            elif entry.name.endswith((".py", ".lark", ".json", ".jsonl")):
                status = entry.stat()
                lines.append(f"{entry.path}\0{status.st_size}\0{status.st_mtime_ns}\n")
    return lines


def _content(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()


def _sum(packed: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(packed, sort_keys=True).encode()).hexdigest()[:16]
