"""A subject's history holds all that reaches its metrics: what others have can be left out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from pingfen.advice.history import history_of
from pingfen.proof.replay import first_as_of
from pingfen.reference import Data, Value
from pingfen.reference.crossing import score_subjects
from pingfen.ruleset import Ruleset, load
from pingfen.sampling import make_sample

LATEST = [max(folder.glob("*.pf")) for folder in sorted(Path("rulesets").iterdir())]


@pytest.mark.slow
@pytest.mark.parametrize("path", LATEST, ids=lambda path: path.parent.name)
def test_metrics_of_the_history_are_those_of_the_whole_run(path: Path) -> None:
    ruleset = load(path)
    assert isinstance(ruleset, Ruleset)
    plan, as_of = ruleset.plan, first_as_of(ruleset.plan)
    sample = make_sample(plan, subjects=5, first_day=as_of - 100, as_of_day=as_of, seed=3)
    key = plan.record.subject.key
    attributes: dict[Value, list[Mapping[str, Value]]] = {}
    for row in sample.subjects:
        attributes.setdefault(row[key], []).append(row)
    data = Data(sample.tables, attributes or None, {row[key]: row for row in sample.inputs})
    today, tomorrow = (score_subjects(plan, data, day) for day in (as_of, as_of + 1))
    for subject, scored in today.items():
        history = history_of(plan, data, as_of, subject, scored)
        assert history.values_with({}) == scored.values
        assert history.values_on(as_of + 1) == tomorrow[subject].values
