"""Why a shop has no score: its stage gives none, parts are missing, the score is hidden, or the version has none at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import frozen

from ..explanation.sources import unrounded
from ..plan.expressions import BestOf, DropMissing, Expression, NumberRead, Sum
from ..plan.label import Label
from ..plan.record import Number
from ..plan.ruleset import Plan
from ..reference import Value
from ..reference.expressions import holds
from ..reference.scorecard import RecordScene
from ..warehouse.records import record_of
from ..wording import Wording, wording_of
from .phrases import phrase


@frozen(repr=False)
class Lack:
    """One thing that leaves a shop without a score: `stage:NAME`, `PATH:missing`, `score:hidden`, or `score:none` of a version that has no score."""

    code: str
    label: Label


def lacks_of_row(plan: Plan, row: Mapping[str, Any]) -> tuple[Lack, ...]:
    """Why a row of a result shows no score; none where it shows one."""
    return () if row.get("score") is not None else lacks_of_record(plan, record_of(plan.record, row))


def lacks_of_record(plan: Plan, record: Mapping[str, Value]) -> tuple[Lack, ...]:
    """Why a record has no score, or none that is shown; none where it has one that is."""
    if plan.record.scale is None:
        return (_lack(plan, "score:none", lambda words: phrase(words.language, "lost by version")),)
    scene = RecordScene(plan.record, record)
    return tuple(_hiding(plan, scene) if scene.number("score") is not None else _taking(plan, scene))


def _hiding(plan: Plan, scene: RecordScene) -> Iterator[Lack]:
    for rule in plan.record.hidden:
        if "score" in rule.paths and holds(rule.condition, scene):
            yield _lack(plan, "score:hidden", _phrased("lost by hiding", "condition", rule.condition))


def _phrased(key: str, slot: str, condition: Expression) -> Callable[[Wording], str]:
    return lambda words: phrase(words.language, key, **{slot: words.describe(condition)})


def _taking(plan: Plan, scene: RecordScene) -> Iterator[Lack]:
    row = scene.stage_row()
    if row is not None and not row.full:
        yield _lack(plan, f"stage:{row.name}", lambda words: phrase(words.language, "lost by stage", stage=words.name("stage", row.name)))
        return
    numbers = {number.path: number for number in plan.record.numbers}
    for path in dict.fromkeys(_missing("score", numbers, scene)):
        yield _lack(plan, f"{path}:missing", _named(path))


def _named(path: str) -> Callable[[Wording], str]:
    return lambda words: phrase(words.language, "lost by missing", number=words.name("number", path))


def _missing(path: str, numbers: Mapping[str, Number], scene: RecordScene) -> Iterator[str]:
    """The numbers that are missing by themselves and leave this one missing."""
    inner = [each for each in _made_of(numbers[path].value) if scene.number(each) is None]
    for each in inner:
        yield from _missing(each, numbers, scene)
    if not inner:
        yield path


def _made_of(value: Expression) -> tuple[str, ...]:
    """The numbers without which an expression may be missing."""
    match unrounded(value):
        case NumberRead(path=path):
            return (path,)
        case BestOf(lines=lines) | Sum(lines=lines, missing=DropMissing() | None):
            return tuple(line.path for line in lines)
        case _:
            return ()


def _lack(plan: Plan, code: str, said: Callable[[Wording], str]) -> Lack:
    return Lack(code, Label(zh=said(wording_of(plan, "zh")), en=said(wording_of(plan, "en"))))
