"""Every sentence of the language's description that fixes a number or an outcome, on every path from a text to a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pingfen.pipeline import Compilation, compile_source
from pingfen.plan.ruleset import Plan
from pingfen.source import Source
from pingfen.syntax.keywords import KEYWORDS

from .clean import clean_of, day_of, expected_of, shown_of
from .markdown import Case, Fence, cases_in, rows_of
from .paths import EVENT_PATHS, RECORD_PATHS, Answers, Record, Tables, types_of

CASES = cases_in(Path(__file__).parent / "cases" / "meaning")
HEADER = {
    "ruleset": "ruleset case.meaning",
    "version": 'version "1"',
    "effective": "effective from 2000-01-01",
    "cites": 'cites "language.md"',
    "timezone": 'timezone "Asia/Shanghai"',
    "subject": "subject store_id",
}


@cache
def compiled(case: Case) -> Compilation:
    """The case's text behind the header lines it does not write itself."""
    text = case.text_of("pf")
    header = [line for start, line in HEADER.items() if not re.search(rf"^({'|'.join((start, *KEYWORDS[start][1]))}) ", text, re.MULTILINE)]
    parameters = dict(line.split("=") for line in case.text_of("parameters").splitlines())
    return compile_source(Source(case.file, "\n".join([*header, text])), parameters)


def plan_of(case: Case) -> Plan:
    """The plan of a case that must compile."""
    compilation = compiled(case)
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    return compilation.plan


def with_fence(*kinds: str) -> list[Any]:
    """The cases that have a fence of one of these kinds, named by file and rule."""
    return [pytest.param(case, id=f"{case.file}: {case.rule}") for case in CASES if any(case.of_kind(kind) for kind in kinds)]


@pytest.mark.parametrize("path", RECORD_PATHS)
@pytest.mark.parametrize("case", with_fence("records"))
def test_record(case: Case, path: str) -> None:
    plan = plan_of(case)
    for fence in case.of_kind("records"):
        for record, wanted in records_of(plan, fence):
            assert shown(plan, RECORD_PATHS[path](plan, record), wanted) == expected(plan, wanted), record


@pytest.mark.parametrize("path", EVENT_PATHS)
@pytest.mark.parametrize("case", [case for case in with_fence("records") if "metric " not in case.values[0].text_of("pf")])
def test_records_as_subjects(case: Case, path: str) -> None:
    """Records without metrics are subjects with attributes and inputs, without events."""
    plan = plan_of(case)
    for fence in case.of_kind("records"):
        rows = list(records_of(plan, fence))
        names = [f"s{number}" for number in range(len(rows))]
        tables = subjects_of(plan, dict(zip(names, (record for record, _ in rows), strict=True)))
        answers = EVENT_PATHS[path](plan, tables, day_of(fence.words[1]) if fence.words else day_of("2026-06-01"))
        for name, (_, wanted) in zip(names, rows, strict=True):
            assert shown(plan, answers[name], wanted) == expected(plan, wanted), name


@pytest.mark.parametrize("path", EVENT_PATHS)
@pytest.mark.parametrize("case", with_fence("expect"))
def test_events(case: Case, path: str) -> None:
    plan = plan_of(case)
    for fence in case.of_kind("expect"):
        answers = EVENT_PATHS[path](plan, tables_of(case, plan), day_of(fence.words[1]))
        names, *rows = rows_of(fence.text)
        assert len(rows) == len(answers), sorted(answers)
        for subject, *cells in rows:
            wanted = dict(zip(names[1:], cells, strict=True))
            assert shown(plan, answers[subject], wanted) == expected(plan, wanted), subject


@pytest.mark.parametrize("case", with_fence("refused"))
def test_refusal(case: Case) -> None:
    compilation = compiled(case)
    codes = [found.code for found in compilation.diagnostics]
    assert compilation.plan is None
    assert set(case.text_of("refused").split()) <= set(codes), codes


@pytest.mark.parametrize("case", with_fence("told"))
def test_finding(case: Case) -> None:
    codes = [found.code for found in compiled(case).diagnostics]
    assert set(case.text_of("told").split()) <= set(codes), codes


