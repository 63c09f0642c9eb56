"""The record plan as terms of z3 over whole numbers: each field, number, stage and outcome, and whether it is missing.

`encode_record(plan)` makes fields of its own; two plans that are compared, or two records that differ in one field, share the terms of the others:
`encode_record(plan, {**other.fields, name: fresh_field(...)})`. Everything is made when it is first asked for, so what a question does not touch costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, assert_never

import z3

from ..plan.expressions import Expression
from ..plan.quantity import Numeric, Type, Words
from ..plan.record import Adjustment, Force, Gate, Number, Outcome, RecordPlan, StageRow, Tier
from ..reference import Value
from .expressions import holds, number_of, term_of
from .fields import OUTCOME_WORDS, fresh_fields, value_in, vocabulary_of
from .terms import NEVER, Fields, Term, Vocabulary, both, choose, either, first_of, negation, times, where, with_fault


class RecordEncoding:
    """Terms of one record: `fields` by name; numbers, outcomes and the stage on demand."""

    def __init__(self, plan: RecordPlan, fields: Fields, vocabulary: Vocabulary) -> None:
        self.plan = plan
        self.fields = fields
        self.vocabulary = vocabulary
        self._numbers = {number.path: number for number in plan.numbers}
        self._outcomes = {outcome.name: outcome for outcome in plan.outcomes}
        self._made: dict[tuple[str, str], Term] = {}

    def field(self, name: str, part: str) -> Term:
        """A field, or one part of an exact quotient."""
        term = self.fields[name]
        match part:
            case "numerator":
                return Term(term.value, term.missing)
            case "denominator":
                return Term(term.denominator, term.missing)
            case _:
                return term

    def as_of(self) -> Term:
        """D."""
        return self.fields[next(field.name for field in self.plan.fields if field.kind == "as of")]

    def number(self, path: str) -> Term:
        """A number after its adjustments and its own range. What it reads is made for every record, so its faults are told by `fault` alone."""
        term = self._remembered("number", path)
        return Term(term.value, term.missing, NEVER, term.denominator)

    def outcome(self, name: str) -> Term:
        """An outcome before closing by linked entities, as a word's number."""
        term = self._remembered("unlinked", name)
        return Term(term.value, term.missing)

    def closed_outcome(self, name: str) -> Term:
        """An outcome after closing as a group of one."""
        term = self._remembered("closed", name)
        return Term(term.value, term.missing)

    def stage(self) -> Term:
        """The stage, as a word's number."""
        return Term(self._remembered("stage", "").value)

    def is_full(self) -> Any:
        """Whether parts and total are made."""
        rows = self.plan.stages
        return either(both([self._taken(index), z3.BoolVal(row.full)]) for index, row in enumerate(rows)) if rows else z3.BoolVal(True)

    def fault(self) -> Any:
        """Whether a missing value is met anywhere in the record's scorecard where the plan promises none."""
        faults = [self._remembered("number", path).fault for path in self._numbers]
        faults += [self._remembered("unlinked", name).fault for name in self._outcomes]
        conditions = [*(rule.condition for rule in self.plan.linked), *(rule.condition for rule in self.plan.hidden)]
        faults += [holds(condition, self).fault for condition in conditions]
        return either([*faults, *([self._remembered("stage", "").fault] if self.plan.stages else [])])

    def term(self, expression: Expression) -> Term:
        """The term of any expression over this record."""
        return term_of(expression, self)

    def adjusted(self, adjustment: Adjustment) -> Term:
        """A number after one of its adjustments and before the next, wherever its parts are made."""
        number = next(number for number in self.plan.numbers if any(each is adjustment for each in number.adjustments))
        term = term_of(number.value, self)
        value, faults = term.value, [term.fault]
        for each in number.adjustments:
            value, fault = self._adjusted(each, value)
            faults.append(fault)
            if each is adjustment:
                break
        return Term(value, either([term.missing, negation(self.is_full())]) if number.needs_full_stage else term.missing, either(faults))

    def rank(self, kind: Type, term: Term) -> Any:
        """A term as a number that grows with what is better: closed below open, clear below applies, words in the order of their options."""
        if not isinstance(kind, Words):
            return term.value
        order = kind.options or OUTCOME_WORDS
        ranks = {word: index % 2 if order is OUTCOME_WORDS else index for index, word in enumerate(order)}
        result: Any = z3.IntVal(0)
        for word, rank in ranks.items():
            result = where(term.value == self.vocabulary.code(word), z3.IntVal(rank), result)
        return result

    def record_of(self, model: Any) -> dict[str, Value]:
        """The record that a model describes."""
        return {field.name: value_in(model, field.type, self.fields[field.name], self.vocabulary) for field in self.plan.fields}

    def _remembered(self, kind: str, name: str) -> Term:
        if (kind, name) not in self._made:
            self._made[kind, name] = self._make(kind, name)
        return self._made[kind, name]

    def _make(self, kind: str, name: str) -> Term:
        match kind:
            case "number":
                return self._made_number(self._numbers[name])
            case "unlinked":
                return self._decided(self._outcomes[name])
            case "closed":
                return self._closed(self._outcomes[name])
            case _:
                return self._staged(self.plan.stages)

    def _staged(self, rows: Sequence[StageRow]) -> Term:
        result = Term(z3.IntVal(0))
        for row in reversed(rows):
            named = Term(z3.IntVal(self.vocabulary.code(row.name)))
            condition = Term(z3.BoolVal(True)) if row.condition is None else holds(row.condition, self)
            result = with_fault(choose(condition.value, named, result), condition.fault)
        return result

    def _taken(self, index: int) -> Any:
        """Whether the stage of that row is the first whose condition holds."""
        conditions = [z3.BoolVal(True) if row.condition is None else holds(row.condition, self).value for row in self.plan.stages[: index + 1]]
        return both([*(negation(condition) for condition in conditions[:-1]), conditions[-1]])

    def _made_number(self, number: Number) -> Term:
        full = self._full_number(number)
        if not self.plan.stages or not number.needs_full_stage:
            return full
        rows = []
        for index, row in enumerate(self.plan.stages):
            own = term_of(row.value, self) if number.kind == "score" and row.value is not None and not row.full else None
            rows.append((self._taken(index), full if row.full else own or Term(z3.IntVal(0), z3.BoolVal(True))))
        return first_of(rows[:-1], rows[-1][1])

    def _full_number(self, number: Number) -> Term:
        term = term_of(number.value, self)
        if not isinstance(number.type, Numeric):
            return term
        value, faults = term.value, [term.fault]
        for adjustment in number.adjustments:
            value, fault = self._adjusted(adjustment, value)
            faults.append(both([negation(term.missing), fault]))
        if number.low is not None:
            value = where(value < number.low, z3.IntVal(number.low), value)
        if number.high is not None:
            value = where(value > number.high, z3.IntVal(number.high), value)
        return Term(value, term.missing, either(faults))

    def _adjusted(self, adjustment: Adjustment, value: Any) -> tuple[Any, Any]:
        condition = Term(z3.BoolVal(True)) if adjustment.condition is None else holds(adjustment.condition, self)
        amount = number_of(adjustment.amount, self)
        per = Term(z3.IntVal(1)) if adjustment.per is None else number_of(adjustment.per, self)
        size = times(amount.value, per.value)
        if adjustment.most is not None:
            size = where(size > adjustment.most, z3.IntVal(adjustment.most), size)
        after = {
            "deduct": value - size,
            "bonus": value + size,
            "protect": where(value < size, size, value),
            "cap": where(value > size, size, value),
        }[adjustment.kind]
        fault = either([condition.fault, both([condition.value, either([amount.fault, per.fault])])])
        return where(condition.value, after, value), fault

    def _decided(self, outcome: Outcome) -> Term:
        match outcome:
            case Gate():
                return self._gated(outcome)
            case Tier():
                return self._ranked(outcome.forces, term_of(outcome.value, self))
            case _:
                assert_never(outcome)

    def _gated(self, gate: Gate) -> Term:
        condition = holds(gate.condition, self)
        held, unheld = (Term(z3.IntVal(self.vocabulary.code(word))) for word in (gate.held, gate.unheld))
        result = with_fault(choose(condition.value, held, unheld), condition.fault)
        for value, fallen in reversed(gate.without):
            term = term_of(value, self)
            result = with_fault(choose(term.missing, Term(z3.IntVal(self.vocabulary.code(fallen))), result), term.fault)
        return result

    def _ranked(self, forces: Sequence[Force], term: Term) -> Term:
        value, faults = term.value, [term.fault]
        for force in forces:
            condition = holds(force.condition, self)
            value = where(condition.value, z3.IntVal(self.vocabulary.code(force.tier)), value)
            faults.append(both([negation(term.missing), condition.fault]))
        return Term(value, term.missing, either(faults))

    def _closed(self, outcome: Outcome) -> Term:
        term = self._remembered("unlinked", outcome.name)
        rules = [holds(rule.condition, self) for rule in self.plan.linked if outcome.name in rule.outcomes]
        if not rules or not isinstance(outcome, Gate):
            return term
        shut = Term(z3.IntVal(self.vocabulary.code(outcome.shut)), NEVER, term.fault)
        return with_fault(choose(either(rule.value for rule in rules), shut, term), *(rule.fault for rule in rules))


def encode_record(plan: RecordPlan, fields: Fields | None = None, vocabulary: Vocabulary | None = None, *more: Expression) -> RecordEncoding:
    """The terms of a record plan. Without `fields` they are fresh ones; `more` are further expressions that will be asked for (claims' assumptions)."""
    words = vocabulary or vocabulary_of(plan, *more)
    return RecordEncoding(plan, fresh_fields(plan) if fields is None else fields, words)
