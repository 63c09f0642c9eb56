"""Every sentence of the language's description that fixes a number or an outcome, on every path from a text to a number."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from pingfen.pipeline import Compilation, compile_source

from pingfen.plan.ruleset import Plan
from pingfen.source import Source

from .clean import clean_of, day_of, expected_of, shown_of
from .markdown import Case, Fence, cases_in, rows_of
from .paths import EVENT_PATHS, RECORD_PATHS, Answers, Tables, types_of

CASES = cases_in(Path(__file__).parent / "cases" / "meaning")
HEADER = {
    r"ruleset ": "ruleset case.meaning",
    r"version ": 'version "1"',
    r"effective ": "effective from 2000-01-01",
    r"cites ": 'cites "language.md"',
    r"timezone ": 'timezone "Asia/Shanghai"',
    r"subject ": "subject store_id",
}


@cache
def compiled(case: Case) -> Compilation:
    """The case's text behind the header lines it does not write itself."""
    text = case.text_of("pf")
    header = [line for start, line in HEADER.items() if not re.search(rf"^{start}", text, re.MULTILINE)]
    parameters = dict(line.split("=") for line in case.text_of("parameters").splitlines())
    return compile_source(Source(case.file, "\n".join([*header, text])), parameters)


def plan_of(case: Case) -> Plan:
    """The plan of a case that must compile."""
    compilation = compiled(case)
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    return compilation.plan


def with_fence(*kinds: str) -> list[object]:
    """The cases that have a fence of one of these kinds, named by file and rule."""
    return [pytest.param(case, id=f"{case.file}: {case.rule}") for case in CASES if any(case.of_kind(kind) for kind in kinds)]


@pytest.mark.parametrize("path", RECORD_PATHS)
@pytest.mark.parametrize("case", with_fence("records"))
def test_record(case: Case, path: str) -> None:
    plan = plan_of(case)
    kinds, zone = types_of(plan), plan.events.zone.zone
    for fence in case.of_kind("records"):
        given_names, expected_names = (side.split(", ") for side in fence.text.splitlines()[0].split(" => "))
        for line in fence.text.splitlines()[1:]:
            given, expected = (rows_of(side)[0] for side in line.split(" => "))
            record = {name: clean_of(kinds[name], cell, zone) for name, cell in zip(given_names, given, strict=True)}
            record |= as_of_field(plan, fence)
            answers = RECORD_PATHS[path](plan, record)
            wanted = dict(zip(expected_names, expected, strict=True))
            assert shown(plan, answers, wanted) == {name: expected_of(kinds[name], cell, zone) for name, cell in wanted.items() if cell != "hidden"}, line


@pytest.mark.parametrize("path", EVENT_PATHS)
@pytest.mark.parametrize("case", with_fence("expect"))
def test_events(case: Case, path: str) -> None:
    plan = plan_of(case)
    kinds, zone = types_of(plan), plan.events.zone.zone
    for fence in case.of_kind("expect"):
        answers = EVENT_PATHS[path](plan, tables_of(case, plan), day_of(fence.words[1]))
        names, *rows = rows_of(fence.text)
        assert len(rows) == len(answers), sorted(answers)
        for subject, *cells in rows:
            wanted = dict(zip(names[1:], cells, strict=True))
            assert shown(plan, answers[subject], wanted) == {name: expected_of(kinds[name], cell, zone) for name, cell in wanted.items()}, subject


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
    kinds = ("records", "expect", "refused", "told", "fields", "rejects", "claims", "steps")
    assert [case.rule for case in CASES if not any(case.of_kind(kind) for kind in kinds)] == []


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
