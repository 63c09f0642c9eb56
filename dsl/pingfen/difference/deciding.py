"""Whether two versions mean the same: by structure, by records that differ, and for what is left by z3 within a limit on time.

"Cannot be proved equal" counts as different.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Literal

import z3
from attrs import frozen

from ..plan.encoding import encode
from ..plan.ruleset import Plan
from ..proof.encoding import RecordEncoding
from ..proof.fields import declared_range, fresh_field, value_in, vocabulary_of
from ..proof.terms import Term, UnencodableError
from ..reference import InterpretationError, Value, evaluate
from .pairing import NEW, OLD, Pairing, Record
from .plain import plain_of, plainer
from .searching import Both, Findings, differing

Verdict = Literal["same", "different", "not proved"]


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
    """The verdict on scorecards (of one record) and on what is measured (events to records), the latter by structure alone."""

    scorecards: Verdict
    measured: bool
    method: Literal["structure", "witness", "solver", ""]

    @property
    def same(self) -> bool:
        """Whether the two versions are proved to mean the same."""
        return self.scorecards == "same" and self.measured


def normal(node: object) -> Any:
    """A node's JSON form without labels: what people read beside a name is no meaning."""
    return _without_labels(encode(node))


def _without_labels(document: Any) -> Any:
    if isinstance(document, dict):
        return {key: _without_labels(value) for key, value in document.items() if key not in ("label", "improvable", "better")}
    return [_without_labels(each) for each in document] if isinstance(document, list) else document


def same_measures(old: Plan, new: Plan) -> bool:
    """Whether both read events in the same way."""
    return bool(normal(old.events) == normal(new.events) and normal(old.record.subject) == normal(new.record.subject))


def decide(pairing: Pairing, findings: Findings, both: Both, seconds: float) -> tuple[Decision, Record | None]:
    """The verdict, and a record that z3 found where nothing else did."""
    old, new = pairing.old, pairing.new
    measured = same_measures(old, new)
    if normal(old.record) == normal(new.record):
        return Decision("same", measured, "structure"), None
    if findings.witnesses or _names(old) != _names(new):
        return Decision("different", measured, "witness"), None
    answer, record = _solved(pairing, both, seconds)
    return Decision(answer, measured, "solver" if answer != "not proved" else ""), record


def _names(plan: Plan) -> set[str]:
    return {*(number.path for number in plan.record.numbers if number.kind != "part"), *(outcome.name for outcome in plan.record.outcomes)}


class Question:
    """Both versions as terms of z3 over the union's fields."""

    def __init__(self, pairing: Pairing) -> None:
        self.pairing = pairing
        self.words = vocabulary_of(pairing.old.record, pairing.new.record)
        self.union: dict[str, Term] = {field.name: fresh_field(field) for field in pairing.fields}
        factors = {each.field.name: (each.old_factor, each.new_factor) for each in pairing.shared}
        self.sides = tuple(
            RecordEncoding(plan.record, {field.name: self._term(field.name, mark, factors.get(field.name), index) for field in plan.record.fields}, self.words)
            for index, (plan, mark) in enumerate(((pairing.old, OLD), (pairing.new, NEW)))
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
        """Whether any record meets the condition."""
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
    before, after = _replayed(pairing.old, old), _replayed(pairing.new, new)
    for side, told in zip(results, (before, after), strict=True):
        if any(told[name] != side[name] for name in both.outputs):
            raise InterpretationError("the generated function and the reference interpreter differ on a record")
    unlike = tuple(name for name in union if name not in plain or union[name] != plain[name])
    return Shop(union, old, new, before, after, unlike)


def _replayed(plan: Plan, record: Mapping[str, Value]) -> dict[str, Value]:
    found = evaluate(plan.record, record)
    return {"stage": found.stage, **found.numbers, **found.outcomes}


__all__ = ["Decision", "Shop", "Verdict", "decide", "differing", "normal", "same_measures", "shop_of", "unequal"]
