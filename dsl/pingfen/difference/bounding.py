"""How far a score can rise or fall: the record that shows the most, and whether it is proved that none shows more.

Three proofs are tried, the cheapest first: the ranges of both scores; z3 over the numbers that both versions make alike, each of which stands for itself
whatever it is made of; z3 over the whole of both versions.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import Any

import z3

from ..analysis.possible import Numbers, Possible
from ..analysis.scorecard import survey
from ..plan.record import RecordPlan
from ..proof.encoding import RecordEncoding
from ..proof.terms import NEVER, Fields, Term, UnencodableError, Vocabulary
from .deciding import Question
from .pairing import Pairing, Record
from .searching import Both


def furthest(pairing: Pairing, both: Both, record: Record | None, sign: int, seconds: float) -> tuple[Record | None, bool]:
    """The record with the largest change of this sign, and whether it is proved that none is larger; z3 begins where the search ended.

    No record and True: it is proved that none changes in this way. All questions together take `seconds`, the first one half of them at most.
    """
    end = monotonic() + seconds
    if _change(both, record, sign) == largest_possible(pairing, both, sign):
        return record, True
    try:
        question = Question(pairing)
        whole = _larger(both, question.sides, sign)
        alike, bounds = sides_over_what_is_alike(question)
    except (UnencodableError, z3.Z3Exception, KeyError):
        return record, False
    if question.ask(z3.And(*bounds, _larger(both, alike, sign) > _change(both, record, sign), *_scored(alike)), seconds / 2)[0] == "no":
        return record, True
    while True:
        best = _change(both, record, sign)
        answer, found = question.ask(z3.And(*_scored(question.sides), whole > best), end - monotonic())
        if answer != "yes" or found is None:
            return record, answer == "no"
        if _change(both, found, sign) <= best:
            return record, False
        record = found


def _change(both: Both, record: Record | None, sign: int) -> int:
    return 0 if record is None else sign * (both.change(record) or 0)


def _larger(both: Both, sides: tuple[RecordEncoding, ...], sign: int) -> Any:
    """By how much the score changes in this way."""
    old, new = (side.number("score").value * factor for side, factor in zip(sides, both.factors, strict=True))
    return sign * (new - old)


def _scored(sides: tuple[RecordEncoding, ...]) -> list[Any]:
    return [z3.Not(side.number("score").missing) for side in sides]


class _Given(RecordEncoding):
    """A record some of whose numbers are given, whatever they are made of."""

    def __init__(self, plan: RecordPlan, fields: Fields, vocabulary: Vocabulary, given: Mapping[str, Term]) -> None:
        super().__init__(plan, fields, vocabulary)
        self._given = given

    def number(self, path: str) -> Term:
        """The given number, or the one that is made."""
        return self._given[path] if path in self._given else super().number(path)


def sides_over_what_is_alike(question: Question) -> tuple[tuple[RecordEncoding, ...], list[Any]]:
    """Both versions where each number that both make by the same term is a value of its own within its range: whatever a record gives, these can give too, so
    what they cannot reach no record can."""
    sides, (old, new) = question.sides, (survey(side.plan).anywhere.known for side in question.sides)
    given: dict[str, Term] = {}
    bounds: list[Any] = []
    for path in {number.path for number in sides[0].plan.numbers} & {number.path for number in sides[1].plan.numbers}:
        ranges = [each for each in (old.get(("number", path)), new.get(("number", path))) if isinstance(each, Numbers)]
        if ranges and _is_same(sides[0].number(path), sides[1].number(path)):
            value = z3.FreshInt(path)
            given[path] = Term(value, z3.FreshBool(path) if all(each.missing for each in ranges) else NEVER)
            bounds += [condition for each in ranges for condition in (value >= each.low, value <= each.high)]
    return tuple(_Given(side.plan, side.fields, question.words, given) for side in sides), bounds


def _is_same(old: Term, new: Term) -> bool:
    """Whether two terms are one and the same; an exact quotient is none that stands for itself."""
    return old.denominator is None and new.denominator is None and bool(old.value.eq(new.value)) and bool(old.missing.eq(new.missing))


def largest_possible(pairing: Pairing, both: Both, sign: int) -> int | None:
    """How far apart the intervals of both scores lie: no change of this sign can be larger. None where one of them is never given."""
    plans = zip((pairing.old, pairing.new), both.factors, strict=True)
    old, new = (_ends(survey(plan.record).anywhere.known.get(("number", "score")), factor) for plan, factor in plans)
    if old is None or new is None:
        return None
    return new[1] - old[0] if sign > 0 else old[1] - new[0]


def _ends(score: Possible | None, factor: int) -> tuple[int, int] | None:
    return (score.low * factor, score.high * factor) if isinstance(score, Numbers) and score.given else None
