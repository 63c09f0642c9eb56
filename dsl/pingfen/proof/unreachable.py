"""Which places of a ruleset no record can reach: what no example reaches may be a missing example, or a row that nothing ever takes.

A place is unreachable where z3 shows that what leads to it cannot hold within the declared ranges. An adjustment, a range, a force and a closing are reached
where they change something. What is not shown counts as reachable.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import z3
from attrs import evolve

from ..node import nodes_in
from ..plan.expressions import Bands, Cases, Lookup
from ..plan.record import Gate, Number, RecordPlan, Tier
from .encoding import RecordEncoding, encode_record
from .expressions import holds, inside, term_of
from .fields import declared_ranges
from .terms import Term, UnencodableError, both, either, negation, where

Place = tuple[object, ...]
SECONDS = 1.0


def unreachable(plan: RecordPlan, places: Iterable[Place], seconds: float = SECONDS) -> set[Place]:
    """Those of the places (as `trial.places` names them) that are shown to be unreachable."""
    record = encode_record(plan)
    return {place for place in places if _is_unreachable(record, place, seconds)}


def _is_unreachable(record: RecordEncoding, place: Place, seconds: float) -> bool:
    try:
        return any(_never(record, condition, seconds) for condition in _leading_to(record, place))
    except UnencodableError:
        return False


def _never(record: RecordEncoding, condition: Any, seconds: float) -> bool:
    """Whether z3 shows that the condition holds for no record within the declared ranges."""
    solver = z3.Solver()
    solver.set("timeout", max(int(seconds * 1000), 1))
    solver.add(both([*declared_ranges(record.plan, record.fields, record.vocabulary), condition]))
    return bool(solver.check() == z3.unsat)


def _leading_to(record: RecordEncoding, place: Place) -> list[Any]:
    """Conditions that must all hold where the place is reached, each on one record, which may be another's; none for a place among events."""
    match place:
        case ("stage" | "outcome", *_):
            return [_outcome(record, place)]
        case ("closed", int() as rule, str() as name):
            gate = next(outcome for outcome in record.plan.outcomes if outcome.name == name)
            assert isinstance(gate, Gate)
            return [holds(record.plan.linked[rule].condition, record).value, record.outcome(name).value != record.vocabulary.code(gate.shut)]
        case ("hidden", int() as rule, _):
            return [holds(record.plan.hidden[rule].condition, record).value]
        case ("adjusted", str() as path, int() as index):
            return [_adjusted(record, _number(record, path), index)]
        case ("within", str() as path):
            return [_within(record, _number(record, path))]
        case ("forced", str() as name, int() as index):
            tier = next(outcome for outcome in record.plan.outcomes if outcome.name == name)
            assert isinstance(tier, Tier)
            return [_forced(record, tier, index)]
        case ("row", int() as identity, int() as index):
            choice = next((node for node in nodes_in(record.plan) if id(node) == identity), None)
            return [_row(record, choice, index)] if isinstance(choice, Bands | Cases) else []
        case ("table", str() as name, int() as index):
            table = next((node for node in nodes_in(record.plan) if isinstance(node, Lookup) and node.table == name), None)
            return [_table_row(record, table, index)] if table is not None else []
        case _:
            return []


def _outcome(record: RecordEncoding, place: Place) -> Any:
    """A stage, or an outcome before or after closing: what any linked subject's condition closes, its own closes too."""
    code = record.vocabulary.code
    if place[0] == "stage":
        return record.stage().value == code(str(place[1]))
    _, name, word = map(str, place)
    terms = (record.outcome(name), record.closed_outcome(name))
    return either(both([negation(term.missing), term.value == code(word)]) for term in terms)


def _number(record: RecordEncoding, path: str) -> Number:
    return next(each for each in record.plan.numbers if each.path == path)


def _adjusted(record: RecordEncoding, number: Number, index: int) -> Any:
    """That the adjustment changes the number."""
    before = _unadjusted(record, number, index)
    after = record.adjusted(number.adjustments[index])
    return both([negation(after.missing), before.value != after.value])


def _within(record: RecordEncoding, number: Number) -> Any:
    """That the number's own range changes it."""
    before = _unadjusted(record, number, len(number.adjustments))
    below = [] if number.low is None else [before.value < number.low]
    above = [] if number.high is None else [before.value > number.high]
    return both([negation(before.missing), either([*below, *above])])


def _unadjusted(record: RecordEncoding, number: Number, index: int) -> Term:
    """The number before one of its adjustments, or behind the last."""
    if index:
        return record.adjusted(number.adjustments[index - 1])
    term = record.term(number.value)
    return evolve(term, missing=either([term.missing, negation(record.is_full())])) if number.needs_full_stage else term


def _forced(record: RecordEncoding, tier: Tier, index: int) -> Any:
    """That the force decides, and that the tier would be another without it."""
    base, force = record.term(tier.value), tier.forces[index]
    before = base.value
    for earlier in tier.forces[:index]:
        before = where(holds(earlier.condition, record).value, z3.IntVal(record.vocabulary.code(earlier.tier)), before)
    later = [negation(holds(other.condition, record).value) for other in tier.forces[index + 1 :]]
    decides = [negation(base.missing), holds(force.condition, record).value, *later]
    return both([*decides, before != record.vocabulary.code(force.tier)])


def _table_row(record: RecordEncoding, table: Lookup, index: int) -> Any:
    """That the row is the first that matches, or that a key is missing."""
    keys = [record.term(key) for key in table.keys]
    missing = either(key.missing for key in keys)
    if index == len(table.rows):
        return missing
    code = record.vocabulary.code
    matches = [both(key.value == code(word) for word, key in zip(row.match, keys, strict=True) if word is not None) for row in table.rows]
    return both([negation(missing), _first(matches, index)])


def _row(record: RecordEncoding, choice: Bands | Cases, index: int) -> Any:
    """That the row is the first that holds; after the rows come `else` and `none`."""
    if isinstance(choice, Cases):
        conditions = [holds(row.condition, record).value for row in choice.rows]
        return _first(conditions, index)
    subject = term_of(choice.subject, record)
    if index == len(choice.rows) + 1:
        return subject.missing
    return both([negation(subject.missing), _first([inside(subject, row, record).value for row in choice.rows], index)])


def _first(conditions: list[Any], index: int) -> Any:
    return both([*(negation(condition) for condition in conditions[:index]), *conditions[index : index + 1]])
