"""Does a comparison decide anything? One whose outcome is the same for all values in range does not: the threshold lies outside the scale."""

from __future__ import annotations

from collections.abc import Iterator

from ..plan.expressions import AllOf, AnyOf, Compare, Constant, Expression, Not
from ..plan.ruleset import Plan
from .evaluation import evaluate, truths_of
from .findings import Findings, peel, range_text
from .places import places_in
from .possible import Possible
from .scorecard import Outlook
from .situation import Situation
from .traversal import children_of, walk

Logic = Compare | AllOf | AnyOf | Not


def find_dead_thresholds(plan: Plan, outlook: Outlook, findings: Findings) -> None:
    """Report every comparison that always holds or never does."""
    for expression, situation in places_in(plan, outlook):
        for unit in _units(expression, findings):
            _judge(unit, situation, findings)


def _units(expression: Expression, findings: Findings) -> Iterator[Logic]:
    """The comparisons as written: `x in 2 .. 5` is one, though it is two in the plan."""
    if isinstance(expression, Compare) or (isinstance(expression, Logic) and _is_one(expression, findings)):
        yield expression
        return
    for child in children_of(expression):
        yield from _units(child, findings)


def _is_one(expression: Expression, findings: Findings) -> bool:
    """Whether all logic below was written at one place."""
    own = findings.span_of(expression)
    inner = [findings.span_of(node) for node in walk(expression) if isinstance(node, Logic) and node is not expression]
    return own is not None and all(span is None or span == own for span in inner)


def _judge(unit: Logic, situation: Situation, findings: Findings) -> None:
    truths = truths_of(unit, situation)
    if truths.true == truths.false:
        return
    read = next((node for node in walk(unit) if isinstance(node, Compare)), None)
    if read is None:
        return
    subject, value = _subject_of(read, situation)
    findings.report(
        "threshold-always-met" if truths.true else "threshold-never-met",
        unit,
        condition=findings.text_of(unit),
        subject=findings.text_of(subject),
        range=range_text(value, subject.type),
    )


def _subject_of(read: Compare, situation: Situation) -> tuple[Expression, Possible]:
    """The side that varies, and what it can be."""
    side = read.right if isinstance(peel(read.left), Constant) else read.left
    subject = peel(side)
    return subject, evaluate(subject, situation)
