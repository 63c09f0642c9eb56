"""Where one more takes a count over a limit of the rules and the score falls: on records drawn, and which metrics make it fall there."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from random import Random

from attrs import frozen

from ..plan.quantity import Numeric
from ..plan.record import RecordPlan
from ..trial.claims import Search
from ..trial.limits import limits_of
from ..trial.target import Record

MOST_ROWS, DRAWN, RECORDS = 500, 2000, 6
Better = Mapping[str, int | None]


@frozen(repr=False)
class Crossing:
    """A count that goes from `limit` to one more. On records whose score falls there it would not if one of `spoiling` were at its best, nor if one of
    `keeping` were at its worst; a metric stands there once for each record of which it is true."""

    count: str
    limit: int
    spoiling: list[str]
    keeping: list[str]


def limits_to_cross(plan: RecordPlan, metric: str) -> list[int]:
    """The counts from which one more may take a subject over a limit of the rules, smaller ones first, as they cost less; none too large to be tried."""
    kind = next(field.type for field in plan.fields if field.name == metric)
    assert isinstance(kind, Numeric)
    near = {limit for limit in limits_of(plan).values.get(metric, ()) if kind.low <= limit <= min(kind.high - 1, MOST_ROWS)}
    # limits come with their neighbours: the first of a run is what `>=` lacks by one, the second what `>` does
    return sorted(limit for limit in near if limit - 1 not in near or limit - 2 not in near)


def crossing_of(search: Search, count: str, limit: int, better: Better, random: Random) -> Crossing | None:
    """The crossing; None where the score falls on no record that was drawn: half of them without anything else that is counted."""
    numbers = {name: kind for name, kind in search.drawer.types.items() if name in better and isinstance(kind, Numeric)}
    none_else = {name: kind.low for name, kind in numbers.items() if better[name] is None}
    drawn = (search.drawer.draw(random, {**(none_else if number % 2 else {}), count: limit}) for number in range(DRAWN))
    falling = list(islice((each for each in drawn if _falls(search, each, count)), RECORDS))
    rated = {name: kind for name, kind in numbers.items() if better[name] is not None}
    spoiling = [name for each in falling for name, kind in rated.items() if not _still_falls(search, each, count, name, _end(kind, better[name], 1))]
    keeping = [name for each in falling for name, kind in rated.items() if not _still_falls(search, each, count, name, _end(kind, better[name], -1))]
    return Crossing(count, limit, spoiling, keeping) if falling else None


def _end(kind: Numeric, better: int | None, side: int) -> int:
    """The best value (1) or the worst (-1)."""
    return kind.high if (better or 0) * side > 0 else kind.low


def _still_falls(search: Search, record: Record, count: str, name: str, value: int) -> bool:
    return record[name] is None or _falls(search, {**record, name: value}, count)


def _falls(search: Search, record: Record, count: str) -> bool:
    limit = record[count]
    assert isinstance(limit, int)
    before, after = search.rank(record), search.rank({**record, count: limit + 1})
    return before is not None and after is not None and after < before
