"""Stages and numbers of the second half: value, adjustments in the order written, own range."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sqlglot import exp

from ..plan.quantity import Numeric
from ..plan.record import Adjustment, Number
from .trees import Tree, binary, cases, clamped, either, text

if TYPE_CHECKING:
    from .record import Records


def stage_of(records: Records) -> Tree:
    """The name of the first stage whose condition holds."""
    rows = [(records.translator.value(row.condition), text(row.name)) for row in records.record.stages if row.condition is not None]
    return cases(rows, text(records.record.stages[-1].name))


def number_of(records: Records, number: Number) -> Tree:
    """A number: none or the stage's value where the stage is not full."""
    made = _adjusted(records, number)[-1]
    partial = [row for row in records.record.stages if not row.full] if number.needs_full_stage else []
    if not partial:
        return made
    if number.kind != "score":
        return cases([(either(_is_stage(records, row.name) for row in partial), records.translator.absent(number.type))], made)
    values = [(row, records.translator.absent(number.type) if row.value is None else records.translator.value(row.value)) for row in partial]
    return cases([(_is_stage(records, row.name), value) for row, value in values], made)


def steps_of(records: Records, number: Number) -> list[Tree]:
    """The value, the value after each adjustment, and after the number's own range, each shared."""
    return _adjusted(records, number)


def _is_stage(records: Records, name: str) -> Tree:
    return binary(exp.EQ, records.stage(), text(name))


def _adjusted(records: Records, number: Number) -> list[Tree]:
    share = records.stairs.share
    steps = [share(records.translator.value(number.value))]
    if not isinstance(number.type, Numeric):
        return steps
    for index, adjustment in enumerate(number.adjustments, start=1):
        after = share(_after(records, adjustment, steps[-1]))
        steps.append(records.stairs.call(after, f"adjusted {number.path}.{adjustment.kind}.{index}"))
    return [*steps, share(_held(records, number, steps[-1]))]


def _held(records: Records, number: Number, value: Tree) -> Tree:
    """The value within the number's own range; a value that can only be there stays as it is."""
    spell, kind = records.spell, number.value.type
    low, high = number.low, number.high
    if isinstance(kind, Numeric) and not number.adjustments:
        low = None if low is not None and kind.low >= low else low
        high = None if high is not None and kind.high <= high else high
    if low is not None and high is not None:
        return clamped(value, spell.integer(low), spell.integer(high))
    if low is not None:
        return spell.larger(value, spell.integer(low))
    return value if high is None else spell.smaller(value, spell.integer(high))


def _after(records: Records, adjustment: Adjustment, value: Tree) -> Tree:
    """The value after one adjustment; a none stays none, a condition that does not hold leaves the value."""
    amount = records.translator.value(adjustment.amount)
    if adjustment.per is not None:
        amount = binary(exp.Mul, amount, records.translator.value(adjustment.per))
    amount = records.stairs.share(amount)
    if adjustment.most is not None:
        amount = records.stairs.share(records.spell.smaller(amount, records.spell.integer(adjustment.most)))
    after = _applied(records, adjustment, value, amount)
    if adjustment.condition is None:
        return after
    return cases([(records.translator.value(adjustment.condition), after)], value)


def _applied(records: Records, adjustment: Adjustment, value: Tree, amount: Tree) -> Tree:
    match adjustment.kind:
        case "deduct":
            return binary(exp.Sub, value, amount)
        case "bonus":
            return binary(exp.Add, value, amount)
        case "protect":
            return records.spell.larger(value, amount)
        case "cap":
            return records.spell.smaller(value, amount)
        case _:
            assert_never(adjustment.kind)
