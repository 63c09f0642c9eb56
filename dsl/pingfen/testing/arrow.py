"""Clean values as the tables that users have: Arrow columns of natural types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

import pyarrow as pa

from ..arithmetic import decimal_of
from ..plan.quantity import Exact, Numeric, Truth, Type, Words

MOST_DIGITS = 38


def arrow_table(rows: Sequence[Mapping[str, Any]], kinds: Mapping[str, Type]) -> pa.Table:
    """Rows as an Arrow table with a column for each name: decimals, whole numbers, texts, flags, dates, and times as instants in UTC.

    An exact quotient is a text, as in CSV.
    """
    return pa.table({name: _column([row.get(name) for row in rows], kind) for name, kind in kinds.items()})


def _column(values: list[Any], kind: Type) -> pa.Array:
    match kind:
        case Numeric(unit="time"):
            return pa.array([None if value is None else value * 1_000_000 for value in values], pa.timestamp("us", "UTC"))
        case Numeric(unit="date"):
            return pa.array(values, pa.int32()).cast(pa.date32())
        case Numeric(places=0):
            return pa.array(values, pa.int64())
        case Numeric(places=places):
            return pa.array([None if value is None else decimal_of(value, places) for value in values], pa.decimal128(MOST_DIGITS, places))
        case Exact():
            return pa.array([None if value is None else f"{value[0]} of {value[1]}" for value in values], pa.string())
        case Words():
            return pa.array(values, pa.string())
        case Truth():
            return pa.array(values, pa.bool_())
        case _:
            assert_never(kind)
