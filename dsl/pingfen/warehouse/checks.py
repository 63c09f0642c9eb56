"""The checks of rows in their order: subjects first, each event table after those that it refers to, inputs last."""

from __future__ import annotations

from sqlglot import exp

from ..calendar import day_of
from ..plan.events import Table, in_order_of_reference
from ..plan.ruleset import Plan
from ..sql.subjects import INPUTS, SUBJECTS, VALID_FROM, has_dated
from ..sql.trees import column, relation
from .border import Border, BorderTable, absent_references, later_than_row, repeated_keys
from .duplicates import find_repeated
from .refusal import refuse
from .request import Request
from .subjects import differing_attributes, keep_subjects, unknown_subjects


def check_rows(border: Border, plan: Plan, request: Request) -> None:
    """Check the rows of every open source; bad ones go to the border's rejects. Raises RefusedDataError for tables that are too large."""
    if SUBJECTS in border.tables:
        request.progress("checking subjects")
        _check_subjects(border, plan, border.tables[SUBJECTS], day_of(request.as_of))
    for table in in_order_of_reference(plan.events.tables):
        request.progress(f"checking {table.name}")
        _check_events(border, plan, table, unique_keys=request.unique_keys)
    if INPUTS in border.tables:
        request.progress("checking inputs")
        _check_inputs(border, plan, border.tables[INPUTS])


def _check_subjects(border: Border, plan: Plan, table: BorderTable, as_of: int) -> None:
    border.check_rows(table)
    key = plan.record.subject.key
    dated = has_dated(plan) and VALID_FROM in table.cells
    border.check_bad(table, key, "repeated-subject", repeated_keys(table, [key, VALID_FROM] if dated else [key]))
    for attribute in plan.record.subject.attributes if dated else ():
        if not attribute.dated and attribute.name in table.cells:
            border.check_bad(table, key, "differing-attribute", differing_attributes(border, plan, table, attribute.name))
    keep_subjects(border, plan, table, as_of)


def _check_events(border: Border, plan: Plan, table: Table, *, unique_keys: bool) -> None:
    rows = border.tables[table.name]
    rows.conditions += later_than_row(border, rows, table)
    border.check_rows(rows)
    _check_size(border, table, rows)
    key = _key(table)
    repeated = None if unique_keys else find_repeated(border, rows, key)
    if repeated is not None:
        border.check_bad(rows, key, "duplicate-key", repeated)
    for item in table.columns:
        if item.role == "subject" and SUBJECTS in border.tables:
            border.check_bad(rows, item.name, "unknown-subject", unknown_subjects(rows, item.name, SUBJECTS))
        if item.refers_to:
            other = next(other for other in plan.events.tables if other.name == item.refers_to)
            border.check_bad(rows, item.name, "absent-reference", absent_references(rows, item.name, border.tables[other.name], _key(other)))


def _key(table: Table) -> str:
    return next(item.name for item in table.columns if item.role == "key")


def _check_size(border: Border, table: Table, rows: BorderTable) -> None:
    """A table and the rows of one subject have a most; the ranges that were proved rest on it."""
    if rows.rows > table.rows:
        raise refuse("too-many-rows", table=table.name, count=f"{rows.rows:,}", most=f"{table.rows:,}")
    subject = next((item.name for item in table.columns if item.role == "subject"), None)
    if subject is None or rows.rows <= table.rows_per_subject:
        return
    value = column(rows.clean.columns[subject].name)
    grouped = exp.Select(expressions=[value, exp.Count(this=exp.Star())]).from_(relation(rows.clean.relation)).group_by(value.copy())
    larger = grouped.having(exp.GT(this=exp.Count(this=exp.Star()), expression=exp.Literal.number(table.rows_per_subject))).limit(1)
    for found, count in border.session.rows(larger):
        raise refuse("too-many-rows-of-a-subject", table=table.name, subject=found, count=f"{count:,}", most=f"{table.rows_per_subject:,}")


def _check_inputs(border: Border, plan: Plan, table: BorderTable) -> None:
    border.check_rows(table)
    key = plan.record.subject.key
    border.check_bad(table, key, "repeated-subject", repeated_keys(table, [key]))
    if SUBJECTS in border.tables:
        border.check_bad(table, key, "unknown-subject", unknown_subjects(table, key, SUBJECTS))
