"""What examples or subjects reach of the places of a ruleset: what made a difference to somebody."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ..plan.expressions import Bands, Cases, Lookup
from ..plan.record import Tier
from ..plan.ruleset import Plan
from ..reference import Evaluation, Value
from ..reference.expressions import holds, value_of
from ..reference.scorecard import RecordScene
from .outcome import Coverage, Place
from .places import places_of, ranged_paths, table_place


class Reached:
    """Places that the examples run, or the subjects seen, so far reached."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.places: set[Place] = set()
        self._ranged = ranged_paths(plan.record)

    def observe(self, choice: Bands | Cases | Lookup, row: int) -> None:
        """A row of a choice or a table gave a value."""
        self.places.add(table_place(choice, row) if isinstance(choice, Lookup) else ("row", id(choice), row))

    def see(self, record: Mapping[str, Value], evaluation: Evaluation, closings: Collection[int]) -> None:
        """A scorecard: its stage, outcomes, what made a difference to its numbers, and what it hides; `closings` are the rules that close its group."""
        self.places.add(("stage", evaluation.stage))
        self.places.update(("outcome", name, outcome) for name, outcome in evaluation.outcomes.items())
        self.places.update(("outcome", name, outcome) for name, outcome in evaluation.unlinked.items())
        self.places.update(self._changes(evaluation))
        changed = {name for name, outcome in evaluation.outcomes.items() if outcome != evaluation.unlinked[name]}
        self.places.update(("closed", rule, name) for rule in closings for name in self.plan.record.linked[rule].outcomes if name in changed)
        scene = RecordScene(self.plan.record, record)
        self.places.update(place for tier in self.plan.record.outcomes if isinstance(tier, Tier) for place in _forced(tier, scene))
        rules = [(index, rule) for index, rule in enumerate(self.plan.record.hidden) if holds(rule.condition, scene)]
        self.places.update(("hidden", index, path) for index, rule in rules for path in rule.paths)

    def coverage(self, *, of_events: bool = True) -> Coverage:
        """What was reached of everything there is; without what stands among events where `of_events` is false."""
        places = places_of(self.plan, of_events=of_events)
        missed = tuple(place for place in places if place not in self.places)
        return Coverage(len(places) - len(missed), missed)

    def _changes(self, evaluation: Evaluation) -> Iterator[Place]:
        """The adjustments and ranges that changed their numbers."""
        for path, making in evaluation.makings.items():
            values = (making.value, *making.adjusted)
            yield from (("adjusted", path, index) for index in range(len(making.adjusted)) if values[index] != values[index + 1])
        yield from (("within", path) for path in self._ranged if _last(evaluation, path) != evaluation.numbers[path])


def _last(evaluation: Evaluation, path: str) -> Value:
    """A number before its own range."""
    making = evaluation.makings[path]
    return (making.value, *making.adjusted)[-1]


def _forced(tier: Tier, scene: RecordScene) -> Iterator[Place]:
    """The force that decides, where the tier would be another without it."""
    now = value_of(tier.value, scene) if tier.forces else None
    held = [index for index, force in enumerate(tier.forces) if now is not None and holds(force.condition, scene)]
    before = tier.forces[held[-2]].tier if len(held) > 1 else now
    if held and before != tier.forces[held[-1]].tier:
        yield ("forced", tier.name, held[-1])
