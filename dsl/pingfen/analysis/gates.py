"""Does a gate decide anything? One that is open for everybody, or for nobody, does not."""

from __future__ import annotations

from ..plan.record import Gate
from ..plan.ruleset import Plan
from .evaluation import evaluate, truths_of
from .findings import Findings
from .possible import given_only
from .scorecard import Outlook
from .situation import Situation, restrict


def find_dead_gates(plan: Plan, outlook: Outlook, findings: Findings) -> None:
    """Report every gate and sanction whose condition always holds, or never."""
    for outcome in plan.record.outcomes:
        if isinstance(outcome, Gate):
            _judge(outcome, _where_given(outcome, outlook.anywhere), findings)


def _where_given(gate: Gate, situation: Situation) -> Situation:
    """The situation in which the condition is asked: the values whose absence decides first are there."""
    for value, _ in gate.without:
        given = given_only(evaluate(value, situation))
        situation = (restrict(value, given, situation) if given else None) or situation
    return situation


def _judge(gate: Gate, situation: Situation, findings: Findings) -> None:
    truths = truths_of(gate.condition, situation)
    outcome = gate.held if truths.true else gate.unheld
    if truths.true != truths.false and all(other == outcome for _, other in gate.without):
        place = gate.condition if findings.span_of(gate.condition) else gate
        findings.report("dead-gate", place, kind=gate.kind, name=gate.name, outcome=outcome)
