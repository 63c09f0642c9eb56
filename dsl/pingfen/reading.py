"""Reads rulesets: from a file or a text to a source, or a diagnostic that says why not.

Line breaks become `\\n` and a byte order mark is dropped, so that the same ruleset saved by any editor is the same text.
"""

from __future__ import annotations

import os

from .diagnostics.diagnostic import Diagnostic
from .source import Source, Span

SUFFIX = ".pf"
LARGEST_TEXT = 1 << 20


def read_source(path: str | os.PathLike[str]) -> Source | Diagnostic:
    """The source in a file, or why it cannot be read: the file, its encoding or its size."""
    try:
        with open(path, "rb") as stream:
            content = stream.read(4 * LARGEST_TEXT + 1)
    except OSError as failure:
        return Diagnostic("cannot-read", arguments={"path": str(path), "reason": (failure.strerror or "unknown").lower()})
    return source_of_bytes(str(path), content)


def source_of_bytes(name: str, content: bytes) -> Source | Diagnostic:
    """The source that UTF-8 bytes hold, or a diagnostic at the first byte that is not UTF-8."""
    if len(content) > 4 * LARGEST_TEXT:
        return _too_large(name)
    try:
        return source_of(content.decode("utf-8"), name)
    except UnicodeDecodeError as failure:
        before = content[: failure.start].decode("utf-8").removeprefix("\ufeff")
        text = unify(before + content[failure.start :].decode("utf-8", "replace"))
        place = len(unify(before))
        byte = f"0x{content[failure.start]:02X}"
        return Diagnostic("not-utf-8", Span(place, place + 1), {"path": name, "byte": byte}, source=Source(name, text))


def source_of(text: str, name: str = "<text>") -> Source | Diagnostic:
    """The source that a text is, or a diagnostic where it is too large."""
    if len(text) > LARGEST_TEXT:
        return _too_large(name)
    return Source(name, unify(text.removeprefix("\ufeff")))


def unify(text: str) -> str:
    """The text with every line break written `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _too_large(name: str) -> Diagnostic:
    return Diagnostic("text-too-large", arguments={"path": name, "limit": f"{LARGEST_TEXT:,}"})
