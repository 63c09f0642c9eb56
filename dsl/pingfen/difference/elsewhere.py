"""Whether a part of one metric is the same in both versions on all values but some stretches: asked of z3, over that one metric."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import z3

from ..node import evolve
from ..plan.quantity import Numeric
from ..plan.record import Number, RecordPlan
from ..proof.encoding import RecordEncoding
from ..proof.fields import declared_range, fresh_field, fresh_fields, value_in, vocabulary_of
from ..proof.terms import UnencodableError

SECONDS = 1.0
Side = tuple[RecordPlan, Number]


def elsewhere(sides: Sequence[Side], field: str, kind: Numeric, stretches: Sequence[tuple[int, int]]) -> tuple[Literal["no", "yes", "unknown"], int | None]:
    """Whether the part differs on a value outside the stretches, and such a value; a missing one is not looked at."""
    try:
        return _asked(sides, field, kind, stretches)
    except (UnencodableError, z3.Z3Exception):
        return "unknown", None


def _asked(sides: Sequence[Side], field: str, kind: Numeric, stretches: Sequence[tuple[int, int]]) -> tuple[Literal["no", "yes", "unknown"], int | None]:
    words = vocabulary_of(*(plan for plan, _ in sides))
    given = evolve(kind, optional=False)
    term = fresh_field(evolve(next(each for each in sides[0][0].fields if each.name == field), type=given))
    old, new = (RecordEncoding(plan, {**fresh_fields(plan), field: term}, words).number(number.path) for plan, number in sides)
    solver = z3.Solver()
    solver.set("timeout", int(SECONDS * 1000))
    solver.add(*declared_range(given, term, words), *(z3.Or(term.value < low, term.value > high) for low, high in stretches))
    solver.add(z3.Or(old.missing != new.missing, z3.And(z3.Not(old.missing), old.value != new.value)))
    answer = solver.check()
    if answer == z3.sat:
        value = value_in(solver.model(), given, term, words)
        return "yes", value if isinstance(value, int) else None
    return ("no" if answer == z3.unsat else "unknown"), None
