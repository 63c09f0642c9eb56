"""Which places of a ruleset no record can reach: what no example reaches may be a missing example, or a row that nothing ever takes.

A place is unreachable where z3 shows that what leads to it cannot hold within the declared ranges. What is not shown counts as reachable.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import z3

from ..node import nodes_in
from ..plan.expressions import Bands, Cases
from ..plan.record import Gate, RecordPlan
from .encoding import RecordEncoding, encode_record
from .expressions import holds, inside, term_of
from .fields import declared_ranges
from .terms import UnencodableError, both, either, negation

Place = tuple[object, ...]
SECONDS = 1.0


def unreachable(plan: RecordPlan, places: Iterable[Place], seconds: float = SECONDS) -> set[Place]:
    """Those of the places (as `trial.coverage` names them) that are shown to be unreachable."""
    return {place for place in places if _is_unreachable(plan, place, seconds)}


def _is_unreachable(plan: RecordPlan, place: Place, seconds: float) -> bool:
    record = encode_record(plan)
    try:
        condition = _leading_to(record, place)
    except UnencodableError:
        return False
    if condition is None:
        return False
    solver = z3.Solver()
    solver.set("timeout", max(int(seconds * 1000), 1))
    solver.add(both([*declared_ranges(plan, record.fields, record.vocabulary), condition]))
    return bool(solver.check() == z3.unsat)


def _leading_to(record: RecordEncoding, place: Place) -> Any:
    """A condition that holds on every record that reaches the place; None for a place among events."""
    code = record.vocabulary.code
    match place:
        case ("stage", str() as name):
            return record.stage().value == code(name)
        case ("outcome", str() as name, str() as word):
            terms = (record.outcome(name), record.closed_outcome(name))
            return either(both([negation(term.missing), term.value == code(word)]) for term in terms)
        case ("closed", str() as name):
            gate = next(outcome for outcome in record.plan.outcomes if outcome.name == name)
            assert isinstance(gate, Gate)
            return both([record.outcome(name).value != code(gate.shut), record.closed_outcome(name).value == code(gate.shut)])
        case ("hidden", str() as path):
            return either(holds(rule.condition, record).value for rule in record.plan.hidden if path in rule.paths)
        case ("adjusted", str() as path, int() as index):
            number = next(each for each in record.plan.numbers if each.path == path)
            condition = number.adjustments[index].condition
            made = record.is_full() if number.needs_full_stage else z3.BoolVal(True)
            return made if condition is None else both([made, holds(condition, record).value])
        case ("row", int() as identity, int() as index):
            choice = next((node for node in nodes_in(record.plan) if id(node) == identity), None)
            return _row(record, choice, index) if isinstance(choice, Bands | Cases) else None
        case _:
            return None


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
