"""A zone's transitions, read from the pinned `tzdata` package and never from the system, so that every machine has the same bounds."""

from __future__ import annotations

import os
from functools import cache
from struct import unpack

from ..plan.events import Transitions
from .dates import DAY_SECONDS, day_number
from .daylight import rule_changes

_MARGIN = 3 * DAY_SECONDS


class UnknownZoneError(ValueError):
    """The zone data has no zone of this name."""


def edition() -> str:
    """The edition of the zone data, `2026f`."""
    import tzdata  # type: ignore[import-untyped]

    return str(tzdata.IANA_VERSION)


@cache
def zone_names() -> frozenset[str]:
    """All names of zones, `Asia/Shanghai`."""
    return frozenset(_content("zones").decode("ascii").split())


def is_zone(name: str) -> bool:
    """Whether the zone data has this zone."""
    return name in zone_names()


@cache
def load_transitions(zone: str, first_year: int, last_year: int) -> Transitions:
    """The zone's offsets from the start of `first_year` to the end of `last_year`, with a few days to spare on both sides.

    Raises UnknownZoneError for a name outside `zone_names()`.
    """
    if not is_zone(zone):
        raise UnknownZoneError(zone)
    low = (day_number(first_year, 1, 1) or 0) * DAY_SECONDS - _MARGIN
    high = (day_number(last_year, 12, 31) or 0) * DAY_SECONDS + _MARGIN
    first, changes = _read(_content("zoneinfo", *zone.split("/")), last_year + 1)
    before = [offset for instant, offset in changes if instant <= low]
    start = before[-1] if before else first
    return Transitions(zone, edition(), start, _without_repeats(start, [change for change in changes if low < change[0] <= high]))


def _content(*names: str) -> bytes:
    """A file of the zone data."""
    import tzdata

    with open(os.path.join(os.path.dirname(tzdata.__file__), *names), "rb") as stream:
        return stream.read()


def _read(content: bytes, last_year: int) -> tuple[int, list[tuple[int, int]]]:
    """First offset and all changes of a compiled zone file (RFC 8536, version 2 and later); the rule in its footer is continued to `last_year`."""
    shift = 44 + _block_size(content[:44], time_size=4)
    header = content[shift : shift + 44]
    _, _, _, times, types, _ = unpack(">6l", header[20:44])
    start = shift + 44
    instants = unpack(f">{times}q", content[start : start + 8 * times])
    indices = content[start + 8 * times : start + 9 * times]
    kinds = start + 9 * times
    offsets = [unpack(">l", content[kinds + 6 * index : kinds + 6 * index + 4])[0] for index in range(types)]
    changes = [(instant, offsets[index]) for instant, index in zip(instants, indices, strict=True)]
    footer = content[shift + 44 + _block_size(header, time_size=8) :].strip().decode("ascii")
    after = instants[-1] if instants else None
    return offsets[0], changes + rule_changes(footer, after, last_year)


def _block_size(header: bytes, *, time_size: int) -> int:
    utc, standard, leaps, times, types, letters = unpack(">6l", header[20:44])
    return int(times * (time_size + 1) + types * 6 + letters + leaps * (time_size + 4) + standard + utc)


def _without_repeats(first: int, changes: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The changes that change the offset (a zone file also lists changes of name and of legal standing)."""
    kept: list[tuple[int, int]] = []
    for instant, offset in changes:
        if offset != (kept[-1][1] if kept else first):
            kept.append((instant, offset))
    return tuple(kept)
