"""The operator table: which units meet under which operator, and what comes out.

It exists once. Keys are an operator and two units; what is not in the table is a mistake. A written number without a unit takes the unit of the other side
where `adapts` says so. Comparisons, sums and the branches of one value share the table of `+`'s common units.
"""

from __future__ import annotations

from ..plan.quantity import Unit

PLAIN: tuple[Unit, ...] = ("number", "count", "score", "points", "money")
POINTS: tuple[Unit, ...] = ("number", "count", "score", "points")
AMOUNTS: tuple[Unit, ...] = (*PLAIN, "share", "duration")
SCORE_PAIRS: tuple[tuple[Unit, Unit], ...] = (("score", "points"), ("score", "number"), ("points", "number"))


def _additions() -> dict[tuple[str, Unit, Unit], Unit]:
    table: dict[tuple[str, Unit, Unit], Unit] = {}
    for operator in ("+", "-"):
        for unit in AMOUNTS:
            table[operator, unit, unit] = unit
        for left, right in SCORE_PAIRS:
            table[operator, left, right] = "score"
            table[operator, right, left] = "score"
        table[operator, "number", "count"] = "number"
        table[operator, "count", "number"] = "number"
        table[operator, "time", "duration"] = "time"
    table["+", "duration", "time"] = "time"
    table["-", "time", "time"] = "duration"
    table["-", "date", "date"] = "duration"
    return table


def _products() -> dict[tuple[str, Unit, Unit], Unit]:
    table: dict[tuple[str, Unit, Unit], Unit] = {}
    for unit in ("number", "share", "score", "points", "duration", "money"):
        for factor in ("number", "count"):
            table["*", unit, factor] = unit
            table["*", factor, unit] = unit
            table["/", unit, factor] = unit
        table["*", unit, "share"] = unit
        table["*", "share", unit] = unit
        table["/", unit, "share"] = unit
        table["/", unit, unit] = "number"
    table["*", "share", "number"] = table["*", "number", "share"] = "number"
    table["*", "share", "count"] = table["*", "count", "share"] = "number"
    table["*", "share", "share"] = "share"
    table["*", "count", "count"] = "count"
    table["/", "count", "count"] = "number"
    table["/", "count", "number"] = "number"
    table["/", "count", "share"] = "number"
    table["/", "score", "points"] = table["/", "points", "score"] = "number"
    table["until", "time", "time"] = "duration"
    table["until", "date", "date"] = "duration"
    return table


def _meetings() -> dict[tuple[Unit, Unit], Unit]:
    units: tuple[Unit, ...] = ("number", "count", "share", "score", "points", "duration", "money", "date", "time", "month", "time of day")
    table: dict[tuple[Unit, Unit], Unit] = {(unit, unit): unit for unit in units}
    for left, right in SCORE_PAIRS:
        table[left, right] = table[right, left] = "score"
    table["number", "count"] = table["count", "number"] = "number"
    return table


ARITHMETIC: dict[tuple[str, Unit, Unit], Unit] = {**_additions(), **_products()}
MEETING: dict[tuple[Unit, Unit], Unit] = _meetings()


def adapts(unit: Unit, value: int) -> bool:
    """Whether a written plain number may stand for a value of the unit; nothing but 0 stands for a share or a duration."""
    return unit in PLAIN or (unit in ("share", "duration") and value == 0)


def result_unit(operator: str, left: Unit, right: Unit) -> Unit | None:
    """The unit of `left operator right`, or None where the two do not meet."""
    return ARITHMETIC.get((operator, left, right))


def common_unit(left: Unit, right: Unit) -> Unit | None:
    """The unit in which two values are compared, or stand as branches of one value; None where they do not meet."""
    return MEETING.get((left, right))
