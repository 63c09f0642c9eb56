"""Every example with events gives its numbers on every path from events to scorecards."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from pingfen.plan.ruleset import Example, Plan
from tests.clean import Clean
from tests.paths import EVENT_PATHS, Answers, Tables

from .published import VERSIONS, plan_of, title

pytestmark = pytest.mark.slow

CASES = [(path, example) for path in VERSIONS for example in plan_of(path).examples if example.tables]
Rows = list[dict[str, Clean]]


def tables_of(plan: Plan, example: Example) -> Tables:
    """The example's tables; event tables that it does not name are empty, columns that it does not name are missing."""
    rows: Mapping[str, Rows] = {table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in example.tables}
    events = {table.name: rows.get(table.name, []) for table in plan.events.tables}
    return Tables(events, rows.get("subjects"), rows.get("inputs", []))


def by_any_name(answers: Answers, plan: Plan, name: str) -> Clean:
    """An answer by the name that an example uses: a path, or a part's own name."""
    paths = [number.path for number in plan.record.numbers if number.name == name]
    return answers[name] if name in answers else answers[paths[0]]


@pytest.mark.parametrize("way", sorted(EVENT_PATHS))
@pytest.mark.parametrize(("path", "example"), CASES, ids=[f"{title(path)}: {example.name}" for path, example in CASES])
def test_events_give_what_the_example_says(path: Path, example: Example, way: str) -> None:
    """Metrics, parts, score, stage and outcomes of every subject expected."""
    plan = plan_of(path)
    assert example.as_of is not None
    answers = EVENT_PATHS[way](plan, tables_of(plan, example), example.as_of)
    shown = _unshown(plan)
    for expectation in example.expected:
        subject = expectation.subject or next(iter(answers))
        found = {name: by_any_name(answers[subject], plan, name) for name, _ in expectation.values if name not in shown}
        assert found == {name: value for name, value in expectation.values if name not in shown}


def _unshown(plan: Plan) -> set[str]:
    """What results may leave out: the score and displays of rulesets that can hide them."""
    return {path for hidden in plan.record.hidden for path in hidden.paths}
