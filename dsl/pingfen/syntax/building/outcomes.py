"""Builds gates, sanctions, linked closings and claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ...diagnostics.diagnostic import Problems
from ...source import Span
from ..declarations import Cite, ClaimLine, CloseLine, GateLine, LabelText, LinkedBlock, WithoutClause
from ..expressions import Expression, Name, Reference
from .clauses import Clause, cites_of, label_of, only, word


def gate_line(
    problems: Problems, span: Span, name: Name, label: LabelText | None, outcome: Any, condition: Expression, *rest: WithoutClause | Cite
) -> GateLine:
    """`gate g open when c, closed without a score`."""
    without = tuple(item for item in rest if isinstance(item, WithoutClause))
    return GateLine("gate", name, label_of(label), outcome, condition, without, cites_of(rest), span)


def sanction_line(problems: Problems, span: Span, name: Name, label: LabelText | None, condition: Expression, *rest: WithoutClause | Cite) -> GateLine:
    """`sanction s applies when c, clear without a score`."""
    without = tuple(item for item in rest if isinstance(item, WithoutClause))
    return GateLine("sanction", name, label_of(label), "applies", condition, without, cites_of(rest), span)


def without(problems: Problems, span: Span, outcome: Any, of: Reference) -> WithoutClause:
    """`closed without a score`."""
    return WithoutClause(outcome, of, span)


def linked_block(problems: Problems, span: Span, by: Name, *rest: CloseLine | Cite) -> LinkedBlock:
    """`linked by owner_id { ... }`."""
    return LinkedBlock(by, tuple(item for item in rest if isinstance(item, CloseLine)), cites_of(rest), span)


def closing(problems: Problems, span: Span, outcomes: tuple[Name, ...], condition: Expression) -> CloseLine:
    """`close a, b for all when any has c`."""
    return CloseLine(outcomes, condition, span)


def claim_within(problems: Problems, span: Span, target: Reference, limits: Clause, for_every: Name | None, assuming: Expression | None) -> ClaimLine:
    """`always score within 3 .. 5`."""
    return ClaimLine(target, "within", limits.value.low, limits.value.high, (), for_every, assuming, span)


def claim_moves(
    problems: Problems, span: Span, target: Reference, form: Any, fields: tuple[Reference, ...], for_every: Name | None, assuming: Expression | None
) -> ClaimLine:
    """`always score rises with a, b`."""
    return ClaimLine(target, form, None, None, fields, for_every, assuming, span)


def claim_stays_open(
    problems: Problems, span: Span, target: Reference, fields: tuple[Reference, ...], form: Any, for_every: Name | None, assuming: Expression | None
) -> ClaimLine:
    """`always campaigns stays open when described rises`."""
    return ClaimLine(target, form, None, None, fields, for_every, assuming, span)


BUILDERS: Final[dict[str, Callable[..., Any]]] = {
    "gate_line": gate_line,
    "sanction_line": sanction_line,
    "without": without,
    "outcome_open": word("open"),
    "outcome_closed": word("closed"),
    "outcome_applies": word("applies"),
    "outcome_clear": word("clear"),
    "outcome_word": lambda problems, span, text: Name(text, span),
    "linked_block": linked_block,
    "closing": closing,
    "claim_within": claim_within,
    "claim_moves": claim_moves,
    "claim_stays_open": claim_stays_open,
    "rises": word("rises"),
    "falls": word("falls"),
    "stays_open_when_rises": word("stays open when rises"),
    "stays_open_when_falls": word("stays open when falls"),
    "for_every": only,
    "assuming": only,
}
