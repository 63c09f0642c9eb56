"""Which rows of cases, ladders, ranges and tables can be taken, in order."""

from __future__ import annotations

from collections.abc import Sequence

from ..node import evolve, frozen
from ..plan.expressions import Band, Case, Expression, Lookup
from .possible import Choices, Numbers, Possible
from .situation import Situation


@frozen
class Branch:
    """A row (or the value of `else` and `none`), its value, and the situation in which it is taken; None where it never is."""

    row: Case | Band | Expression
    value: Expression
    situation: Situation | None


def row_interval(row: Band, low: Numbers | None, high: Numbers | None, rest: Numbers | None) -> Numbers | None:
    """The numbers of `rest` that the row can hold, whatever its limits turn out to be; None for none."""
    if rest is None:
        return None
    first = rest.low if low is None else max(rest.low, low.low + (not row.low_closed))
    last = rest.high if high is None else min(rest.high, high.high - (not row.high_closed))
    return evolve(rest, low=first, high=last) if first <= last else None


def remaining_after(row: Band, low: Numbers | None, high: Numbers | None, rest: Numbers | None) -> Numbers | None:
    """The hull of the numbers of `rest` that the row does not hold for sure; None for none."""
    if rest is None:
        return None
    first = rest.low if low is None else low.high + (not row.low_closed)
    last = rest.high if high is None else high.low - (not row.high_closed)
    if first > last:
        return rest
    below = (rest.low, min(rest.high, first - 1)) if first > rest.low else None
    above = (max(rest.low, last + 1), rest.high) if last < rest.high else None
    left = [ends for ends in (below, above) if ends]
    return evolve(rest, low=min(ends[0] for ends in left), high=max(ends[1] for ends in left)) if left else None


def lookup_branches(lookup: Lookup, keys: Sequence[Possible], situation: Situation) -> list[Branch]:
    """The rows of a table; one that asks for a word that a key never is, is never taken."""
    rows = [Branch(row.value, row.value, situation if _matches(row.match, keys) else None) for row in lookup.rows]
    if lookup.missing is None:
        return rows
    missing = situation if any(key.missing for key in keys) else None
    return [*rows, Branch(lookup.missing, lookup.missing, missing)]


def _matches(match: tuple[str | None, ...], keys: Sequence[Possible]) -> bool:
    return all(_can_be(key, word) for word, key in zip(match, keys, strict=True))


def _can_be(key: Possible, word: str | None) -> bool:
    if not key.given:
        return False
    return word is None or not isinstance(key, Choices) or key.options is None or word in key.options
