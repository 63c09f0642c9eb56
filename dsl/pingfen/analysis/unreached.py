"""Is every row of cases, ladders and ranges taken for some value?"""

from __future__ import annotations

from ..plan.expressions import Band, Bands, Case, Cases, Expression
from ..plan.ruleset import Plan
from .evaluation import numbers_of
from .findings import Findings, range_text
from .places import places_in
from .possible import Numbers
from .rows import Branch, row_interval
from .scorecard import Outlook
from .situation import Situation
from .traversal import Choice, choices_in


def find_unreached_rows(plan: Plan, outlook: Outlook, findings: Findings) -> None:
    """Report every row that no value reaches, because rows above it take them all or because no value is like that."""
    for expression, situation in places_in(plan, outlook):
        for choice, branches in choices_in(expression, situation):
            _judge_all(choice, branches, situation, findings)


def _judge_all(choice: Choice, branches: list[Branch], situation: Situation, findings: Findings) -> None:
    if any(branch.situation for branch in branches):
        for branch in branches:
            _judge(choice, branch, situation, findings)


def _judge(choice: Choice, branch: Branch, situation: Situation, findings: Findings) -> None:
    if branch.situation is not None:
        return
    place = branch.row.condition if isinstance(branch.row, Case) and findings.span_of(branch.row) is None else branch.row
    kind = "cases" if isinstance(choice, Cases) else choice.form
    row = "" if isinstance(branch.row, (Case, Band)) else "none" if branch.row is getattr(choice, "missing", None) else "else"
    told = {} if isinstance(choice, Cases) else _range_of(choice, branch.row, situation)
    findings.report(f"{row or 'row'}-never-reached", place, kind=kind, row=findings.text_of(place), **told)


def _range_of(bands: Bands, row: Case | Band | Expression, situation: Situation) -> dict[str, str]:
    """What the subject can be: as `range` where the rows above take all of it that the row holds, as `scale` where the row holds none of it by itself."""
    subject = numbers_of(bands.subject, situation)
    written = range_text(subject, bands.subject.type)
    return {"scale" if isinstance(row, Band) and _is_outside(row, subject, situation) else "range": written}


def _is_outside(row: Band, subject: Numbers, situation: Situation) -> bool:
    low, high = (None if end is None else numbers_of(end, situation) for end in (row.low, row.high))
    return subject.given and row_interval(row, low, high, subject) is None
