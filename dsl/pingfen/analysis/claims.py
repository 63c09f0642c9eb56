"""Does a claim say anything? One about no record at all, or about a field that its number does not depend on, does not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from ..plan.expressions import BestOf, Expression, FieldRead, NumberRead, OutcomeRead, StageRead, Sum
from ..plan.record import Gate, Number, Outcome, RecordPlan
from ..plan.ruleset import Claim, Plan
from .evaluation import can_be
from .findings import Findings
from .scorecard import Outlook
from .traversal import walk


def find_void_claims(plan: Plan, outlook: Outlook, findings: Findings) -> None:
    """Report claims whose `assuming` never holds, and claims of a direction in a field that is not read."""
    for claim in plan.claims:
        if claim.assuming is not None and not can_be(claim.assuming, True, outlook.anywhere):
            findings.report("condition-never-holds", claim.assuming, what="claim")
        elif claim.form != "within" and not _is_direction(claim) and claim.field not in _fields_read(claim, plan.record):
            findings.report("void-claim", claim, field=claim.field, target=_name(claim))


def _name(claim: Claim) -> str:
    match claim.target:
        case NumberRead(path=name) | OutcomeRead(name=name):
            return name
        case _:
            return claim.text


def _is_direction(claim: Claim) -> bool:
    """Whether the claim is that of `better higher`, which says which way is better also for a metric that only a gate reads."""
    return claim.text.startswith(f"{claim.field} better ")


def _fields_read(claim: Claim, record: RecordPlan) -> set[str]:
    """The fields that the claim's number or outcome depends on, through other numbers too."""
    reached: set[tuple[str, str]] = set()
    waiting: list[Expression] = [claim.target]
    while waiting:
        keys = {key for node in walk(waiting.pop()) for key in _keys(node)} - reached
        reached |= keys
        waiting += [expression for key in keys for expression in _behind(key, record)]
    return {name for kind, name in reached if kind == "field"}


def _keys(node: Expression) -> list[tuple[str, str]]:
    match node:
        case FieldRead(name=name):
            return [("field", name)]
        case NumberRead(path=path):
            return [("number", path)]
        case OutcomeRead(name=name):
            return [("outcome", name)]
        case StageRead():
            return [("stage", "")]
        case Sum(lines=lines) | BestOf(lines=lines):
            return [("number", line.path) for line in lines]
        case _:
            return []


def _behind(key: tuple[str, str], record: RecordPlan) -> list[Expression]:
    """The expressions that make what is read."""
    match key:
        case ("number", path):
            return [part for number in record.numbers if number.path == path for part in _present(_of_number(number))] + _of_stages(record)
        case ("outcome", name):
            return [part for outcome in record.outcomes if outcome.name == name for part in _of_outcome(outcome)]
        case ("stage", _):
            return _of_stages(record)
        case (_, name):
            return [across.of for across in record.across if across.name == name]
        case _:
            assert_never(key)


def _present(parts: Iterable[Expression | None]) -> list[Expression]:
    return [part for part in parts if part is not None]


def _of_number(number: Number) -> list[Expression | None]:
    return [number.value, *(part for step in number.adjustments for part in (step.amount, step.per, step.condition))]


def _of_stages(record: RecordPlan) -> list[Expression]:
    return _present(part for row in record.stages for part in (row.condition, row.value))


def _of_outcome(outcome: Outcome) -> list[Expression]:
    if isinstance(outcome, Gate):
        return [outcome.condition, *(value for value, _ in outcome.without)]
    return [outcome.value, *(force.condition for force in outcome.forces)]
