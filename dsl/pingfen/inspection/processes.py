"""Compiles many texts in two processes. Loaded only where there are many: starting processes, and the modules for it, take time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from ..source import Source
from .finding import Finding, find, pack, unpack

PROCESSES = 2


def find_all(sources: Sequence[Source]) -> Iterator[tuple[Source, Finding]]:
    """The findings of the texts, in order. Processes are spawned, so that it works on every platform and beside threads."""
    pool = ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"))
    try:
        packed = pool.map(_find_packed, [source.name for source in sources], [source.text for source in sources], chunksize=4)
        for source, data in zip(sources, packed, strict=True):
            yield source, unpack(data, source)
    finally:
        pool.shutdown(cancel_futures=True)


def _find_packed(name: str, text: str) -> dict[str, Any]:
    return pack(find(Source(name, text)))
