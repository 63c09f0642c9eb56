"""Moves in terms of events: how many more rows of one kind take a metric as far, where the way with these rows leads where it does.

The rows are tried: so many more like one that the subject has are added to its events, and the interpreter says what becomes of all its metrics. Only where
nothing else reads their table it does not matter what else they are like.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from ..plan.expressions import ColumnRead
from ..proof.reach import reaches_of
from ..reference import Value, evaluate
from ..reference.expressions import holds
from ..reference.expressions import value_of as value_in
from ..reference.metrics import entering
from ..reference.populations import RowScene
from ..reference.rows import RawRow, Row, column_of, key_of
from .goal import value_of
from .history import History, Rows
from .likeness import content_of, rows_like
from .wanted import MoreEvents, Wanted, wanted_rows
from .ways import Advice, Move, Way

MOST_KINDS = 4
"""Of rows that are tried."""


def more_events(advice: Advice, way: Way, history: History) -> dict[str, MoreEvents]:
    """How many more events of one kind take metrics as far as the moves of a way, by metric: each with all other moves made, and all of them together. A metric
    is left out where events of one kind cannot be said to, or where the way with them leads elsewhere."""
    told: dict[str, MoreEvents] = {}
    added: Rows = {}
    for move in way.moves:
        wanted = wanted_rows(history, move)
        if wanted is None:
            continue
        if _is_read_alone(history, wanted):
            if _leads(advice, way, {move.lever.name: wanted.value}):
                told[move.lever.name] = wanted.more
            continue
        found = _found(advice, way, [each for each in way.moves if each.lever.name in told], wanted, history, added)
        if found is not None:
            told[move.lever.name], added = found
    return told


def _found(advice: Advice, way: Way, told: Sequence[Move], wanted: Wanted, history: History, added: Rows) -> tuple[MoreEvents, Rows] | None:
    """Rows that do what is wanted, by themselves and with those that are added already for the moves that are told, and all rows together."""
    for like, rows in _tried(history, wanted, 1 + sum(map(len, added.values()))):
        together = {name: [*added.get(name, ()), *rows.get(name, ())] for name in {**added, **rows}}
        if _leads_with(advice, way, [wanted.move], history, rows) and (not added or _leads_with(advice, way, [*told, wanted.move], history, together)):
            return evolve(wanted.more, like=like), together
    return None


def _is_read_alone(history: History, wanted: Wanted) -> bool:
    """Whether no other metric reads the table, so that of its rows nothing matters but what this one makes of them."""
    events = history.plan.events
    return all(reach.table != wanted.made.table for metric in events.metrics if metric is not wanted.metric for reach in reaches_of(events, metric))


def _tried(history: History, wanted: Wanted, first: int) -> Iterator[tuple[str, Rows]]:
    """Some kinds of rows that the subject has: the key of one of each kind, and so many more like it, numbered from `first`."""
    seen: list[tuple[Value, ...]] = []
    for row, like in _examples(history, wanted):
        content = content_of(row.table, like)
        if content in seen:
            continue
        seen.append(content)
        found = rows_like(history, row.table, like, wanted.more.count, first)
        if found is not None:
            yield str(like[key_of(row.table)]), found
        if len(seen) == MOST_KINDS:
            return


def _examples(history: History, wanted: Wanted) -> Iterator[tuple[Row, RawRow]]:
    """The rows that the metric is made of and that are of the wanted kind, or can be made so by their value; the latest first, those that are so before."""
    rows, populations = history.rows
    among = [(row, populations.scene(row)) for _, row in sorted(entering(wanted.made, rows, populations), key=lambda pair: -pair[0])]
    fitting = [row for row, scene in among if _fits(wanted, scene)]
    for row in fitting:
        yield row, _raw(history, row)
    value = wanted.made.value
    if wanted.more.kind == "best value" and isinstance(value, ColumnRead) and not value.through:
        changeable = [row for row, _ in among if row not in fitting and column_of(row.table, value.name).computed is None]
        for row in changeable:
            yield row, {**_raw(history, row), value.name: wanted.more.value}


def _fits(wanted: Wanted, scene: RowScene) -> bool:
    made = wanted.made
    if wanted.more.kind == "best value":
        return made.value is not None and value_in(made.value, scene) == wanted.more.value
    return made.counted is not None and holds(made.counted, scene) == (wanted.more.kind == "counted")


def _raw(history: History, row: Row) -> RawRow:
    return history.by_key[row.table.name][row.read[key_of(row.table)]]


def _leads_with(advice: Advice, way: Way, by_rows: Sequence[Move], history: History, rows: Rows) -> bool:
    """Whether the rows take some of the moves' metrics as far, and none of the other moves' back, and the way leads where it does with all that they do."""
    values = history.values_with(rows)
    if values is None or any(not _is_as_far(move, values[move.lever.name], move.value) for move in by_rows):
        return False
    others = [move for move in way.moves if move not in by_rows and move.lever.name in history.scored.measured]
    if any(not _is_as_far(move, values[move.lever.name], move.lever.present) for move in others):
        return False
    short = {move.lever.name for move in others if not _is_as_far(move, values[move.lever.name], move.value)}
    metrics = [field.name for field in advice.plan.record.fields if field.kind == "metric" and field.name not in short]
    return _leads(advice, way, {name: values[name] for name in metrics})


def _is_as_far(move: Move, value: Value, goal: int) -> bool:
    """Whether the metric of a move is at a value, or beyond."""
    return isinstance(value, int) and (value >= goal if move.lever.improvable.direction == "up" else value <= goal)


def _leads(advice: Advice, way: Way, values: Mapping[str, Value]) -> bool:
    """Whether a way still leads where it does if metrics come to other values, by the interpreter."""
    goal = advice.goal_of(way)
    return goal.is_met(value_of(goal, evaluate(advice.plan.record, {**way.record, **values})))
