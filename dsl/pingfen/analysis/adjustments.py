"""Does every deduction, bonus, protection and cap change something for somebody and leave something to others, and do floors lie below ceilings?"""

from __future__ import annotations

from itertools import combinations
from typing import assert_never

from ..plan.expressions import Expression
from ..plan.quantity import Numeric
from ..plan.record import Adjustment, Number
from ..plan.ruleset import Plan
from ..plan.values import value_text
from .evaluation import numbers_of
from .findings import Findings, range_text
from .interval import times
from .possible import Numbers
from .scorecard import Outlook, Step
from .situation import Situation


def find_idle_adjustments(plan: Plan, outlook: Outlook, findings: Findings) -> None:
    """Report adjustments that never change their number or always decide it, limits of amounts that are never reached, and floors above ceilings."""
    for step in outlook.steps:
        _judge_never(step, findings)
        _judge_limit(step, outlook.making, findings)
    for number in plan.record.numbers:
        steps = [step for step in outlook.steps if step.number is number and step.amount is not None and step.amount.given]
        for one, other in combinations(steps, 2):
            _compare(one, other, findings)
        for step in steps:
            _compare_with_range(step, number, findings)
    for step in outlook.steps:
        _judge_always(step, findings)


def _judge_never(step: Step, findings: Findings) -> None:
    adjustment, amount = step.adjustment, step.amount
    if amount is None:
        findings.report("condition-never-holds", _condition(adjustment), what=WORDS[adjustment.kind])
    elif amount.given and step.there.given and _is_idle(adjustment, step.there, amount):
        findings.report(CODES[adjustment.kind], adjustment, what=WORDS[adjustment.kind], **_texts(step, step.there, amount))


def _judge_always(step: Step, findings: Findings) -> None:
    """A protection or cap without a condition that leaves no value as it was."""
    amount, before = step.amount, step.before
    if step.spared or amount is None or not (amount.given and before.given):
        return
    if step.adjustment.kind == "protect" and amount.low >= before.high:
        findings.report("protection-always-applies", step.adjustment, **_texts(step, before, amount))
    if step.adjustment.kind == "cap" and amount.high <= before.low:
        findings.report("cap-always-applies", step.adjustment, **_texts(step, before, amount))


def _texts(step: Step, value: Numbers, amount: Numbers) -> dict[str, str]:
    """Words of a message; `within` is empty where the value is always the same, so that no other can be advised."""
    kind = step.number.type
    written = range_text(value, kind)
    return {"name": step.number.name, "amount": range_text(amount, kind), "range": written, "within": written if value.low < value.high else ""}


WORDS = {"deduct": "deduction", "bonus": "bonus", "protect": "protection", "cap": "cap"}
CODES = {"deduct": "adjustment-never-acts", "bonus": "adjustment-never-acts", "protect": "protection-never-applies", "cap": "cap-never-applies"}


def _condition(adjustment: Adjustment) -> Expression:
    assert adjustment.condition is not None
    return adjustment.condition


def _is_idle(adjustment: Adjustment, before: Numbers, amount: Numbers) -> bool:
    match adjustment.kind:
        case "deduct" | "bonus":
            return amount.high <= 0
        case "protect":
            return amount.high <= before.low
        case "cap":
            return amount.low >= before.high
        case _:
            assert_never(adjustment.kind)


def _judge_limit(step: Step, situation: Situation, findings: Findings) -> None:
    """`no more than 15 in all` where the amount never exceeds 15."""
    adjustment = step.adjustment
    if adjustment.most is None or step.amount is None:
        return
    amount = numbers_of(adjustment.amount, situation)
    whole = amount if adjustment.per is None else times(amount, numbers_of(adjustment.per, situation))
    if whole.given and whole.high <= adjustment.most:
        texts = {"limit": value_text(step.number.type, adjustment.most), "amount": range_text(whole, step.number.type)}
        findings.report("limit-never-reached", adjustment, what=WORDS[adjustment.kind], **texts)


def _compare(one: Step, other: Step, findings: Findings) -> None:
    """A protection and a cap of one number of which both always act: the later undoes the earlier."""
    if {one.adjustment.kind, other.adjustment.kind} != {"protect", "cap"}:
        return
    floor, ceiling = (one, other) if one.adjustment.kind == "protect" else (other, one)
    assert floor.amount is not None
    assert ceiling.amount is not None
    if floor.amount.low > ceiling.amount.high and _may_meet(floor.adjustment, ceiling.adjustment):
        _report_floor(other, floor.amount, ceiling.amount, findings)


def _may_meet(floor: Adjustment, ceiling: Adjustment) -> bool:
    """Whether one of them stands without a condition, or both under the same."""
    return floor.condition is None or ceiling.condition is None or floor.condition == ceiling.condition


def _report_floor(step: Step, floor: Numbers, ceiling: Numbers, findings: Findings) -> None:
    kind = step.number.type
    findings.report("floor-above-ceiling", step.adjustment, name=step.number.name, floor=range_text(floor, kind), ceiling=range_text(ceiling, kind))


def _compare_with_range(step: Step, number: Number, findings: Findings) -> None:
    """A protection above the number's own range, or a cap below it: the range undoes it."""
    amount = step.amount
    if amount is None or not isinstance(number.type, Numeric):
        return
    if step.adjustment.kind == "protect" and number.high is not None and amount.low > number.high:
        _report_floor(step, amount, Numbers(number.high, number.high), findings)
    if step.adjustment.kind == "cap" and number.low is not None and amount.high < number.low:
        _report_floor(step, Numbers(number.low, number.low), amount, findings)
