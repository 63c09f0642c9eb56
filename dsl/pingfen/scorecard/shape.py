"""The shape of a ruleset's scorecards: where each value stands in the results of the generated function, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ..generated import DetailedScorer, Slot, build_detailed_scorer
from ..node import frozen
from ..plan.label import Label
from ..plan.quantity import Numeric
from ..plan.record import Gate, Number, RecordPlan
from .values import giver_of, is_decimal

Giver = Callable[[Any], Any]


@frozen(repr=False)
class Entry:
    """One value of a scorecard: its name, label, position in the results, and what makes it readable."""

    name: str
    label: Label
    position: int
    give: Giver


@frozen(repr=False)
class Shape:
    """All entries by kind. `hiding` holds for each rule that hides numbers the position of its truth and the names it hides; `part_values`
    is what parts are read by; `lines` each slot of
    the steps with the power of ten of its amounts."""

    plan: RecordPlan
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
    part_values: tuple[tuple[str, int, Decimal | None, Giver], ...]
    displays: tuple[Entry, ...]
    gates: tuple[Entry, ...]
    sanctions: tuple[Entry, ...]
    tiers: tuple[Entry, ...]
    hiding: tuple[tuple[int, tuple[str, ...]], ...]
    lines: tuple[tuple[Slot, Decimal], ...]


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
        plan,
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
        tuple(_part_value(number, first + index) for index, number in enumerate(plan.numbers) if number.kind == "part"),
        of_kind("display"),
        of_kind("gate"),
        of_kind("sanction"),
        of_kind("tier"),
        tuple((last + index, rule.paths) for index, rule in enumerate(plan.hidden)),
        tuple((slot, Decimal(-slot.places)) for slot in detailed.slots),
    )


def _part_value(number: Number, position: int) -> tuple[str, int, Decimal | None, Giver]:
    """A part's path and position; for a decimal the power of ten that it is scaled by."""
    kind = number.type
    shift = Decimal(-kind.places) if isinstance(kind, Numeric) and is_decimal(kind) else None
    return number.path, position, shift, giver_of(kind)


def _plain(value: Any) -> Any:
    return value
