"""The border: what each kind of bad data gives, told in tests/cases/border, and what clean data gives instead."""

from __future__ import annotations

import csv
import io
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.source import Source
from pingfen.warehouse import RefusedDataError, Request, Result
from pingfen.warehouse.run import score

from ..markdown import Case, cases_in, rows_of

CASES = cases_in(Path(__file__).parents[1] / "cases" / "border")
AS_OF = date(2024, 5, 21)


@cache
def plan_of(text: str) -> Plan:
    """The plan of a case's ruleset, which most cases of a file share."""
    compilation = compile_source(Source("case.pf", text))
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    return compilation.plan


def run_case(case: Case, folder: Path) -> Result:
    """Write the case's files and score them."""
    for fence in case.of_kind("file"):
        path = folder / fence.words[0]
        path.parent.mkdir(exist_ok=True)
        text = fence.text.encode("latin-1").decode("unicode_escape").encode("latin-1") if "escaped" in fence.words else fence.text.encode()
        path.write_bytes(text)
    sources = case.of_kind("source")[-1].words if case.of_kind("source") else ("orders=orders.csv",)
    named: dict[str, Any] = {name: folder / path for name, path in (word.split("=") for word in sources)}
    settings = {name: named.pop(name) for name in ("subjects", "inputs", "mapping") if name in named}
    rejects = folder / "rejects.csv" if case.of_kind("rejected") else None
    expected = case.of_kind("expect")
    as_of = date.fromisoformat(expected[0].words[0]) if expected and expected[0].words else AS_OF
    return score(plan_of(case.text_of("pf")), "sha256:0", Request(named, as_of, rejects=rejects, **settings))


def with_fence(kind: str) -> list[object]:
    """The cases that have a fence of this kind."""
    return [pytest.param(case, id=f"{case.file}: {case.rule}") for case in CASES if case.of_kind(kind)]


@pytest.mark.parametrize("case", with_fence("refused"))
def test_refused(case: Case, tmp_path: Path) -> None:
    with pytest.raises(RefusedDataError) as refusal:
        run_case(case, tmp_path)
    assert sorted(told(refusal.value)) == sorted(case.text_of("refused").splitlines())


def told(refusal: RefusedDataError) -> list[str]:
    """Each diagnostic in the words of the cases: its code; of rows the column, the count and the first row; else the nearest name."""
    lines = []
    for found in refusal.diagnostics:
        arguments = found.arguments
        if "rows" in arguments and "table" in arguments:
            first = arguments["rows"].partition(" row ")[2].partition(";")[0].partition(" ")[0]
            lines.append(f"{found.code} {'.'.join(filter(None, (arguments['table'], arguments['column'])))} {arguments['count']} row {first}")
        else:
            lines.append(f"{found.code} near {arguments['near']}" if arguments.get("near") else found.code)
    return lines


@pytest.mark.parametrize("case", with_fence("expect"))
def test_scored(case: Case, tmp_path: Path) -> None:
    result = run_case(case, tmp_path)
    names, *rows = rows_of(case.text_of("expect"))
    columns = [next(name for name in result.table.column_names if name.rpartition(".")[2] == wanted) for wanted in names]
    found = [["" if row[name] is None else str(row[name]) for name in columns] for row in result.table.to_pylist()]
    assert found == rows
    assert {note.code for note in result.notes} >= {line.split()[0] for line in case.text_of("noted").splitlines()}


@pytest.mark.parametrize("case", with_fence("rejected"))
def test_rejected(case: Case, tmp_path: Path) -> None:
    """The rejects file holds one line for each bad cell, and the result counts the rows."""
    result = run_case(case, tmp_path)
    wanted = list(csv.reader(io.StringIO(case.text_of("rejected")), skipinitialspace=True))
    with open(tmp_path / "rejects.csv", encoding="utf-8") as stream:
        found = [[row["source"], row["row"], row["column"], row["value"], row["reason"]] for row in csv.DictReader(stream)]
    assert found == wanted
    assert sum(count["rejected"] for count in result.counts.values()) == len({(row[0], row[1]) for row in wanted})
