"""Short ways to write plan nodes by hand."""

from __future__ import annotations

from pingfen.plan.expressions import Band, Bands, Compare, Constant, Expression, FieldRead, Line
from pingfen.plan.quantity import Exact, Numeric, Truth, Words

NUMBER = Numeric("number", 2, -(10**6), 10**6)
MAYBE = Numeric("number", 2, -(10**6), 10**6, optional=True)
COUNT = Numeric("count", 0, 0, 10**6)
TIME = Numeric("time", 0, 0, 2**40, optional=True)
QUOTIENT = Exact("share", 0, 0, 10**6, 10**6)
TEXT = Words()
TRUTH = Truth()


def constant(value: int | str | bool) -> Constant:
    """A written value."""
    return Constant(value, TRUTH if isinstance(value, bool) else TEXT if isinstance(value, str) else NUMBER)


def field(name: str) -> FieldRead:
    """A field of the record that may be missing."""
    return FieldRead(name, MAYBE)


def compare(left: Expression | str, operator: str, right: int | str) -> Compare:
    """A comparison with a written value."""
    return Compare(operator, field(left) if isinstance(left, str) else left, constant(right), TRUTH)


def ladder(subject: Expression, *rows: tuple[int, int], otherwise: int | None = None, missing: int | None = None) -> Bands:
    """`>= limit -> value` rows."""
    bands = tuple(Band(constant(limit), True, None, False, constant(value)) for limit, value in rows)
    return Bands("ladder", subject, bands, None if missing is None else constant(missing), None if otherwise is None else constant(otherwise), NUMBER)


def line(path: str, weight: int, factor: int = 1) -> Line:
    """One line of a sum."""
    return Line(path, constant(weight), factor)
