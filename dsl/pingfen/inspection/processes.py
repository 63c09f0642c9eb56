"""Compiles many texts in two processes. Loaded only where there are many: starting processes, and the modules for it, take time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

from ..source import Source
from .finding import Finding, find, pack, unpack

PROCESSES = 2


def find_all(sources: Sequence[Source]) -> Iterator[tuple[Source, Finding]]:
    """The findings of the texts, in order. Where processes cannot be had, or die, the rest is compiled here.

    Processes are spawned, so that it works on every platform and beside threads.
    """
    done = 0
    try:
        for source, data in _packed(sources):
            yield source, unpack(data, source)
            done += 1
    except (BrokenProcessPool, OSError):
        yield from ((source, find(source)) for source in sources[done:])


def _packed(sources: Sequence[Source]) -> Iterator[tuple[Source, dict[str, Any]]]:
    pool = ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"))
    try:
        packed = pool.map(_find_packed, [source.name for source in sources], [source.text for source in sources], chunksize=4)
        yield from zip(sources, packed, strict=True)
    finally:
        pool.shutdown(cancel_futures=True)


def _find_packed(name: str, text: str) -> dict[str, Any]:
    return pack(find(Source(name, text)))
