"""One more good event, on the published rules: each statement is proved, or refuted by events that the interpreter confirms."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingfen.plan.ruleset import Plan
from pingfen.proof.claims import Prover
from pingfen.proof.dependence import Dependence
from pingfen.proof.events import event_verdicts
from pingfen.proof.joint import GoodRows, is_good
from pingfen.proof.replay import Replayed, scores_on
from pingfen.proof.together import not_raised_with
from pingfen.reference import Data, Value

from .published import RULESETS, VERSIONS, plan_of, title

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("path", VERSIONS, ids=title)
def test_nothing_that_is_told_of_events_stays_open(path: Path) -> None:
    """Each statement is proved or refuted; what refutes it is a good row that lowers the score when all is scored anew."""
    plan = plan_of(path)
    verdicts = list(event_verdicts(plan, Prover(plan, 10)))
    assert [(verdict.metric, verdict.question) for verdict in verdicts if verdict.state == "unknown"] == []
    good = GoodRows(plan, Dependence(plan.record))
    for verdict in verdicts:
        if verdict.question == "one more" and verdict.events is not None:
            assert_lowers(plan, good, verdict.metric, verdict.events)


def assert_lowers(plan: Plan, good: GoodRows, metric: str, found: Replayed) -> None:
    """Scored without the row and with it: the metric is better, no other worse, the score lower."""
    rows = found.data.tables[found.table]
    without = Data({**found.data.tables, found.table: [row for row in rows if row is not rows[-1]]}, found.data.subjects, found.data.inputs)
    before, after = scores_on(plan, without, found.as_of)[found.subject], scores_on(plan, found.data, found.as_of)[found.subject]
    assert (before, after) == ((found.before, found.scores[0]), (found.after, found.scores[1]))
    assert is_good(good, found)
    old, new = before[0][metric], after[0][metric]
    assert is_less(old, new) if good.better[metric] == 1 else is_less(new, old)
    assert is_less(after[1], before[1])


def is_less(left: Value, right: Value) -> bool:
    """Whether both are given, and one less than the other."""
    return isinstance(left, int) and isinstance(right, int) and left < right


def test_the_rule_of_shares_and_counts_is_told_of_escalated_requests() -> None:
    """One more request that lowers the share of escalated orders is not escalated: it does not raise their number."""
    plan = plan_of(RULESETS / "douyin-store-100" / "2026-07-14.pf")
    share = next(metric for metric in plan.events.metrics if metric.name == "help_rate")
    assert not_raised_with(plan.events, share, "help_requests") == {"help_count"}
    assert not_raised_with(plan.events, share, "sessions") == frozenset()
