"""A failure made small: lines of the ruleset and rows of the data are left out as long as engine and interpreter still differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from attrs import evolve, frozen

from pingfen.pipeline import compile_source
from pingfen.plan.events import Table
from pingfen.plan.ruleset import Plan
from pingfen.source import Source

from ..clean import Clean
from ..paths import Tables, events_by_reference
from .differential import Engine, difference_of
from .pairs import Pairs

Item = TypeVar("Item")
Row = dict[str, Clean]


@frozen
class Failure:
    """A ruleset and one data set on which an engine and the interpreter differ."""

    text: str
    tables: Tables
    as_of: int
    seed: int

    @property
    def plan(self) -> Plan | None:
        """The plan; None where the text is no ruleset."""
        return compile_source(Source("generated.pf", self.text)).plan


def shrink(engine: Engine, pairs: Pairs) -> Failure | None:
    """The smallest failure found in the pairs; None where each data set alone passes."""
    alone = (Failure(pairs.text, world, pairs.as_of, pairs.seed) for world in pairs.worlds)
    failing = next((failure for failure in alone if fails(engine, failure)), None)
    if failing is None:
        return None
    while (smaller := _smaller(engine, failing)) != failing:
        failing = smaller
    return failing


def fails(engine: Engine, failure: Failure) -> bool:
    """Whether engine and interpreter differ, or the engine refuses what the interpreter answers."""
    plan = failure.plan
    if plan is None or not is_clean(plan, failure.tables):
        return False
    expected = events_by_reference(plan, failure.tables, failure.as_of)
    try:
        return bool(difference_of(engine.score(plan, failure.tables, failure.as_of, failure.seed), expected))
    except Exception:  # whatever an engine throws is a failure of it
        return True


def is_clean(plan: Plan, tables: Tables) -> bool:
    """Whether every subject, every row that a row names and every required input is there."""
    key = plan.record.subject.key
    subjects = {row[key] for row in tables.subjects or []}
    required = any(field.kind == "input" and not field.type.optional for field in plan.record.fields)
    if required and subjects - {row[key] for row in tables.inputs}:
        return False
    keys = {table.name: {row[_key_of(table)] for row in tables.events.get(table.name, [])} for table in plan.events.tables}
    for table in plan.events.tables:
        for column in (column for column in table.columns if column.role == "subject" or column.refers_to):
            known = keys[column.refers_to] if column.refers_to else subjects
            if not {row[column.name] for row in tables.events.get(table.name, [])} <= known | {None}:
                return False
    return True


def _key_of(table: Table) -> str:
    return next(column.name for column in table.columns if column.role == "key")


def _smaller(engine: Engine, failure: Failure) -> Failure:
    """One round over the lines, and over the rows of every table."""
    lines = _fewer(failure.text.splitlines(), lambda kept: fails(engine, evolve(failure, text="\n".join(kept) + "\n")))
    failure = evolve(failure, text="\n".join(lines) + "\n")
    for name in failure.tables.events:
        failure = _with_fewer(
            engine, failure, failure.tables.events[name], lambda tables, rows, name=name: evolve(tables, events={**tables.events, name: rows})
        )
    failure = _with_fewer(engine, failure, failure.tables.inputs, lambda tables, rows: evolve(tables, inputs=rows))
    return _with_fewer(engine, failure, failure.tables.subjects or [], lambda tables, rows: evolve(tables, subjects=rows))


def _with_fewer(engine: Engine, failure: Failure, rows: list[Row], put: Callable[[Tables, list[Row]], Tables]) -> Failure:
    kept = _fewer(rows, lambda kept: fails(engine, evolve(failure, tables=put(failure.tables, list(kept)))))
    return evolve(failure, tables=put(failure.tables, kept))


def _fewer(items: Sequence[Item], still: Callable[[Sequence[Item]], bool]) -> list[Item]:
    """The items without the runs of items that are not needed, long runs first."""
    kept = list(items)
    for size in _sizes(len(kept)):
        start = 0
        while start < len(kept):
            shorter = kept[:start] + kept[start + size :]
            if still(shorter):
                kept = shorter
            else:
                start += size
    return kept


def _sizes(count: int) -> Iterator[int]:
    size = count // 2
    while size:
        yield size
        size //= 2
