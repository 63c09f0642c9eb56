"""Populations in the order written: the rows that stay after every step, and one row as expressions see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from attrs import Factory, define

from ..plan.events import First, Keep, Step, Transitions
from .evaluation import InterpretationError, Value
from .expressions import holds, optional_number, value_of
from .rows import Known, Row, column_of, key_of
from .scene import Scene

DAY_SECONDS = 86_400


@define(eq=False, repr=False)
class Populations:
    """Every population's rows, in the order of the plan."""

    known: Known
    made: dict[str, Sequence[Row]] = Factory(dict)
    _referred: dict[tuple[str, str], set[int]] = Factory(dict)

    def rows_of(self, name: str) -> Sequence[Row]:
        """The rows of a population or of a table."""
        return self.made[name] if name in self.made else self.known.rows_of(name)

    def scene(self, row: Row) -> RowScene:
        """One row among the populations."""
        return RowScene(self.known, row, self)

    def referred_by(self, name: str, table: str) -> set[int]:
        """The rows of a table (by identity) to which a row of a population refers."""
        if (name, table) not in self._referred:
            others = (self.known.referred(row, column.name) for row in self.rows_of(name) for column in row.table.columns if column.refers_to == table)
            self._referred[name, table] = {id(other) for other in others if other is not None}
        return self._referred[name, table]


@define(slots=False, eq=False, repr=False)
class RowScene(Scene):
    """One row, the rows it refers to, and the rows of populations that refer to it."""

    known: Known
    row: Row
    populations: Populations | None = None

    def __attrs_post_init__(self) -> None:
        self.observer = self.known.observer

    def as_of(self) -> int:
        """D."""
        return self.known.as_of

    def zone(self) -> Transitions:
        """The ruleset's zone."""
        return self.known.plan.zone

    def column(self, name: str, through: str) -> Value:
        """A column of this row or of the one referred to, as read or computed; None where the reference is absent."""
        row = self.known.referred(self.row, through) if through else self.row
        return None if row is None else self._column(row, name)

    def field(self, name: str) -> Value:
        """An attribute of the row's subject."""
        return self.known.attribute_of(self.known.subject_of(self.row), name)

    def any_row(self, populations: tuple[str, ...]) -> bool:
        """Whether a row of one of the populations refers to this row."""
        if self.populations is None:
            raise InterpretationError("a computed column reads no populations")
        return any(id(self.row) in self.populations.referred_by(name, self.row.table.name) for name in populations)

    def _column(self, row: Row, name: str) -> Value:
        column = column_of(row.table, name)
        if column.computed is None:
            return row.read[name]
        if name not in row.computed:
            row.computed[name] = value_of(column.computed, RowScene(self.known, row))
        return row.computed[name]


def populations_of(known: Known) -> Populations:
    """All populations: the rows of the source before D, through the steps in the order written."""
    populations = Populations(known)
    for population in known.plan.populations:
        rows = populations.rows_of(population.source)
        for step in population.steps:
            rows = _stepped(step, rows, populations)
        populations.made[population.name] = rows
    return populations


def _stepped(step: Step, rows: Sequence[Row], populations: Populations) -> Sequence[Row]:
    match step:
        case Keep(condition=condition):
            return [row for row in rows if holds(condition, populations.scene(row))]
        case First():
            return _first(step, rows, populations)
        case _:
            assert_never(step)


def _first(step: First, rows: Sequence[Row], populations: Populations) -> Sequence[Row]:
    """Rows with their time, by time and then key within equal keys: one stays unless its count-th predecessor is recent enough."""
    groups: dict[tuple[Value, ...], list[tuple[int, bytes | int, Row]]] = {}
    for row in rows:
        scene = populations.scene(row)
        time = optional_number(step.time, scene)
        if time is not None:
            group = tuple(value_of(key, scene) for key in step.keys)
            groups.setdefault(group, []).append((time, order_of(row), row))
    stays = {id(row) for group in groups.values() for row in _early(step, sorted(group, key=lambda entry: entry[:2]))}
    return [row for row in rows if id(row) in stays]


def order_of(row: Row) -> bytes | int:
    """What a row is ordered by among those of one time: its key, a text by its UTF-8 bytes."""
    key = row.read[key_of(row.table)]
    if isinstance(key, str):
        return key.encode()
    if isinstance(key, int):
        return key
    raise InterpretationError("a key has no order")


def _early(step: First, ordered: Sequence[tuple[int, bytes | int, Row]]) -> list[Row]:
    kept = []
    for index, (time, _, row) in enumerate(ordered):
        predecessor = ordered[index - step.count][0] if index >= step.count else None
        if predecessor is None or (step.days is not None and predecessor < time - step.days * DAY_SECONDS):
            kept.append(row)
    return kept
