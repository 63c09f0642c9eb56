"""Records on the brink of another outcome: along one metric, the two neighbouring values between which a version turns.

Where a limit moved by little, hardly any record that is drawn lies between the old and the new one; the turns themselves lead there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from ..plan.quantity import Numeric
from ..plan.record import Field
from ..reference import Value

Record = dict[str, Value]
Results = tuple[dict[str, Value], dict[str, Value]]


class Scored(Protocol):
    """What tells both versions' results on a record."""

    def results(self, union: Mapping[str, Value]) -> Results: ...


def brinks(both: Scored, name: str, records: Sequence[Record], fields: Sequence[Field]) -> Iterator[Record]:
    """Records on both sides of each turn of one outcome, in either version, from these records along each numeric field to the ends of its range."""
    for record in records:
        start = both.results(record)
        for field in fields:
            if not isinstance(field.type, Numeric) or type(record[field.name]) is not int:
                continue
            for end in (field.type.low, field.type.high):
                yield from _turns(both, name, record, start, field.name, end)


def _turns(both: Scored, name: str, record: Record, start: Results, field: str, end: int) -> Iterator[Record]:
    last = both.results({**record, field: end})
    for side in (0, 1):
        if start[side][name] != last[side][name]:
            yield from _turn(both, name, record, field, end, side)


def _turn(both: Scored, name: str, record: Record, field: str, end: int, side: int) -> tuple[Record, Record]:
    """The records with two neighbouring values of the field between which the outcome of one version turns; it differs at the two ends."""
    near, far = record[field], end
    assert isinstance(near, int)
    value = both.results(record)[side][name]
    while abs(far - near) > 1:
        middle = (near + far) // 2
        if both.results({**record, field: middle})[side][name] == value:
            near = middle
        else:
            far = middle
    return {**record, field: near}, {**record, field: far}
