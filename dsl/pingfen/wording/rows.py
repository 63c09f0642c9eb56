"""The rows of a table inside a sentence: of a lookup, a ladder or a curve that no table of its own shows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ..node import evolve
from ..plan.expressions import Band, Bands, Curve, Lookup
from ..plan.quantity import Numeric
from ..plan.values import numeric_text, value_text

if TYPE_CHECKING:
    from .expressions import Wording


def rows_text(node: Bands | Curve | Lookup, words: Wording) -> str:
    """Every row with its value, in the order in which they are tried."""
    return "; ".join(f"{name} → {value}" for name, value in _rows(node, words))


def _rows(node: Bands | Curve | Lookup, words: Wording) -> Iterator[tuple[str, str]]:
    match node:
        case Curve(points=points):
            yield from ((value_text(node.subject.type, x, words.language), point_text(node, y, words.language)) for x, y in points)
        case Bands(rows=bands):
            yield from ((band_text(row, words), words.describe(row.value)) for row in bands)
        case Lookup(rows=rows):
            yield from ((", ".join(key if key is not None else words.say("all others") for key in row.match), words.describe(row.value)) for row in rows)
    if not isinstance(node, Curve) and node.missing is not None:
        yield words.say("missing"), words.describe(node.missing)
    if isinstance(node, Bands) and node.otherwise is not None:
        yield words.say("all others"), words.describe(node.otherwise)


def band_text(row: Band, words: Wording) -> str:
    """The limits of a band: `≥ 95.00%`, or `30000 < … ≤ 300000`."""
    low = "" if row.low is None else words.describe(row.low)
    high = "" if row.high is None else words.describe(row.high)
    if low and high:
        return f"{low} {'≤' if row.low_closed else '<'} … {'≤' if row.high_closed else '<'} {high}"
    return f"{'≥' if row.low_closed else '>'} {low}" if low else f"{'≤' if row.high_closed else '<'} {high}"


def point_text(curve: Curve, height: int, language: str) -> str:
    """The height of a curve's point as it was written: `height / unit * step` at the curve's places, or with as many more as it has."""
    assert isinstance(curve.type, Numeric)
    exact = Fraction(height * curve.step, curve.unit * 10**curve.type.places)
    places = places_of(exact, curve.type.places)
    return str(exact) if places is None else numeric_text(evolve(curve.type, places=places), int(exact * 10**places), language)


def places_of(exact: Fraction, least: int) -> int | None:
    """How many places, at least so many, a fraction needs as a decimal; None where no 18 are enough."""
    return next((places for places in range(least, 19) if (exact * 10**places).denominator == 1), None)
