"""Is every row of cases, ladders and ranges taken for some value?"""

from __future__ import annotations

from ..plan.expressions import Band, Case, Cases
from ..plan.ruleset import Plan
from .evaluation import numbers_of
from .findings import Findings, range_text
from .places import places_in
from .rows import Branch
from .scorecard import Outlook
from .situation import Situation
from .traversal import Choice, choices_in


def find_unreached_rows(plan: Plan, outlook: Outlook, findings: Findings) -> None:
    """Report every row that no value reaches, because rows above it take them all or because no value is like that."""
    for expression, situation in places_in(plan, outlook):
        for choice, branches in choices_in(expression, situation):
            _judge_all(choice, branches, _range_of(choice, situation), findings)


def _range_of(choice: Choice, situation: Situation) -> str:
    return "" if isinstance(choice, Cases) else range_text(numbers_of(choice.subject, situation), choice.subject.type)


def _judge_all(choice: Choice, branches: list[Branch], subject: str, findings: Findings) -> None:
    if any(branch.situation for branch in branches):
        for branch in branches:
            _judge(choice, branch, subject, findings)


def _judge(choice: Choice, branch: Branch, subject: str, findings: Findings) -> None:
    if branch.situation is not None:
        return
    place = branch.row.condition if isinstance(branch.row, Case) and findings.span_of(branch.row) is None else branch.row
    kind = "cases" if isinstance(choice, Cases) else choice.form
    row = "" if isinstance(branch.row, (Case, Band)) else "none" if branch.row is getattr(choice, "missing", None) else "else"
    findings.report(f"{row or 'row'}-never-reached", place, kind=kind, row=findings.text_of(place), range=subject)
