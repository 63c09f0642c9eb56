"""Which rules close whose group: every member's condition counts, and a rule closes all members of the entity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from ..plan.record import RecordPlan
from ..reference import Value
from ..reference.expressions import holds
from ..reference.scorecard import RecordScene


@frozen(repr=False)
class Member:
    """One subject: its record, and the attributes that are known of it, by name."""

    record: Mapping[str, Value]
    entities: Mapping[str, Value]


def closings_of(plan: RecordPlan, members: Sequence[Member]) -> list[frozenset[int]]:
    """For each member the indices of the rules that close its group; a rule whose entities are not known may close every group."""
    found: list[set[int]] = [set() for _ in members]
    for index, rule in enumerate(plan.linked):
        touched = [holds(rule.condition, RecordScene(plan, member.record)) for member in members]
        groups = {_group(rule.by, place, member) for place, member in enumerate(members) if touched[place]}
        for place, member in enumerate(members):
            if _group(rule.by, place, member) in groups:
                found[place].add(index)
    return [frozenset(each) for each in found]


def _group(by: str, place: int, member: Member) -> tuple[str, object]:
    """The member's group: its entity, the member alone where it has none, or the one group of all where entities are not known."""
    if by not in member.entities:
        return ("unknown", None)
    entity = member.entities[by]
    return ("alone", place) if entity is None else ("of", entity)
