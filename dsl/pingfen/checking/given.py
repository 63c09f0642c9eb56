"""What a parameter may be given from outside: the numbers of its `within`, in its unit, no finer than it and its ends are written."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from ..node import frozen

Measure = Literal["", "%", "second", "month"]
LONGER = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))


@frozen
class ParameterRange:
    """The values `low .. high` of a parameter and the one that is written, as whole numbers of `measure` times ten to the power of minus `places`.

    A length is given in whatever unit of time: between 1 day and 2 days lie 36 hours.
    """

    name: str
    measure: Measure
    places: int
    low: int
    high: int
    written: int

    @property
    def count(self) -> int:
        """How many values there are."""
        return self.high - self.low + 1

    @property
    def middle(self) -> int:
        """The value half way, rounded down to the longest unit of time in which all three are written."""
        step = 1
        if self.measure == "second" and self.places == 0:
            step = next(length for _, length in LONGER if all(value % length == 0 for value in (self.low, self.high, self.written)))
        return (self.low + self.high) // 2 // step * step

    def text(self, value: int) -> str:
        """A value as it is given from outside: `40.25`, `95%`, `36 hours`."""
        if self.measure == "second" and self.places == 0:
            unit, length = next(each for each in LONGER if value % each[1] == 0) if value else ("second", 1)
            return _counted(str(value // length), unit)
        digits = f"{Decimal(value).scaleb(-self.places):f}"
        return f"{digits}{self.measure}" if self.measure in ("", "%") else _counted(digits, self.measure)


def _counted(digits: str, unit: str) -> str:
    return f"{digits} {unit}" if digits == "1" else f"{digits} {unit}s"
