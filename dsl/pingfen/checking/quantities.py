"""Values written as literals, values at another scale, and ranges: the small arithmetic under all checks."""

from __future__ import annotations

from ..node import evolve
from ..plan.expressions import Arithmetic, Constant, Expression, Lookup
from ..plan.quantity import INT64_HIGH, INT64_LOW, Numeric, Unit
from ..plan.values import value_text
from ..syntax.expressions import NumberLiteral

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
MOST_PLACES = 18


def decimal_of_digits(digits: str) -> tuple[int, int]:
    """The digits and the places after the point, as written: `4.50` is (450, 2)."""
    whole, _, fraction = digits.partition(".")
    return int(whole + fraction), len(fraction)


def without_trailing_zeros(value: int, places: int) -> tuple[int, int]:
    """The same decimal with as few places as it needs: (450, 2) is (45, 1)."""
    while places and value % 10 == 0:
        value, places = value // 10, places - 1
    return value, places


def literal_unit(literal: NumberLiteral) -> Unit:
    """The unit of a literal: a share, a duration, or a plain number."""
    return "share" if literal.unit == "%" else "duration" if literal.unit in SECONDS else "number"


def literal_value(literal: NumberLiteral, keep_zeros: bool = False) -> tuple[int, int]:
    """The scaled value of a literal and its places; `95%` is (95, 2), `12 hours` (43200, 0). Parts of a second keep their places."""
    value, places = decimal_of_digits(literal.digits)
    if literal.unit == "%":
        value, places = value, places + 2
    elif literal.unit in SECONDS:
        value *= SECONDS[literal.unit]
        return without_trailing_zeros(value, places)
    return (value, places) if keep_zeros else without_trailing_zeros(value, places)


def constant(value: int, unit: Unit, places: int = 0) -> Constant:
    """A written number."""
    return Constant(value, Numeric(unit, places, value, value))


def literal_constant(literal: NumberLiteral) -> Constant:
    """A literal as a constant, with as few places as it needs."""
    value, places = literal_value(literal)
    return constant(value, literal_unit(literal), places)


def fits(low: int, high: int) -> bool:
    """Whether both ends are 64-bit integers."""
    return low >= INT64_LOW and high <= INT64_HIGH


def with_unit(expression: Expression, unit: Unit) -> Expression:
    """The same value called by another unit; only the type changes."""
    kind = expression.type
    assert isinstance(kind, Numeric)
    return expression if kind.unit == unit else evolve(expression, type=evolve(kind, unit=unit))


def as_number(expression: Expression) -> Expression:
    """A value that a rule makes is no longer a count of rows, but a plain number."""
    kind = expression.type
    return with_unit(expression, "number") if isinstance(kind, Numeric) and kind.unit == "count" else expression


def scaled(kind: Numeric, places: int) -> Numeric:
    """The type at a finer scale."""
    factor = 10 ** (places - kind.places)
    return Numeric(kind.unit, places, kind.low * factor, kind.high * factor, kind.optional)


def aligned(expression: Expression, places: int) -> Expression:
    """The same value at a finer scale (`places` not below its own)."""
    kind = expression.type
    assert isinstance(kind, Numeric)
    if kind.places == places:
        return expression
    wider = scaled(kind, places)
    if isinstance(expression, Constant):
        return Constant(wider.low, wider)
    power = 10 ** (places - kind.places)
    return Arithmetic("*", expression, constant(power, "number", places - kind.places), wider)


def written_values(value: Expression) -> list[int | None]:
    """The numbers that a text writes for a value: a constant's one, or those of a table's column by its rows (None for none); of a computed value none."""
    match value:
        case Constant():
            return [int(value.value)]
        case Lookup():
            cells = [*(row.value for row in value.rows), *([value.missing] if value.missing is not None else [])]
            return [int(cell.value) if isinstance(cell, Constant) else None for cell in cells]
        case Arithmetic(operator="*", left=Lookup() as column, right=Constant() as factor):
            return [None if cell is None else cell * int(factor.value) for cell in written_values(column)]
        case _:
            return []


def spelled(kind: Numeric, value: int) -> str:
    """A value of a type as people write it."""
    return value_text(kind, value)


def range_text(kind: Numeric) -> str:
    """The range of a type as people write it."""
    return f"{spelled(kind, kind.low)} .. {spelled(kind, kind.high)}"


def step_of(literal: NumberLiteral) -> tuple[int, int]:
    """The step of a rounding as (step, places): `0.01` is (1, 2), `0.5` is (5, 1), `10` is (10, 0), `1 minute` is (60, 0)."""
    return literal_value(literal)
