"""Keys of made-up rows: events are looked for with texts for keys, of which there are always more, and told with keys of the types that the tables declare.

The order of the keys stays, so the rows mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..node import evolve, nodes_in
from ..plan.events import Aggregate, Column, EventPlan, First, Table
from ..plan.expressions import ColumnRead, IsGiven
from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from ..plan.ruleset import Plan
from ..reference import Data, InterpretationError, Value
from ..trial.cleanness import unclean_rows
from .replay import Replayed, Row, Scene, key_name, replay, rows_before, scores_on, table_named

Names = Mapping[str, Mapping[Value, Value]]


def with_text_keys(plan: Plan) -> Plan | None:
    """The plan over the same tables with texts for keys and references; None where a rule computes with one that is no text."""
    named = {column.name for table in plan.events.tables for column in table.columns if _is_named(column) and column.type != _as_text(column)}
    if not named:
        return plan
    if not named.isdisjoint(_computed_with(plan.events)):
        return None
    tables = tuple(evolve(table, columns=tuple(_with_text(column) for column in table.columns)) for table in plan.events.tables)
    return evolve(plan, events=evolve(plan.events, tables=tables))


def _is_named(column: Column) -> bool:
    return column.role == "key" or bool(column.refers_to)


def _as_text(column: Column) -> Type:
    return Words((), column.type.optional)


def _with_text(column: Column) -> Column:
    return evolve(column, type=_as_text(column)) if _is_named(column) else column


def _computed_with(plan: EventPlan) -> Iterator[str]:
    """The columns that are read for more than to tell one value from another."""
    compared = {id(key) for node in nodes_in(plan) if isinstance(node, First) for key in node.keys}
    compared |= {id(node.value) for node in nodes_in(plan) if isinstance(node, Aggregate) and node.form == "distinct"}
    compared |= {id(node.value) for node in nodes_in(plan) if isinstance(node, IsGiven)}
    yield from (node.name for node in nodes_in(plan) if isinstance(node, ColumnRead) and id(node) not in compared)


def in_own_keys(plan: Plan, found: Replayed) -> Replayed | None:
    """The same rows with short keys of the declared types, replayed; None where a type has too few keys, or the interpreter does not say the same."""
    names = {table.name: _names(table, found) for table in plan.events.tables}
    known: Names = {name: each for name, each in names.items() if each is not None}
    if len(known) < len(names):
        return None
    tables = {name: [_named(table_named(plan, name), row, known) for row in rows] for name, rows in found.data.tables.items()}
    table = table_named(plan, found.table)
    earlier = None if found.instead is None else _named(table, found.instead, known)
    return replayed_again(plan, evolve(found, data=evolve(found.data, tables=tables), row=tables[found.table][-1], instead=earlier))


def replayed_again(plan: Plan, found: Replayed) -> Replayed | None:
    """What the interpreter says of the rows of a replay; None where it says something else, or the border refuses them."""
    before = Data(rows_before(found), found.data.subjects, found.data.inputs)
    if unclean_rows(plan, before) or unclean_rows(plan, found.data):
        return None
    try:
        scene = Scene(plan, before, found.as_of, scores_on(plan, before, found.as_of))
    except InterpretationError:
        return None
    again = (each for each in replay(scene, table_named(plan, found.table), found.row, found.data) if each.subject == found.subject)
    said = found.before, found.after, found.scores
    return next((evolve(each, instead=found.instead) for each in again if (each.before, each.after, each.scores) == said), None)


def _names(table: Table, found: Replayed) -> dict[Value, Value] | None:
    """The declared key for each text, in the same order; None where there are too few."""
    key = next(column for column in table.columns if column.role == "key")
    texts = sorted({str(row[key.name]) for row in found.data.tables.get(table.name, ())}, key=lambda text: text.encode())
    values = _values(key.type, table.name, len(texts))
    return dict(zip(texts, values, strict=True)) if len(values) == len(texts) else None


def _values(kind: Type, name: str, wanted: int) -> list[Value]:
    match kind:
        case Words(options=()):
            return [f"{name}-{number:0{len(str(wanted))}}" for number in range(1, wanted + 1)]
        case Words(options=options):
            return [*sorted(options, key=lambda option: option.encode())[:wanted]]
        case Numeric(low=low, high=high):
            first = min(max(low, 1), high)
            return [*range(first, min(first + wanted, high + 1))]
        case Truth():
            return [*(False, True)[:wanted]]
        case Exact():
            raise AssertionError("a quotient is no column")


def _named(table: Table, row: Mapping[str, Value], names: Names) -> Row:
    """A row with its key and its references as declared."""
    led = {key_name(table): table.name, **{column.name: column.refers_to for column in table.columns if column.refers_to}}
    return {name: names[led[name]][value] if name in led and value is not None else value for name, value in row.items()}
