"""Clean rows of a run as the interpreter takes them: the way from the border to the meaning, for checking a result row by row."""

from __future__ import annotations

from attrs import define
from sqlglot import exp

from ..plan.events import Table
from ..plan.ruleset import Plan
from ..reference import Data, Evaluation, Value, score_events
from ..sql import clock
from ..sql.stairs import Stairs, with_needed
from ..sql.subjects import INPUTS, SUBJECTS, VALID_FROM
from ..sql.trees import Tree, aliased, binary, column, relation, text
from .border import BorderTable
from .run import Run


def interpret(run: Run, subject: str) -> tuple[dict[str, Value], Evaluation] | None:
    """The record and evaluation of one subject, by the interpreter, from the sources of a run that are open and checked; None for an unknown subject."""
    return score_events(run.plan, clean_data(run, subject), run.as_of).get(subject)


def clean_data(run: Run, subject: str) -> Data:
    """The clean rows that one subject's scorecard reads: its own, or all where it depends on others."""
    alone = subject if _stands_alone(run.plan) else None
    tables = {table.name: _rows(run, run.border.tables[table.name], _only(table, alone)) for table in run.plan.events.tables}
    return Data(tables, _attributes(run, alone), _inputs(run, alone))


def _stands_alone(plan: Plan) -> bool:
    """Whether a subject's scorecard reads rows of that subject alone."""
    tables = plan.events.tables
    crossing = plan.record.across or plan.record.linked or any(table.subject_through for table in tables) or any(_refers(table) for table in tables)
    return not crossing and not any(hasattr(step, "keys") for population in plan.events.populations for step in population.steps)


def _refers(table: Table) -> bool:
    return any(item.refers_to for item in table.columns)


def _only(table: Table, subject: str | None) -> tuple[str, str] | None:
    name = next((item.name for item in table.columns if item.role == "subject"), None)
    return None if subject is None or name is None else (name, subject)


def _attributes(run: Run, subject: str | None) -> dict[Value, list[dict[str, Value]]] | None:
    if SUBJECTS not in run.border.tables:
        return None
    key = run.plan.record.subject.key
    grouped: dict[Value, list[dict[str, Value]]] = {}
    for row in _rows(run, run.border.tables[SUBJECTS], None if subject is None else (key, subject)):
        grouped.setdefault(row.pop(key), []).append(row)
    return grouped


def _inputs(run: Run, subject: str | None) -> dict[Value, dict[str, Value]]:
    if INPUTS not in run.border.tables:
        return {}
    key = run.plan.record.subject.key
    rows = _rows(run, run.border.tables[INPUTS], None if subject is None else (key, subject))
    return {row.pop(key): row for row in rows}


def _rows(run: Run, table: BorderTable, only: tuple[str, str] | None) -> list[dict[str, Value]]:
    """Clean rows with times in seconds, those of one subject or all."""
    reading = _Reading(run, table, Stairs(f"i_{table.label}", exp.Select(expressions=[exp.Star()]).from_(relation(table.clean.relation)), {}))
    names = [name for name in table.clean.columns if name != VALID_FROM or name in table.cells]
    select = exp.Select(expressions=[aliased(reading.value(name), f"i{index}") for index, name in enumerate(names)]).from_(relation(reading.stairs.top))
    if only is not None:
        select.where(binary(exp.EQ, column(table.clean.columns[only[0]].name), text(only[1])), copy=False)
    rows = run.session.rows(with_needed(select, reading.stairs.chain()))
    return [dict(zip(names, row, strict=True)) for row in rows]


@define
class _Reading:
    run: Run
    table: BorderTable
    stairs: Stairs

    def value(self, name: str) -> Tree:
        """A clean column, times as seconds since 1970-01-01T00:00:00Z."""
        spell, clean = self.run.session.spell, self.table.clean.columns[name]
        counted = self.stairs.share(spell.seconds_of(column(clean.name), clean.form))
        return self.stairs.share(clock.instant_of(spell, self.run.plan.events.zone, counted, self.stairs.share)) if clean.form == "local" else counted
