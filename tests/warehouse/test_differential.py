"""DuckDB behind the border equals the interpreter on plausible events of every ruleset."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.sampling import make_sample
from pingfen.source import Source

from ..paths import Tables, events_by_reference
from .events import answers_of, request_of, score

RULESETS = sorted((Path(__file__).parents[2] / "rulesets").glob("*/*.pf"))
SUBJECTS, DAYS = 12, 200


def plan_of(path: Path) -> Plan:
    """The plan of a ruleset's file."""
    plan = compile_source(Source(str(path), path.read_text("utf-8"))).plan
    assert plan is not None
    return plan


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: f"{path.parent.name} {path.stem}")
@pytest.mark.parametrize("writing", ["instant", "local", "text"])
def test_duckdb_equals_the_interpreter(path: Path, writing: str) -> None:
    """Every field, number and outcome of every subject, whichever way times are written."""
    plan = plan_of(path)
    as_of = plan.version.first_day + DAYS
    made = make_sample(plan, subjects=SUBJECTS, first_day=as_of - DAYS, as_of_day=as_of, seed=len(writing))
    tables = Tables(made.tables, made.subjects, made.inputs)  # type: ignore[arg-type]
    result = score(plan, "sha256:0", request_of(plan, tables, as_of, writing))  # type: ignore[arg-type]
    assert answers_of(plan, result.table.to_pylist()) == events_by_reference(plan, tables, as_of)
