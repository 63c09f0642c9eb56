"""Why a subject's scores and outcomes are what they are: short texts, in the order of the scorecard, for what acted on this subject.

A row tells them as bits of whole numbers, the first reason the lowest bit: that is fast and every engine can say it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from ..plan.expressions import DropMissing, Substitute, Sum
from ..plan.record import Adjustment, Gate, Number
from ..wording.expressions import Wording
from .numbers import steps_of
from .outcomes import closing_of
from .trees import Tree, binary, cases, either, every, given, missing, negated, text

if TYPE_CHECKING:
    from .record import Records

Reason = tuple[Tree, str]
BITS = 60
_VERBS = {"deduct": "deduct", "bonus": "bonus", "protect": "protect at least", "cap": "cap at most"}


def reasons_of(records: Records) -> list[tuple[Tree, tuple[str, ...]]]:
    """Whole numbers whose bits say which of their texts apply."""
    found = [*_of_stage(records)]
    for number in records.record.numbers:
        found += _of_number(records, number)
    found += _of_outcomes(records)
    parts = [found[start : start + BITS] for start in range(0, len(found), BITS)]
    return [(_mask(records, [condition for condition, _ in part]), tuple(said for _, said in part)) for part in parts]


def _mask(records: Records, conditions: list[Tree]) -> Tree:
    mask = records.spell.integer(0)
    for index, condition in enumerate(conditions):
        mask = binary(exp.Add, mask, cases([(condition, records.spell.integer(1 << index))], records.spell.integer(0)))
    return mask


def _of_stage(records: Records) -> list[Reason]:
    partial = [row for row in records.record.stages if not row.full]
    return [(binary(exp.EQ, records.stage(), text(row.name)), f"stage: {row.name}") for row in partial]


def _of_number(records: Records, number: Number) -> list[Reason]:
    reasons: list[Reason] = []
    if isinstance(number.value, Sum) and number.value.missing is not None:
        done = "weight given to the others" if isinstance(number.value.missing, DropMissing) else "a written value counts"
        assert isinstance(number.value.missing, DropMissing | Substitute)
        here = given(records.number(number.path))
        reasons += [(every([missing(records.number(line.path)), here]), f"{line.path}: missing, {done}") for line in number.value.lines]
    if number.adjustments or number.low is not None or number.high is not None:
        reasons += _of_steps(records, number)
    if number.kind in ("score", "total") and not any(item.kind == "score" for item in records.record.numbers if item is not number and number.kind == "total"):
        reasons.append((missing(records.number(number.path)), f"{number.path}: none"))
    return reasons


def _of_steps(records: Records, number: Number) -> list[Reason]:
    """The adjustments and the range that changed the number."""
    steps = steps_of(records, number)
    made = given(records.number(number.path))
    reasons = [
        (every([made, _differs(before, after)]), f"{number.path}: {_said(records, adjustment)}")
        for adjustment, before, after in zip(number.adjustments, steps, steps[1:], strict=False)
    ]
    if number.low is not None or number.high is not None:
        reasons.append((every([made, _differs(steps[len(number.adjustments)], steps[-1])]), f"{number.path}: held within its range"))
    return reasons


def _differs(before: Tree, after: Tree) -> Tree:
    return binary(exp.NEQ, before, after)


def _said(records: Records, adjustment: Adjustment) -> str:
    """The adjustment as it was written, by names and not by labels: results are data."""
    words = Wording("en", {}, records.plan.events.zone)
    per = "" if adjustment.per is None else f" per {words.describe(adjustment.per)}"
    condition = "" if adjustment.condition is None else f" when {words.describe(adjustment.condition)}"
    return f"{_VERBS[adjustment.kind]} {words.describe(adjustment.amount)}{per}{condition}"


def _of_outcomes(records: Records) -> list[Reason]:
    """Gates that are closed and sanctions that apply, and those that a linked subject closed."""
    reasons: list[Reason] = []
    for outcome in records.record.outcomes:
        if isinstance(outcome, Gate):
            own = records.outcome(outcome.name)
            shut = binary(exp.EQ, own, text(outcome.shut))
            without = either(missing(records.translator.value(value)) for value, fate in outcome.without if fate == outcome.shut)
            reasons.append((every([shut, negated(without)]), f"{outcome.name}: {outcome.shut}"))
            reasons.append((every([shut, without]), f"{outcome.name}: {outcome.shut} without a value"))
            closings = either(closing_of(records, rule) for rule in records.record.linked if outcome.name in rule.outcomes)
            reasons.append((every([closings, negated(shut)]), f"{outcome.name}: {outcome.shut} by a linked subject"))
    return reasons
