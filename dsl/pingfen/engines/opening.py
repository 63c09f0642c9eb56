"""The tables of a run: each that the ruleset reads is found in the engine under the name that people give it, with how its columns hold their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from attrs import frozen

from ..diagnostics.diagnostic import Diagnostic
from ..plan.ruleset import Plan
from ..sql.held import Held, held_of
from ..sql.subjects import INPUTS, SUBJECTS
from ..sql.typed import SourceColumn, SourceTable
from ..warehouse import asking
from ..warehouse.mapping import ColumnMapping, DataMapping, TableMapping
from ..warehouse.refusal import refuse
from ..warehouse.tables import WantedColumn, event_columns, input_columns, subject_columns
from .engine import Engine, FoundTable
from .parquet import is_path, refuse_other_forms
from .request import EngineRequest


@frozen
class Opened:
    """The sources of a run by label, and what is to be said of them."""

    sources: Mapping[str, SourceTable]
    notes: Sequence[Diagnostic]


def open_sources(engine: Engine, plan: Plan, request: EngineRequest, mapping: DataMapping) -> Opened:
    """Find every table that the run reads. Raises RefusedDataError for what is missing or does not fit."""
    asking.refuse_unknown_names(plan, request.events, mapping)
    asking.refuse_without_subjects(plan, request.subjects)
    wanted: dict[str, tuple[str, list[WantedColumn], TableMapping]] = {}
    if request.subjects is not None:
        wanted[SUBJECTS] = request.subjects, subject_columns(plan), mapping.subjects
    for table in plan.events.tables:
        wanted[table.name] = asking.origin_of(table.name, request.events, mapping), event_columns(table), mapping.events.get(table.name, TableMapping())
    if asking.has_inputs(plan, request.inputs):
        wanted[INPUTS] = str(request.inputs), input_columns(plan), mapping.inputs
    sources, notes = {}, []
    for label, (name, _, _) in wanted.items():
        refuse_other_forms(engine.title, label, name)
    for label, (name, columns, mapped) in wanted.items():
        request.progress(f"opening {name}")
        found = _found(engine, label, name)
        sources[label] = SourceTable(found.relation, _columns(engine, label, found, columns, mapped))
        notes += _ignored(label, found, sources[label])
    return Opened(sources, notes)


def _found(engine: Engine, label: str, name: str) -> FoundTable:
    try:
        found = engine.find(name)
    except Exception as failure:
        told = engine.refusal_of(failure)
        if told is None or told.diagnostics[0].code != "engine-refused" or not is_path(name):
            raise
        raise refuse("unreadable-data", name=f"{label}={name}", reason=told.diagnostics[0].arguments["reason"]) from None
    if found is None:
        raise refuse("table-not-found", engine=engine.title, table=name, near=_near(name, engine.tables()))
    return found


def _columns(engine: Engine, label: str, found: FoundTable, wanted: Sequence[WantedColumn], mapping: TableMapping) -> dict[str, SourceColumn]:
    known = [item.name for item in wanted]
    for mapped in mapping.columns:
        if mapped not in known:
            raise refuse("unknown-mapped-column", table=label, column=mapped, near=_near(mapped, known))
    columns = {}
    for item in wanted:
        place = mapping.columns.get(item.name) or ColumnMapping(item.name, None)
        if place.column is None:
            columns[item.name] = SourceColumn("", Held("text"), place.constant, place.cast)
        elif place.column in found.columns:
            columns[item.name] = SourceColumn(place.column, _held(engine, label, found, place.column), None, place.cast)
        elif item.required or item.name in mapping.columns:
            present = list(found.columns)
            raise refuse("missing-column", table=label, column=place.column, near=_near(place.column, present), present=", ".join(present))
    return columns


def _held(engine: Engine, label: str, found: FoundTable, name: str) -> Held:
    held = held_of(engine.spell.name, found.columns[name])
    if held is None:
        raise refuse("mismatched-column", table=label, column=name, kind=found.columns[name].lower(), wanted="a text, number, flag, date or time")
    return held


def _near(wanted: str, present: Sequence[str]) -> str:
    lowered = {item.lower(): item for item in present}
    near = get_close_matches(wanted.lower(), list(lowered), 1)
    return lowered[near[0]] if near else ""


def _ignored(label: str, found: FoundTable, source: SourceTable) -> list[Diagnostic]:
    read = {item.name for item in source.columns.values()}
    extra = [name for name in found.columns if name not in read]
    return [Diagnostic("ignored-columns", arguments={"table": label, "columns": ", ".join(extra)})] if extra else []
