"""The tables that `pingfen sql` writes about: names from the options or the mapping, types from the ruleset unless they are said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

from sqlglot import exp
from sqlglot.errors import SqlglotError

from ..plan.quantity import Numeric, Truth, Type
from ..plan.ruleset import Plan
from ..sql.dialect import Dialect
from ..sql.dialects import ENGINES
from ..sql.emitted import NotSayableError
from ..sql.held import Held, held_of
from ..sql.subjects import INPUTS, SUBJECTS
from ..sql.typed import SourceColumn, SourceTable, UnfitColumnError, wanted_of
from ..warehouse.mapping import DataMapping, TableMapping, load_mapping
from ..warehouse.refusal import refuse
from ..warehouse.tables import attributes_read

OWN_TYPES = ("text", "whole", "decimal(P, S)", "double", "flag", "date", "local", "instant")


def sources_of(plan: Plan, spell: Dialect, tables: Mapping[str, str], types: Mapping[str, str], mapping: Path | None) -> dict[str, SourceTable]:
    """Every table that the statement reads: event tables; `subjects` where an attribute is read and `inputs` where one is, or where they are named.

    Raises RefusedDataError for a name that the ruleset does not know, and a type that the engine does not have.
    """
    mapped = load_mapping(mapping)
    wanted = wanted_of(plan)
    has_inputs = any(item.kind == "input" for item in plan.record.fields)
    labels = [table.name for table in plan.events.tables]
    labels += [SUBJECTS] if SUBJECTS in tables or attributes_read(plan) else []
    labels += [INPUTS] if has_inputs else []
    _refuse_unknown(tables, list(dict.fromkeys([*labels, SUBJECTS])), "unknown-events")
    _refuse_unknown(types, [f"{label}.{name}" for label in labels for name in wanted[label]], "unknown-mapped-column")
    return {label: _source(spell, label, wanted[label], tables, types, _mapping_of(mapped, label)) for label in labels}


def _refuse_unknown(given: Mapping[str, str], known: list[str], code: str) -> None:
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, 1)
            table, _, column = name.rpartition(".")
            raise refuse(code, table=table if column and table else name, column=column, near=near[0] if near else "", known=", ".join(known))


def _mapping_of(mapping: DataMapping, label: str) -> TableMapping:
    if label in (SUBJECTS, INPUTS):
        return mapping.subjects if label == SUBJECTS else mapping.inputs
    return mapping.events.get(label, TableMapping())


def _source(spell: Dialect, label: str, wanted: Mapping[str, Type], tables: Mapping[str, str], types: Mapping[str, str], mapping: TableMapping) -> SourceTable:
    named = tables.get(label) or mapping.table or label
    columns = {}
    for name, kind in wanted.items():
        place = mapping.columns.get(name)
        held = _held(spell, types[f"{label}.{name}"]) if f"{label}.{name}" in types else usual(kind, place.cast if place is not None else None)
        called, constant, cast = (place.column or "", place.constant, place.cast) if place is not None else (name, None, None)
        columns[name] = SourceColumn(called, held, constant, cast)
    return SourceTable(_table(spell, named), columns)


def usual(kind: Type, cast: str | None = None) -> Held:
    """How an engine's column usually holds values of that type: times as instants, numbers without places as whole numbers, others as decimals."""
    match kind:
        case Numeric(unit="time"):
            return Held("whole" if cast is not None and cast.startswith("epoch") else "date" if cast == "time" else "instant")
        case Numeric(unit="date"):
            return Held("local" if cast == "date" else "date")
        case Numeric(unit="duration") | Numeric(places=0):
            return Held("whole")
        case Numeric(places=places):
            return Held("decimal", places)
        case Truth():
            return Held("flag")
        case _:
            return Held("text")


def _held(spell: Dialect, written: str) -> Held:
    held = held_of(spell.name, written)
    if held is None:
        raise refuse("unknown-column-type", type=written, engine=spell.name, known=", ".join(OWN_TYPES))
    return held


def _table(spell: Dialect, named: str) -> exp.Table:
    try:
        table = exp.to_table(named, dialect=spell.name)
    except SqlglotError:
        table = exp.to_table(f'"{named}"')
    for part in table.find_all(exp.Identifier):
        part.set("quoted", True)
    return table


@contextmanager
def refusals_told(spell: Dialect) -> Iterator[None]:
    """What a statement cannot be made of, as refusals."""
    try:
        yield
    except UnfitColumnError as unfit:
        if unfit.bad is not None:
            raise refuse(unfit.bad[0], table=unfit.table, column=unfit.column, count="1", rows=f"`{unfit.bad[1][:60]}`") from None
        unit = getattr(unfit.wanted, "unit", None) or ("flag" if isinstance(unfit.wanted, Truth) else "text")
        raise refuse("mismatched-column", table=unfit.table, column=unfit.column, kind=unfit.held.family, wanted=unit) from None
    except NotSayableError as unsaid:
        raise refuse("not-sayable", engine=spell.name, place=unsaid.place, construct=unsaid.construct, others=", ".join(ENGINES)) from None
