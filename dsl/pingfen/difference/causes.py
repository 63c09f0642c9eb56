"""Why one shop's score changes: what each cause cost or brought before and after, so that the changes add up exactly to that of the score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import frozen

from ..arithmetic import EXACT
from ..explanation import Reason, reasons_of_record
from ..explanation.ranking import top_of_scale
from ..plan.label import Label
from ..plan.record import RecordPlan
from ..reference import Value
from ..warehouse.reasons import reasons_of_row
from .phrases import PHRASES

ADJUSTMENTS = ("deduct", "bonus", "protect", "cap")
TOP = "top"
"""The code of the scale's own top, against which all others are counted; one that moves is a cause too."""
NONE = Decimal(0)
Key = tuple[str, ...]


@frozen(repr=False)
class Cause:
    """One cause of a change, by the code of its reason, and the points that it costs (negative) or brings in each version."""

    code: str
    label: Label
    old: Decimal
    new: Decimal

    @property
    def change(self) -> Decimal:
        """What it adds to the change of the score."""
        return EXACT.subtract(self.new, self.old)


def causes_of_rows(old: RecordPlan, new: RecordPlan, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Cause, ...]:
    """The causes of the change between one shop's rows of two results; none where one of both has no score, or hides it."""
    if before.get("score") is None or after.get("score") is None:
        return ()
    return _causes(old, new, reasons_of_row(old, before), reasons_of_row(new, after))


def causes_of_records(old: RecordPlan, new: RecordPlan, before: Mapping[str, Value], after: Mapping[str, Value]) -> tuple[Cause, ...]:
    """The causes of the change between the scores of two records, each as its version reads it; both have a score."""
    return _causes(old, new, reasons_of_record(old, before), reasons_of_record(new, after))


def _causes(old: RecordPlan, new: RecordPlan, before: Sequence[Reason], after: Sequence[Reason]) -> tuple[Cause, ...]:
    """Those whose points differ, the largest change first; of equal ones in the order of the new version's ranking, then of the old one's. They add up to the
    change of the score."""
    tops = [top_of_scale(plan) or NONE for plan in (old, new)]
    causes = [Cause(TOP, Label(*reversed(PHRASES["top"])), *tops), *_joined(before, after)]
    return tuple(sorted((cause for cause in causes if cause.change), key=lambda cause: -abs(cause.change)))


def _joined(old: Sequence[Reason], new: Sequence[Reason]) -> list[Cause]:
    """The points of each cause in both; an adjustment is known by its label, as its place among others may change."""
    labels: dict[Key, tuple[str, Label]] = {}
    points: dict[Key, list[Decimal]] = {}
    for side, reasons in ((1, new), (0, old)):
        for reason in reasons:
            key = _key(reason)
            labels.setdefault(key, (reason.code, reason.label))
            both = points.setdefault(key, [NONE, NONE])
            both[side] = EXACT.add(both[side], reason.points)
    return [Cause(code, label, *points[key]) for key, (code, label) in labels.items()]


def _key(reason: Reason) -> Key:
    if reason.kind in ADJUSTMENTS:
        return reason.kind, reason.path, reason.label.zh or "", reason.label.en or ""
    return (reason.code,)
