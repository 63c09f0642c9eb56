"""Whether a part of one metric differs between two versions on some stretches of its values and nowhere else: asked of z3, over that one metric."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import Literal

import z3
from attrs import frozen

from ..node import evolve
from ..plan.quantity import Numeric
from ..plan.record import Number, RecordPlan
from ..proof.encoding import RecordEncoding
from ..proof.fields import declared_range, fresh_field, fresh_fields, value_in, vocabulary_of
from ..proof.terms import UnencodableError

Side = tuple[RecordPlan, Number]


Answer = tuple[Literal["no", "yes", "unknown"], int | None]


@frozen
class Question:
    """One part in both versions over one metric, asked until the clock shows `end`."""

    sides: Sequence[Side]
    field: str
    kind: Numeric
    end: float


def elsewhere(question: Question, stretches: Sequence[tuple[int, int]], *, exactly: bool) -> Answer:
    """Whether the part differs on a value outside the stretches, or (`exactly`) is the same on one inside; and such a value. A missing one is not looked at."""
    seconds = question.end - monotonic()
    if seconds <= 0:
        return "unknown", None
    try:
        return _asked(question, stretches, exactly, seconds)
    except (UnencodableError, z3.Z3Exception):
        return "unknown", None


def _asked(question: Question, stretches: Sequence[tuple[int, int]], exactly: bool, seconds: float) -> Answer:
    sides, field = question.sides, question.field
    words = vocabulary_of(*(plan for plan, _ in sides))
    given = evolve(question.kind, optional=False)
    term = fresh_field(evolve(next(each for each in sides[0][0].fields if each.name == field), type=given))
    old, new = (RecordEncoding(plan, {**fresh_fields(plan), field: term}, words).number(number.path) for plan, number in sides)
    solver = z3.Solver()
    solver.set("timeout", max(1, int(seconds * 1000)))
    outside = z3.And(*(z3.Or(term.value < low, term.value > high) for low, high in stretches))
    differs = z3.Or(old.missing != new.missing, z3.And(z3.Not(old.missing), old.value != new.value))
    solver.add(*declared_range(given, term, words), outside == differs if exactly else z3.And(outside, differs))
    answer = solver.check()
    if answer == z3.sat:
        value = value_in(solver.model(), given, term, words)
        return "yes", value if isinstance(value, int) else None
    return ("no" if answer == z3.unsat else "unknown"), None
