"""Reasons that add up: a code, a label in both languages and exact points for everything that keeps a score from the top of its scale, or brings it nearer."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from attrs import frozen

from ..arithmetic import decimal_of
from ..plan.expressions import BestOf
from ..plan.label import Label
from ..plan.record import Number, RecordPlan
from ..reference import Making, Value
from ..reference.scorecard import RecordScene
from .contributions import Contribution, Kind, contributions_of, places_of
from .phrases import PHRASES
from .sources import unrounded

NOBODY = Label()
CAUSES = {"range": "own range", "missing": "lacking", "dropped": "dropped parts"}
"""The phrases of causes that are not called as their kind."""


@frozen(repr=False)
class Reason:
    """One cause of a score and its points, negative where it cost some. All reasons of a scorecard add up exactly to the score minus the top of its scale.

    `code` is stable: the path of an indicator; `PATH:missing`; `PATH:deduct:2`, the second adjustment in the block of a number, and alike for `bonus`,
    `protect` and `cap`; `PATH:range`, `PATH:rounding`, `PATH:best`, `PATH:dropped`; `stage:NAME`; `scale`. `path` is the number in which it acts.
    """

    code: str
    kind: Kind
    path: str
    label: Label
    points: Decimal


def reasons_of_record(plan: RecordPlan, record: Mapping[str, Value], numbers: Mapping[str, Value] | None = None) -> tuple[Reason, ...]:
    """The reasons of one record's score: what cost most first, then what brought most; of equal points the one that is written first.

    `numbers` are the record's numbers by path where they are known already. Empty without a score.
    """
    return ranked_reasons(plan, RecordScene(plan, record, makings=_makings(plan, numbers or {})))


def ranked_reasons(plan: RecordPlan, scene: RecordScene) -> tuple[Reason, ...]:
    """The reasons of the record that a scene shows."""
    found = sorted(contributions_of(plan, scene), key=lambda contribution: (contribution.points > 0, -abs(contribution.points)))
    places = places_of(plan)
    return tuple(Reason(_code(each), each.kind, each.path, _label(plan, each), decimal_of(each.points, places)) for each in found)


def top_of_scale(plan: RecordPlan) -> Decimal | None:
    """The top of the score's scale; None without a score."""
    return None if plan.scale is None else decimal_of(plan.scale.high, plan.scale.places)


def _makings(plan: RecordPlan, numbers: Mapping[str, Value]) -> dict[str, Making]:
    """How known numbers were made that nothing changes after they are rounded; the others are made anew."""
    plain = [number for number in plan.numbers if not number.adjustments and number.low is None and number.high is None]
    known = {number.path: numbers.get(number.path) for number in plain}
    return {path: Making(value, (), value) for path, value in known.items() if value is not None}


def _code(contribution: Contribution) -> str:
    match contribution.kind:
        case "indicator":
            return contribution.path
        case "scale":
            return "scale"
        case "stage":
            return f"stage:{contribution.path}"
        case "deduct" | "bonus" | "protect" | "cap":
            return f"{contribution.path}:{contribution.kind}:{contribution.index + 1}"
        case _:
            return f"{contribution.path}:{contribution.kind}"


def _label(plan: RecordPlan, contribution: Contribution) -> Label:
    number = next((number for number in plan.numbers if number.path == contribution.path), None)
    match contribution.kind:
        case "indicator" if number is not None:
            return _named(number)
        case "stage":
            stage = next(row for row in plan.stages if row.name == contribution.path)
            return _said("stage", Label(zh=stage.label.text("zh", stage.name), en=stage.label.text("en", stage.name)), "stage")
        case "deduct" | "bonus" | "protect" | "cap" if number is not None:
            written = number.adjustments[contribution.index].label
            return written if written.zh or written.en else _said("cause", _named(number), cause=contribution.kind)
        case "scale":
            return _said("beyond", Label())
        case "best" if number is not None:
            return _said("other part", _named(number), other=_best_other(plan, number, contribution.index))
        case _:
            assert number is not None
            return _said("cause", _named(number), cause=CAUSES.get(contribution.kind, contribution.kind))


def _named(number: Number) -> Label:
    return Label(zh=number.label.text("zh", number.name), en=number.label.text("en", number.name))


def _best_other(plan: RecordPlan, number: Number, index: int) -> Label:
    """The name of a part of the best of several."""
    form = unrounded(number.value)
    assert isinstance(form, BestOf)
    return _named(next(other for other in plan.numbers if other.path == form.lines[index].path))


def _said(key: str, named: Label, slot: str = "subject", cause: str = "", other: Label = NOBODY) -> Label:
    """A phrase about a number or stage in both languages."""
    (english, chinese), causes = PHRASES[key], PHRASES[cause] if cause else ("", "")
    zh = chinese.format(**{slot: named.zh, "cause": causes[1], "other": other.zh})
    return Label(zh=zh, en=english.format(**{slot: named.en, "cause": causes[0], "other": other.en}))
