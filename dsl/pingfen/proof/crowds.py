"""Event data in which a subject has one row less than some rule asks for: what one more row does shows there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..plan.events import Table
from ..plan.quantity import Numeric
from ..plan.record import RecordPlan
from ..reference import Data, InterpretationError, Value
from ..trial.cleanness import unclean_rows
from ..trial.limits import limits_of
from .replay import Scene, kept_references, key_name, scores_on

MOST_ROWS = 100
Rows = Sequence[Mapping[str, Value]]


def limits_to_cross(plan: RecordPlan, metric: str) -> list[int]:
    """The counts from which one more may take a subject over a limit of the rules, those of `>=` first, and larger ones first; none too large to be tried."""
    kind = next(field.type for field in plan.fields if field.name == metric)
    assert isinstance(kind, Numeric)
    near = {limit for limit in limits_of(plan).values.get(metric, ()) if kind.low < limit <= min(kind.high, MOST_ROWS)}
    # limits come with their neighbours: the first of a run is what `>=` lacks by one, the second what `>` does
    firsts = {limit for limit in near if limit - 1 not in near}
    return [*sorted(firsts, reverse=True), *sorted((each for each in near if each - 1 in firsts), reverse=True)]


def crowded(scene: Scene, table: Table, metric: str, wanted: int) -> Scene | None:
    """The scene with so many rows of a table that the metric of some subject is as wanted: a count grows by at most one a row, so bisection meets it."""
    rows = _repeated(scene.data.tables[table.name], key_name(table), 4 * wanted + 40)
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) // 2
        made = _with_rows(scene, table, rows[:middle])
        if made is None:
            return None
        counted = max((count for record, _ in made.scored.values() if isinstance(count := record.get(metric), int)), default=0)
        if counted == wanted:
            return made
        low, high = (middle + 1, high) if counted < wanted else (low, middle)
    return None


def _repeated(rows: Rows, key: str, most: int) -> Rows:
    """The rows and then copies of them under other keys."""
    return (
        [{**rows[index % len(rows)], key: f"{rows[index % len(rows)][key]}+{index}"} if index >= len(rows) else rows[index] for index in range(most)]
        if rows
        else []
    )


def _with_rows(scene: Scene, table: Table, rows: Rows) -> Scene | None:
    tables = kept_references(scene.plan, {**scene.data.tables, table.name: rows})
    data = Data(tables, scene.data.subjects, scene.data.inputs)
    if unclean_rows(scene.plan, data):
        return None
    try:
        return Scene(scene.plan, data, scene.as_of, scores_on(scene.plan, data, scene.as_of))
    except InterpretationError:
        return None
