"""Whether two versions mean the same: by structure, by records that differ, and for what is left by z3 within a limit on time.

"Cannot be proved equal" counts as different.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Literal

import z3
from attrs import frozen

from ..plan.quantity import Words
from ..plan.record import Outcome, RecordPlan, Tier
from ..proof.encoding import RecordEncoding
from ..proof.fields import declared_range, fresh_field, value_in, vocabulary_of
from ..proof.terms import Term, UnencodableError
from ..reference import InterpretationError, Value, evaluate
from .alike import same_measures, same_scorecards, same_values, unaffected_by_others
from .pairing import NEW, OLD, Pairing, Record
from .plain import plain_of, plainer
from .searching import Both, Findings, differing

Verdict = Literal["same", "different", "not proved"]
Method = Literal["structure", "witness", "solver", ""]


@frozen(repr=False)
class Shop:
    """A record that shows something, as each version reads it, with both versions' results by the interpreter. `unlike` are the fields in which it differs from
    the first examples: the new version's, and of what the old one alone reads its own."""

    union: Mapping[str, Value]
    old: Mapping[str, Value]
    new: Mapping[str, Value]
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    unlike: tuple[str, ...]


@frozen(repr=False)
class Decision:
    """The verdict on scorecards (of one record whose values both allow); by structure alone, whether events and other shops are `measured` in the same way and
    whether the same values are `allowed`. `alike`: whether a record of both is always one of the same shop, whatever is measured and whatever others score."""

    scorecards: Verdict
    measured: bool
    allowed: bool
    alike: bool
    method: Method

    @property
    def same(self) -> bool:
        """Whether the two versions are proved to mean the same."""
        return self.scorecards == "same" and self.measured and self.allowed


def decide(pairing: Pairing, findings: Findings, both: Both, seconds: float) -> tuple[Decision, Record | None]:
    """The verdict, and a record that z3 found where nothing else did."""
    old, new = pairing.old, pairing.new
    (verdict, record), method = _judged(pairing, findings, both, seconds)
    measured = same_measures(old, new)
    alike = measured and (verdict == "same" or unaffected_by_others(old.record, new.record))
    return Decision(verdict, measured, same_values(old, new), alike, method), record


def _judged(pairing: Pairing, findings: Findings, both: Both, seconds: float) -> tuple[tuple[Verdict, Record | None], Method]:
    if same_scorecards(pairing):
        return ("same", None), "structure"
    if findings.witnesses or _names(pairing.sides[0]) != _names(pairing.sides[1]):
        return ("different", None), "witness"
    answer, record = _solved(pairing, both, seconds)
    return (answer, record), "solver" if answer != "not proved" else ""


def _names(plan: RecordPlan) -> set[tuple[str, ...]]:
    """What a plan tells of a shop; a tier is also what it can be, from the lowest on."""
    numbers = {(number.path,) for number in plan.numbers if number.kind != "part"}
    return numbers | {(outcome.name, *_options(outcome)) for outcome in plan.outcomes}


def _options(outcome: Outcome) -> tuple[str, ...]:
    return outcome.type.options if isinstance(outcome, Tier) and isinstance(outcome.type, Words) else ()


class Question:
    """Both versions as terms of z3 over the union's fields."""

    def __init__(self, pairing: Pairing) -> None:
        self.pairing = pairing
        self.words = vocabulary_of(*pairing.sides)
        self.union: dict[str, Term] = {field.name: fresh_field(field) for field in pairing.fields}
        factors = {each.field.name: (each.old_factor, each.new_factor) for each in pairing.shared}
        self.sides = tuple(
            RecordEncoding(plan, {field.name: self._term(field.name, mark, factors.get(field.name), index) for field in plan.fields}, self.words)
            for index, (plan, mark) in enumerate(zip(pairing.sides, (OLD, NEW), strict=True))
        )

    def _term(self, name: str, mark: str, factors: tuple[int, int] | None, index: int) -> Term:
        if factors is None:
            return self.union[name + mark]
        term, factor = self.union[name], factors[index]
        return term if factor == 1 else Term(term.value * factor, term.missing, term.fault, term.denominator)

    def ranges(self) -> list[Any]:
        """What the declared ranges say."""
        return [each for field in self.pairing.fields for each in declared_range(field.type, self.union[field.name], self.words)]

    def read(self, name: str, side: int) -> Term:
        """One output of one side."""
        encoding = self.sides[side]
        if name == "stage":
            return encoding.stage()
        is_number = any(number.path == name for number in encoding.plan.numbers)
        return encoding.number(name) if is_number else encoding.closed_outcome(name)

    def ask(self, condition: Any, seconds: float) -> tuple[Literal["no", "yes", "unknown"], Record | None]:
        """Whether any record meets the condition; where no time is left, nobody knows."""
        if seconds <= 0:
            return "unknown", None
        solver = z3.Solver()
        solver.set("timeout", max(1, int(seconds * 1000)))
        solver.add(*self.ranges(), condition)
        answer = solver.check()
        if answer == z3.unsat:
            return "no", None
        if answer != z3.sat:
            return "unknown", None
        model = solver.model()
        return "yes", {field.name: value_in(model, field.type, self.union[field.name], self.words) for field in self.pairing.fields}


def _solved(pairing: Pairing, both: Both, seconds: float) -> tuple[Verdict, Record | None]:
    try:
        question = Question(pairing)
        answer, record = question.ask(unequal(question, both, both.outputs), seconds)
    except (UnencodableError, z3.Z3Exception):
        return "not proved", None
    return {"no": ("same", None), "yes": ("different", record), "unknown": ("not proved", None)}[answer]  # type: ignore[return-value]


def unequal(question: Question, both: Both, names: Collection[str]) -> Any:
    """That one of these outputs differs; scores are compared at the finer places of the two."""
    conditions = []
    for name in names:
        old, new = question.read(name, 0), question.read(name, 1)
        factors = both.factors if name == "score" else (1, 1)
        conditions.append(z3.Or(old.missing != new.missing, z3.And(z3.Not(old.missing), old.value * factors[0] != new.value * factors[1])))
    return z3.Or(*conditions)


def shop_of(pairing: Pairing, both: Both, record: Record, keeps: Callable[[Record], bool]) -> Shop:
    """A record made plain and replayed in the reference interpreter, which must agree with the generated functions."""
    plain = plain_of(pairing)
    union = plainer(pairing, both.choices, record, plain, keeps)
    old, new = pairing.records(union)
    results = both.results(union)
    before, after = _replayed(pairing.sides[0], old), _replayed(pairing.sides[1], new)
    for side, told in zip(results, (before, after), strict=True):
        if any(told[name] != side[name] for name in both.outputs):
            raise InterpretationError("the generated function and the reference interpreter differ on a record")
    unlike = tuple(name for name in union if name not in plain or union[name] != plain[name])
    return Shop(union, old, new, before, after, unlike)


def _replayed(plan: RecordPlan, record: Mapping[str, Value]) -> dict[str, Value]:
    found = evaluate(plan, record)
    return {"stage": found.stage, **found.numbers, **found.outcomes}


__all__ = ["Decision", "Shop", "Verdict", "decide", "differing", "shop_of", "unequal"]
