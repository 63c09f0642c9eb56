"""Columns in which every row of every data set holds the same value, or none: what a mapping writes as a constant, and what tables leave out."""

from __future__ import annotations

from collections.abc import Mapping

from pingfen.plan.events import Column
from pingfen.plan.quantity import Numeric, Type
from pingfen.plan.ruleset import Plan

from ..clean import Clean
from ..paths import Tables
from ..strategies.choosing import Chooser
from ..strategies.given import Mood, value_of


def made_uniform(chooser: Chooser, plan: Plan, worlds: tuple[Tables, ...]) -> tuple[Tables, ...]:
    """The data sets with one column of nine made uniform. Keys, references, times and dates are left as they are."""
    events = {table.name: _values(chooser, {item.name: item.type for item in table.columns if _is_free(item)}) for table in plan.events.tables}
    subjects = _values(chooser, {item.name: item.type for item in plan.record.subject.attributes})
    inputs = _values(chooser, {item.name: item.type for item in plan.record.fields if item.kind == "input"})
    return tuple(
        Tables(
            {name: [row | events[name] for row in rows] for name, rows in world.events.items()},
            None if world.subjects is None else [row | subjects for row in world.subjects],
            [row | inputs for row in world.inputs],
        )
        for world in worlds
    )


def _is_free(column: Column) -> bool:
    return column.computed is None and column.role == "plain" and not column.refers_to


def _values(chooser: Chooser, kinds: Mapping[str, Type]) -> dict[str, Clean]:
    chosen = {name: kind for name, kind in kinds.items() if not (isinstance(kind, Numeric) and kind.unit in ("time", "date")) and chooser.chance(11)}
    return {name: value_of(chooser, kind, kind.optional, Mood(missing=40)) for name, kind in chosen.items()}
