"""DuckDB behind the border equals the interpreter on plausible events of every ruleset."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingfen.sampling import make_sample

from ..paths import Tables, events_by_reference
from ..rulesets.published import VERSIONS, plan_of, title
from .events import answers_of, request_of, score

SUBJECTS, DAYS = 12, 200
WRITINGS = ("instant", "local", "text")


def cases() -> list[object]:
    """Every version and writing; the inner loop takes every third version, in one writing."""
    return [
        pytest.param(path, writing, id=f"{title(path)} {writing}", marks=() if place == number % len(WRITINGS) == 0 else pytest.mark.slow)
        for number, path in enumerate(VERSIONS)
        for place, writing in enumerate(WRITINGS)
    ]


@pytest.mark.parametrize(("path", "writing"), cases())
def test_duckdb_equals_the_interpreter(path: Path, writing: str) -> None:
    """Every field, number and outcome of every subject, whichever way times are written."""
    plan = plan_of(path)
    as_of = plan.version.first_day + DAYS
    made = make_sample(plan, subjects=SUBJECTS, first_day=as_of - DAYS, as_of_day=as_of, seed=len(writing))
    tables = Tables(made.tables, made.subjects, made.inputs)  # type: ignore[arg-type]
    result = score(plan, "sha256:0", request_of(plan, tables, as_of, writing))  # type: ignore[arg-type]
    assert answers_of(plan, result.table.to_pylist()) == events_by_reference(plan, tables, as_of)
