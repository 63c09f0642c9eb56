"""What every number of a scorecard can be: stages, then numbers in order with their adjustments and clamps, then tiers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from ..node import evolve, frozen
from ..plan.record import Adjustment, Number, RecordPlan, StageRow, Tier
from .evaluation import assume, can_be, evaluate, numbers_of
from .interval import clamp, times
from .possible import ABSENT, Choices, Numbers, Possible, join, join_numbers
from .situation import Situation


@frozen
class Step:
    """One adjustment of a number: the value before it, the same where its condition holds (`there`), and the amount where it is made (None where the condition
    never holds). `spared`: whether the condition can fail."""

    number: Number
    adjustment: Adjustment
    before: Numbers
    there: Numbers
    amount: Numbers | None
    after: Numbers
    spared: bool


@frozen
class Outlook:
    """Everything that can be said of a record plan.

    `stages`: each stage row with its situation (None where it is never reached). `unheld`: each number before its own range. Nothing is known on the `ground`;
    `making` is known where parts and total are made, `anywhere` in all stages.
    """

    ground: Situation
    stages: tuple[tuple[StageRow, Situation | None], ...]
    steps: tuple[Step, ...]
    unheld: tuple[tuple[Number, Numbers], ...]
    making: Situation
    anywhere: Situation


def survey(record: RecordPlan, ground: Situation | None = None) -> Outlook:
    """What every stage, number and tier can be; `ground` is what is known of the record besides its types."""
    ground = ground or Situation({})
    stages = _stages(record.stages, ground)
    reached = [(row, situation) for row, situation in stages if situation is not None]
    names = Choices(frozenset(row.name for row, _ in reached))
    full = [situation for row, situation in reached if row.full]
    making = full[0] if len(full) == 1 else ground
    anywhere = ground.knowing(("stage",), names) if record.stages else ground
    steps: list[Step] = []
    unheld: list[tuple[Number, Numbers]] = []
    for number in record.numbers:
        free, taken = _make(number, making if number.needs_full_stage else anywhere)
        unheld.append((number, free))
        own = clamp(free, number.low, number.high)
        making = making.knowing(("number", number.path), own)
        elsewhere = _elsewhere(number, reached)
        anywhere = anywhere.knowing(("number", number.path), own if elsewhere is None else join_numbers(own, elsewhere))
        steps += taken
    tiers: dict[tuple[str, ...], Possible] = {("outcome", tier.name): tier_of(tier, anywhere) for tier in record.outcomes if isinstance(tier, Tier)}
    return Outlook(ground, stages, tuple(steps), tuple(unheld), making, Situation({**anywhere.known, **tiers}))


def _stages(rows: Sequence[StageRow], ground: Situation) -> tuple[tuple[StageRow, Situation | None], ...]:
    rest: Situation | None = ground
    stages: list[tuple[StageRow, Situation | None]] = []
    for row in rows:
        if row.condition is None or rest is None:
            stages.append((row, rest))
            rest = rest if row.condition is not None else None
        else:
            stages.append((row, assume(row.condition, True, rest)))
            rest = assume(row.condition, False, rest)
    return tuple(stages)


def _make(number: Number, situation: Situation) -> tuple[Numbers, list[Step]]:
    """The number before its own range, and its adjustments."""
    value = numbers_of(number.value, situation)
    steps: list[Step] = []
    for index, adjustment in enumerate(number.adjustments):
        inside = _where(adjustment, situation)
        there = value if inside is None or adjustment.condition is None else _before(number, index, inside)
        spared = _is_spared(adjustment, situation)
        amount, after = _adjust(adjustment, value, situation)
        steps.append(Step(number, adjustment, value, there, amount, after, spared))
        value = after
    return value, steps


def _before(number: Number, index: int, situation: Situation) -> Numbers:
    """The number before one of its adjustments."""
    value = numbers_of(number.value, situation)
    for adjustment in number.adjustments[:index]:
        _, value = _adjust(adjustment, value, situation)
    return value


def _adjust(adjustment: Adjustment, value: Numbers, situation: Situation) -> tuple[Numbers | None, Numbers]:
    """The amount of an adjustment, and the value after it."""
    inside = _where(adjustment, situation)
    if inside is None or not value.given:
        return (None if inside is None else ABSENT), value
    amount = _amount(adjustment, inside)
    after = _after(adjustment, value, amount)
    return amount, join_numbers(value, after) if _is_spared(adjustment, situation) else after


def _where(adjustment: Adjustment, situation: Situation) -> Situation | None:
    """The situation in which an adjustment is made; None where it never is."""
    return situation if adjustment.condition is None else assume(adjustment.condition, True, situation)


def _is_spared(adjustment: Adjustment, situation: Situation) -> bool:
    return adjustment.condition is not None and can_be(adjustment.condition, False, situation)


def _amount(adjustment: Adjustment, situation: Situation) -> Numbers:
    amount = numbers_of(adjustment.amount, situation)
    if adjustment.per is not None:
        amount = times(amount, numbers_of(adjustment.per, situation))
    return clamp(amount, None, adjustment.most)


def _after(adjustment: Adjustment, value: Numbers, amount: Numbers) -> Numbers:
    if not amount.given:
        return value
    match adjustment.kind:
        case "deduct":
            return evolve(value, low=value.low - amount.high, high=value.high - amount.low)
        case "bonus":
            return evolve(value, low=value.low + amount.low, high=value.high + amount.high)
        case "protect":
            return evolve(value, low=max(value.low, amount.low), high=max(value.high, amount.high))
        case "cap":
            return evolve(value, low=min(value.low, amount.low), high=min(value.high, amount.high))
        case _:
            assert_never(adjustment.kind)


def _elsewhere(number: Number, reached: Sequence[tuple[StageRow, Situation]]) -> Numbers | None:
    """What the number is in stages that are not full: the score is the stage's value, parts and total are missing. None where there are no such stages."""
    others = [(row, situation) for row, situation in reached if not row.full]
    if not number.needs_full_stage or not others:
        return None
    if number.kind != "score":
        return ABSENT
    values = join(numbers_of(row.value, situation) if row.value is not None else ABSENT for row, situation in others)
    return values if isinstance(values, Numbers) else ABSENT


def tier_of(tier: Tier, situation: Situation) -> Possible:
    """The choices that a tier can take, forced ones included."""
    value = evaluate(tier.value, situation)
    forced = frozenset(force.tier for force in tier.forces if can_be(force.condition, True, situation))
    if not isinstance(value, Choices) or value.options is None:
        return value
    return evolve(value, options=value.options | forced)