@pytest.mark.parametrize("case", with_fence("fields"))
def test_fields(case: Case) -> None:
    assert sorted(field.name for field in plan_of(case).record.fields) == sorted(case.text_of("fields").split())


def test_every_case_has_an_outcome() -> None:
    """A case without a fence that says what is expected would pass whatever the program did."""
    kinds = ("records", "expect", "refused", "told", "fields")
    assert [case.rule for case in CASES if not any(case.of_kind(kind) for kind in kinds)] == []


def records_of(plan: Plan, fence: Fence) -> Iterator[tuple[Record, dict[str, str]]]:
    """The records of a fence, with what is expected of each."""
    kinds, zone = types_of(plan) | {field.name: field.type for field in plan.record.fields}, plan.events.zone.zone
    header, *lines = fence.text.splitlines()
    given_names, expected_names = (side.split(", ") for side in header.split(" => "))
    for line in lines:
        given, wanted = (rows_of(side)[0] for side in line.split(" => "))
        record = {name: clean_of(kinds[name], cell, zone) for name, cell in zip(given_names, given, strict=True)}
        yield record | as_of_field(plan, fence), dict(zip(expected_names, wanted, strict=True))


def subjects_of(plan: Plan, records: Mapping[str, Record]) -> Tables:
    """Records as rows of attributes and inputs; attributes that nothing reads are missing, or anything where they may not be."""
    key = plan.record.subject.key
    fields = {field.name: field.kind for field in plan.record.fields}
    inputs = [{key: name, **{field: value for field, value in record.items() if fields[field] == "input"}} for name, record in records.items()]
    dated = {"valid_from": 0} if any(attribute.dated for attribute in plan.record.subject.attributes) else {}
    unread = {attribute.name: None for attribute in plan.record.subject.attributes}
    known = [{name: value for name, value in record.items() if fields[name] == "attribute"} for record in records.values()]
    return Tables({}, [{key: name, **dated, **unread, **row} for name, row in zip(records, known, strict=True)], inputs)


def expected(plan: Plan, wanted: dict[str, str]) -> dict[str, object]:
    """What a case expects, for comparison."""
    kinds, zone = types_of(plan), plan.events.zone.zone
    return {name: expected_of(kinds[name], cell, zone) for name, cell in wanted.items() if cell != "hidden"}


def shown(plan: Plan, answers: Answers, wanted: dict[str, str]) -> dict[str, object]:
    """What a path answers at the names that a case asks for."""
    kinds = types_of(plan)
    paths = {number.name: number.path for number in plan.record.numbers} | {number.path: number.path for number in plan.record.numbers}
    return {name: shown_of(kinds[name], answers[paths.get(name, name)]) for name, cell in wanted.items() if cell != "hidden"}


def as_of_field(plan: Plan, fence: Fence) -> dict[str, int]:
    """D, where the record has such a field."""
    return {field.name: day_of(fence.words[1]) for field in plan.record.fields if field.kind == "as of"}


def tables_of(case: Case, plan: Plan) -> Tables:
    """The case's tables as clean rows."""
    zone, key = plan.events.zone.zone, plan.record.subject.key
    kinds = {table.name: {column.name: column.type for column in table.columns} for table in plan.events.tables}
    events = {fence.words[0]: _rows(fence, kinds[fence.words[0]], zone) for fence in case.of_kind("events")}
    attributes = {attribute.name: attribute.type for attribute in plan.record.subject.attributes}
    subjects = [row for fence in case.of_kind("subjects") for row in _rows(fence, attributes, zone, key)]
    inputs = [row for fence in case.of_kind("inputs") for row in _rows(fence, types_of(plan), zone, key)]
    return Tables(events, subjects or None, inputs)


def _rows(fence: Fence, kinds: dict[str, object], zone: str, key: str = "") -> list[dict[str, object]]:
    names, *rows = rows_of(fence.text)
    known = {key, "valid_from", *kinds}
    return [{name: _cell(name, cell, kinds, zone, key) for name, cell in zip(names, row, strict=True) if name in known} for row in rows]


def _cell(name: str, cell: str, kinds: dict[str, object], zone: str, key: str) -> object:
    if name == key:
        return cell
    return day_of(cell) if name == "valid_from" else clean_of(kinds[name], cell, zone)  # type: ignore[arg-type]
