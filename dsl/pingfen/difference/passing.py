"""Which shops lose or gain a score: a record that shows each, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import z3
from attrs import frozen

from ..analysis.possible import Numbers
from ..analysis.scorecard import survey
from ..plan.record import RecordPlan
from ..proof.encoding import RecordEncoding
from ..proof.terms import UnencodableError
from .bounding import sides_over_what_is_alike
from .deciding import Question
from .pairing import Pairing, Record
from .searching import GAINED, LOST, Both, Way, way_of


@frozen(repr=False)
class Passages:
    """A record for each way in which a shop loses or gains its score, and the ways that no shop goes, as is proved."""

    records: Mapping[Way, Record]
    none: frozenset[Way]


def passages(pairing: Pairing, both: Both, seen: Mapping[tuple[str, str, str], Record], seconds: float) -> Passages:
    """Both ways, each asked for at most so many seconds where none of the records seen shows it."""
    records: dict[Way, Record] = {}
    proved = set()
    for way in (LOST, GAINED):
        record = seen.get(("score", *way))
        record, is_none = (record, False) if record is not None else _looked_for(pairing, both, way, seconds)
        if record is not None:
            records[way] = record
        if is_none:
            proved.add(way)
    return Passages(records, frozenset(proved))


def _looked_for(pairing: Pairing, both: Both, way: Way, seconds: float) -> tuple[Record | None, bool]:
    """A record that goes this way, or whether it is proved that none does; the side that would lack a score may always have one."""
    if _always_given(pairing.sides[1 if way == LOST else 0]):
        return None, True
    try:
        question = Question(pairing)
        alike, bounds = sides_over_what_is_alike(question)
        if question.ask(z3.And(*bounds, _goes(alike, way)), seconds / 2)[0] == "no":
            return None, True
        answer, record = question.ask(_goes(question.sides, way), seconds / 2)
    except (UnencodableError, z3.Z3Exception, KeyError):
        return None, False
    shown = record is not None and way_of("score", *(side["score"] for side in both.results(record))) == way
    return (record if shown else None), answer == "no"


def _always_given(plan: RecordPlan) -> bool:
    score = survey(plan).anywhere.known.get(("number", "score"))
    return isinstance(score, Numbers) and not score.missing


def _goes(sides: tuple[RecordEncoding, ...], way: Way) -> Any:
    before, after = (side.number("score").missing for side in sides)
    return z3.And(z3.Not(before), after) if way == LOST else z3.And(before, z3.Not(after))
