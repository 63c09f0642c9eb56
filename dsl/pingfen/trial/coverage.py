"""What the examples reach: every row of every ladder, range and cases, every adjustment, stage, tier, gate outcome, closing and hiding."""

from __future__ import annotations

from collections.abc import Iterator

from ..node import nodes_in
from ..plan.expressions import Band, Bands, Cases, Constant, Expression, Lookup
from ..plan.quantity import Words
from ..plan.record import Adjustment, Gate, Tier
from ..plan.ruleset import Plan
from ..plan.values import value_text
from ..reference import Evaluation
from ..wording import wording_of
from .outcome import Coverage, Place


class Reached:
    """Places that the examples run so far reached."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.places: set[Place] = set()

    def observe(self, choice: Bands | Cases, row: int) -> None:
        """A row of a choice gave a value."""
        self.places.add(("row", id(choice), row))

    def see(self, evaluation: Evaluation) -> None:
        """A scorecard: its stage, outcomes, adjustments that made a difference, and what it hides."""
        self.places.add(("stage", evaluation.stage))
        self.places.update(("outcome", name, outcome) for name, outcome in evaluation.outcomes.items())
        self.places.update(("outcome", name, outcome) for name, outcome in evaluation.unlinked.items())
        self.places.update(("closed", name) for name, outcome in evaluation.outcomes.items() if outcome != evaluation.unlinked[name])
        self.places.update(("hidden", path) for path in evaluation.hidden)
        for path, making in evaluation.makings.items():
            values = (making.value, *making.adjusted)
            self.places.update(("adjusted", path, index) for index in range(len(making.adjusted)) if values[index] != values[index + 1])

    def coverage(self, *, of_events: bool = True) -> Coverage:
        """What was reached of everything there is; without what stands among events where `of_events` is false."""
        places = dict(_places(self.plan)) | (dict(_event_places(self.plan)) if of_events else {})
        missed = {place: text for place, text in places.items() if place not in self.places}
        return Coverage(len(places) - len(missed), tuple(missed.values()), tuple(missed))


def _places(plan: Plan) -> Iterator[tuple[Place, str]]:
    """Every place of the second half, with its text."""
    for row in plan.record.stages if len(plan.record.stages) > 1 else ():
        yield ("stage", row.name), f"stage {row.name}"
        if row.value is not None:
            yield from _rows(row.value, f"stage {row.name}", plan)
    for number in plan.record.numbers:
        yield from _rows(number.value, number.path, plan)
        for index, adjustment in enumerate(number.adjustments):
            yield ("adjusted", number.path, index), f"{number.path} {_adjustment_text(adjustment, plan)}"
    for outcome in plan.record.outcomes:
        yield from _outcome_places(outcome, plan)
    for rule in plan.record.linked:
        for name in rule.outcomes:
            yield ("closed", name), f"{name} closed by linked {rule.by}"
    for hidden in plan.record.hidden:
        for path in hidden.paths:
            yield ("hidden", path), f"{path} hidden"


def _outcome_places(outcome: Gate | Tier, plan: Plan) -> Iterator[tuple[Place, str]]:
    if isinstance(outcome, Tier):
        options = outcome.type.options if isinstance(outcome.type, Words) else ()
        yield from ((("outcome", outcome.name, option), f"{outcome.name} {option}") for option in options)
        yield from _rows(outcome.value, outcome.name, plan)
        return
    yield from ((("outcome", outcome.name, result), f"{outcome.name} {result}") for result in (outcome.held, outcome.unheld))


def _event_places(plan: Plan) -> Iterator[tuple[Place, str]]:
    for table in plan.events.tables:
        for column in table.columns:
            yield from _rows(column.computed, f"{table.name}.{column.name}", plan)
    for metric in plan.events.metrics:
        yield from _rows(metric.made, metric.name, plan)


def _rows(root: object, where: str, plan: Plan) -> Iterator[tuple[Place, str]]:
    """The rows of every choice inside a node of the plan."""
    words = wording_of(plan, "en")
    for node in nodes_in(root):
        match node:
            case Bands(subject=subject, rows=bands, otherwise=otherwise, missing=missing):
                rows = dict(enumerate(_band_text(row) for row in bands))
                rows |= {len(bands): "else"} if otherwise is not None else {}
                rows |= {len(bands) + 1: "none"} if missing is not None else {}
                start = f"{where}: {words.describe(subject)}"
            case Cases(rows=cases):
                rows = dict(enumerate(f"when {words.describe(row.condition)}" for row in cases)) | {len(cases): "else"}
                start = f"{where}: cases"
            case _:
                continue
        yield from ((("row", id(node), index), f"{start} {text}") for index, text in rows.items())


def _band_text(row: Band) -> str:
    low, high = (None if end is None else _limit_text(end) for end in (row.low, row.high))
    if high is None:
        return f"{'>=' if row.low_closed else '>'} {low}"
    if low is None:
        return f"{'<=' if row.high_closed else '<'} {high}"
    return f"{'[' if row.low_closed else '('}{low} .. {high}{']' if row.high_closed else ')'}"


def _limit_text(limit: Expression) -> str:
    match limit:
        case Constant(value=value, type=kind):
            return value_text(kind, value)
        case Lookup(table=table, column=column):
            return f"{table}.{column}"
        case _:
            return "..."


def _adjustment_text(adjustment: Adjustment, plan: Plan) -> str:
    words = wording_of(plan, "en")
    condition = "" if adjustment.condition is None else f" when {words.describe(adjustment.condition)}"
    return f"{adjustment.kind} {words.describe(adjustment.amount)}{condition}"
