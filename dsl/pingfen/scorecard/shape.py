"""The shape of a ruleset's scorecards: where each value stands in the results of the generated function, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..generated import DetailedScorer, Slot, build_detailed_scorer
from ..plan.label import Label
from ..plan.node import frozen
from ..plan.record import Gate, RecordPlan
from .values import decimal_giver, giver_of

Giver = Callable[[Any], Any]


@frozen(repr=False)
class Entry:
    """One value of a scorecard: its name, label, position in the results, and what makes it readable."""

    name: str
    label: Label
    position: int
    give: Giver


@frozen(repr=False)
class Line:
    """One slot of the score's steps with what makes its amount readable."""

    slot: Slot
    give: Giver


@frozen(repr=False)
class Shape:
    """All entries by kind. `hiding` holds for each rule that hides numbers the position of its truth and the names it hides."""

    title: str
    version: str
    digest: Callable[[], str]
    detailed: DetailedScorer
    fields: tuple[Entry, ...]
    has_stages: bool
    full_stages: tuple[str, ...]
    score: Entry | None
    total: Entry | None
    parts: tuple[Entry, ...]
    displays: tuple[Entry, ...]
    gates: tuple[Entry, ...]
    sanctions: tuple[Entry, ...]
    tiers: tuple[Entry, ...]
    hiding: tuple[tuple[int, tuple[str, ...]], ...]
    lines: tuple[Line, ...]


def shape_of(plan: RecordPlan, title: str, version: str, digest: Callable[[], str]) -> Shape:
    """The shape of a plan's scorecards, with the generated function that fills it. Raises UnscorableError."""
    detailed = build_detailed_scorer(plan)
    first = 1 if plan.stages else 0
    numbers = [(number.kind, Entry(number.path, number.label, first + index, giver_of(number.type))) for index, number in enumerate(plan.numbers)]
    after = first + len(numbers)
    outcomes = [
        (outcome.kind if isinstance(outcome, Gate) else "tier", Entry(outcome.name, outcome.label, after + index, _plain))
        for index, outcome in enumerate(plan.outcomes)
    ]
    last = after + len(outcomes)
    entries = [*numbers, *outcomes]

    def of_kind(wanted: str) -> tuple[Entry, ...]:
        return tuple(entry for kind, entry in entries if kind == wanted)

    return Shape(
        title,
        version,
        digest,
        detailed,
        tuple(Entry(field.name, field.label, index, giver_of(field.type)) for index, field in enumerate(plan.fields)),
        bool(plan.stages),
        tuple(row.name for row in plan.stages if row.full),
        next(iter(of_kind("score")), None),
        next(iter(of_kind("total")), None),
        of_kind("part"),
        of_kind("display"),
        of_kind("gate"),
        of_kind("sanction"),
        of_kind("tier"),
        tuple((last + index, rule.paths) for index, rule in enumerate(plan.hidden)),
        tuple(Line(slot, decimal_giver(slot.places)) for slot in detailed.slots),
    )


def _plain(value: Any) -> Any:
    return value
