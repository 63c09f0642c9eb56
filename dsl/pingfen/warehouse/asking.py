"""Whether what is asked for fits the ruleset: the as-of date, the names of event tables, subjects and inputs. The same for every engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from ..plan.ruleset import Plan
from .mapping import DataMapping
from .refusal import refuse
from .tables import attributes_read


def refuse_other_years(plan: Plan, as_of: date) -> None:
    """D lies in the declared years, or is the day after them: no other day has data, nor offsets of its zone."""
    first, last = date(plan.events.first_year, 1, 1), date(plan.events.last_year + 1, 1, 1)
    if not first <= as_of <= last:
        raise refuse("date-outside-years", date=as_of.isoformat(), first=first.isoformat(), last=last.isoformat())


def refuse_unknown_names(plan: Plan, events: Mapping[str, Any], mapping: DataMapping, elsewhere: Collection[str] = ()) -> None:
    """Every name that is given is a table of the ruleset, of another version of it (`elsewhere`), or one that the mapping calls so."""
    known = list(dict.fromkeys([*(table.name for table in plan.events.tables), *elsewhere]))
    renamed = [item.table for item in mapping.events.values() if item.table is not None]
    for name in [*events, *mapping.events]:
        if name not in known and name not in renamed:
            near = get_close_matches(name, known, 1)
            raise refuse("unknown-events", table=name, near=near[0] if near else "", known=", ".join(known))


def given_for(table: str, events: Mapping[str, Any], mapping: DataMapping) -> Any:
    """What is given for an event table, by its own name or by the one that the mapping gives it; None where nothing is."""
    mapped = mapping.events.get(table)
    named = mapped.table if mapped is not None and mapped.table is not None else table
    return events.get(table, events.get(named))


def origin_of(table: str, events: Mapping[str, Any], mapping: DataMapping) -> Any:
    """What is given for an event table. Raises RefusedDataError where nothing is."""
    origin = given_for(table, events, mapping)
    if origin is None:
        raise refuse("events-needed", table=table)
    return origin


def refuse_without_subjects(plan: Plan, subjects: Any) -> None:
    """Subjects are given where their attributes are read."""
    if subjects is None and (read := attributes_read(plan)):
        raise refuse("subjects-needed", attributes=", ".join(read))


def has_inputs(plan: Plan, inputs: Any) -> bool:
    """Whether plain inputs are given and read; they must be given where one is required."""
    fields = [item for item in plan.record.fields if item.kind == "input"]
    if inputs is None and any(not item.type.optional for item in fields):
        raise refuse("inputs-needed", inputs=", ".join(item.name for item in fields if not item.type.optional))
    return inputs is not None and bool(fields)
