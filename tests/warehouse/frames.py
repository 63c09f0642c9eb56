"""Clean values as the tables that users have: Arrow columns of natural types, in three ways to write a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

import pyarrow as pa

from pingfen.calendar import instant_of, local_of
from pingfen.plan.events import Transitions
from pingfen.plan.quantity import Numeric, Truth, Type, Words

from ..clean import Clean

TimeWriting = Literal["instant", "local", "text"]


def arrow_table(rows: Sequence[Mapping[str, Clean]], kinds: Mapping[str, Type], zone: Transitions, writing: TimeWriting = "instant") -> pa.Table:
    """Rows as an Arrow table with one column a kind."""
    columns = {name: _column([row.get(name) for row in rows], kind, zone, writing) for name, kind in kinds.items()}
    return pa.table(columns)


def _column(values: list[Clean], kind: Type, zone: Transitions, writing: TimeWriting) -> pa.Array:
    match kind:
        case Numeric(unit="time"):
            return _times(values, zone, writing)
        case Numeric(unit="date"):
            return pa.array(values, pa.int32()).cast(pa.date32())
        case Numeric(places=0):
            return pa.array(values, pa.int64())
        case Numeric(places=places):
            return pa.array([None if value is None else Decimal(value).scaleb(-places) for value in values], pa.decimal128(30, places))  # type: ignore[arg-type]
        case Words():
            return pa.array(values, pa.string())
        case Truth():
            return pa.array(values, pa.bool_())
        case _:
            raise AssertionError(kind)


def _times(values: list[Clean], zone: Transitions, writing: TimeWriting) -> pa.Array:
    """A time that a local clock shows twice, the second time round, can only be written as an instant."""
    seconds = [value for value in values if isinstance(value, int)]
    locals_ = {value: local_of(value, zone) for value in seconds}
    if writing == "local" and all(instant_of(local, zone) == value for value, local in locals_.items()):
        return pa.array([None if value is None else locals_[value] * 1_000_000 for value in values], pa.timestamp("us"))  # type: ignore[index]
    stamps = pa.array([None if value is None else value * 1_000_000 for value in values], pa.timestamp("us", "UTC"))  # type: ignore[operator]
    if writing != "text":
        return stamps
    return pa.array([None if value is None else _written(value) for value in values], pa.string())


def _written(seconds: Clean) -> str:
    assert isinstance(seconds, int)
    return (datetime(1970, 1, 1) + timedelta(seconds=seconds)).isoformat() + "Z"
