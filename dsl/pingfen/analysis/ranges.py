"""Does a number's own range leave some values as they are and hold others? A range that does nothing, or leaves nothing, is not what its reader expects."""

from __future__ import annotations

from ..plan.record import Number
from ..plan.ruleset import Plan
from .findings import Findings, range_text
from .possible import Numbers
from .scorecard import Outlook


def ranged_numbers(outlook: Outlook) -> list[Number]:
    """The numbers with a range that is more than the scale they are on."""
    return [number for number, free in outlook.unheld if (held := _range_of(number)) is not None and not _is_scale(number, free, held)]


def find_idle_ranges(plan: Plan, outlook: Outlook, findings: Findings) -> None:
    """Report ranges that their numbers never leave, and ranges that make their numbers always the same."""
    for number, free in outlook.unheld:
        held = _range_of(number)
        if held is not None and free.given:
            _judge(number, free, held, findings)


def _range_of(number: Number) -> Numbers | None:
    return None if number.low is None or number.high is None else Numbers(number.low, number.high)


def _judge(number: Number, free: Numbers, held: Numbers, findings: Findings) -> None:
    texts = {"name": number.name, "limits": range_text(held, number.type), "range": range_text(free, number.type)}
    if held.low <= free.low and free.high <= held.high:
        if not _is_scale(number, free, held):
            findings.report("range-never-needed", number, **texts)
    elif free.high <= held.low or free.low >= held.high:
        end = held.low if free.high <= held.low else held.high
        findings.report("range-always-acts", number, end=range_text(Numbers(end, end), number.type), **texts)


def _is_scale(number: Number, free: Numbers, held: Numbers) -> bool:
    """Whether the range only says what the number is: the score's own, or that of a block, where it is exactly what the parts below can give."""
    return number.kind == "score" or (bool(number.parts) and (free.low, free.high) == (held.low, held.high))
