"""Where two versions differ, metric by metric: the least range of its values outside of which no shop gets another score, gate or tier.

Each end is the value of a record that differs, taken as far out as records can be found and replayed in the interpreter; that nothing differs further out is
asked of z3. A range is the whole of what the metric can be, or proved, or only seen, and says which.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import Any, Literal

import z3
from attrs import evolve, frozen

from ..plan.quantity import Numeric
from ..proof.terms import UnencodableError
from ..reference import InterpretationError, evaluate
from .deciding import Question, unequal
from .pairing import Pairing, Record
from .searching import Both, Findings, differing, drawer_of

State = Literal["whole", "proved", "seen"]
MOST_WITNESSES, ROUNDS = 24, 40


@frozen(repr=False)
class FieldRange:
    """The values `low .. high` of a metric at which records differ, `records` being one at each end; `missing` is one that differs without the metric, where
    one was found. None differs at any value, but only without it, where both ends are None. What lies outside differs nowhere, unless it is only `seen`."""

    field: str
    kind: Numeric
    low: int | None
    high: int | None
    records: tuple[Record, Record]
    missing: Record | None
    state: State


def ranges_of(pairing: Pairing, both: Both, findings: Findings, seconds: float) -> tuple[FieldRange, ...]:
    """A range for each numeric field of the union; none where no record differs."""
    start = list(_differing(both, findings))[:MOST_WITNESSES]
    if not start:
        return ()
    choices = drawer_of(pairing).choices
    numeric = [(field.name, field.type) for field in pairing.fields if isinstance(field.type, Numeric)]
    found = [_seen(both, start, name, kind, [each for each in choices[name] if isinstance(each, int)]) for name, kind in numeric]
    settled = tuple(_settled(pairing, both, [each for each in found if each is not None], seconds))
    for each in settled:
        _confirm(pairing, both, (*each.records, *([each.missing] if each.missing is not None else [])))
    return settled


def _differing(both: Both, findings: Findings) -> Iterator[Record]:
    """Records that differ in the score, a gate or a tier, as far as the search kept them."""
    kept = [*findings.witnesses.values(), *findings.moves.values(), findings.rise, findings.fall, *findings.ends.values()]
    yield from (record for record in kept if record is not None and _differs(both, record))


def _differs(both: Both, record: Record) -> bool:
    old, new = both.results(record)
    return any(name in both.told for name in differing(both, old, new))


def _seen(both: Both, start: list[Record], name: str, kind: Numeric, values: list[int]) -> FieldRange | None:
    """The range of the records at hand, its ends moved out while a record still differs there."""
    given = [record for record in start if isinstance(record[name], int)]
    outer = sorted({kind.low, *values, kind.high})
    ends = (next((moved for value in order for moved in _moved(both, start, name, value)), None) for order in (outer, outer[::-1]))
    given = sorted((record for record in (*ends, *given) if record is not None), key=lambda record: int(record[name]))  # type: ignore[arg-type]
    missing = next((moved for moved in _moved(both, start, name, None)), None) if kind.optional else None
    if not given:
        return None if missing is None else FieldRange(name, kind, None, None, (missing, missing), missing, "seen")
    low, high = (int(record[name]) for record in (given[0], given[-1]))  # type: ignore[arg-type]
    return FieldRange(name, kind, low, high, (given[0], given[-1]), missing, _state(kind, (low, high), missing))


def _state(kind: Numeric, ends: tuple[int | None, int | None], missing: Record | None) -> State:
    return "whole" if ends == (kind.low, kind.high) and (missing is not None or not kind.optional) else "seen"


def _moved(both: Both, start: list[Record], name: str, value: int | None) -> Iterator[Record]:
    """Records at hand that still differ with another value of the field."""
    yield from (moved for record in start if _differs(both, moved := {**record, name: value}))


def _settled(pairing: Pairing, both: Both, found: list[FieldRange], seconds: float) -> Iterator[FieldRange]:
    """Each range that z3 widens or shows to be all, until the time is over."""
    open_ones = [each for each in found if each.state == "seen"]
    try:
        question = Question(pairing) if open_ones else None
        condition = unequal(question, both, both.told) if question is not None else None
    except (UnencodableError, z3.Z3Exception):
        question = None
    end = monotonic() + seconds
    for each in found:
        left = end - monotonic()
        yield each if each.state != "seen" or question is None or left <= 0 else _widened(question, condition, both, each, left / 2)


def _widened(question: Question, condition: Any, both: Both, found: FieldRange, seconds: float) -> FieldRange:
    """The range after z3 was asked for records further out, each of which widens it."""
    term, end = question.union[found.field], monotonic() + seconds
    for _ in range(ROUNDS):
        outside = z3.And(z3.Not(term.missing), _beyond(term.value, found))
        beyond = outside if found.missing is not None else z3.Or(term.missing, outside)
        answer, record = question.ask(z3.And(condition, beyond), max(end - monotonic(), 0.001))
        if answer == "no":
            return evolve(found, state="proved")
        if record is None or not _differs(both, record):
            return found
        found = _with(found, record)
        if found.state == "whole":
            return found
    return found


def _beyond(value: Any, found: FieldRange) -> Any:
    return True if found.low is None or found.high is None else z3.Or(value < found.low, value > found.high)


def _with(found: FieldRange, record: Record) -> FieldRange:
    """The range with one more record that differs."""
    value = record[found.field]
    if not isinstance(value, int):
        return evolve(found, missing=record, state=_state(found.kind, (found.low, found.high), record))
    low, high = (value if found.low is None else min(found.low, value)), (value if found.high is None else max(found.high, value))
    records = record if value == low else found.records[0], record if value == high else found.records[1]
    return evolve(found, low=low, high=high, records=records, state=_state(found.kind, (low, high), found.missing))


def _confirm(pairing: Pairing, both: Both, records: tuple[Record, ...]) -> None:
    """Each record is one that differs, by the interpreter too."""
    for record in records:
        sides = [evaluate(plan, each) for plan, each in zip(pairing.sides, pairing.records(record), strict=True)]
        before, after = ({"stage": side.stage, **side.numbers, **side.outcomes} for side in sides)
        if not any(name in both.told for name in differing(both, before, after)):
            raise InterpretationError("the generated function and the reference interpreter differ on a record")
