"""Clauses: parts of a statement that may stand in any order, and words that stand for themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from ...diagnostics.diagnostic import Label, Problems
from ...source import Span
from ..declarations import Cite, ImprovableClause, LabelText, NeedsClause
from ..expressions import Expression, Mode, NumberLiteral, TextLiteral
from ..node import frozen

SPOKEN = {"available": "optional` / `ahead"}
"""Clauses that are written in other words than they are called here."""


@frozen
class Clause:
    """A clause of a statement: what it says (`kind`) and with what value."""

    kind: str
    value: Any
    span: Span


@frozen
class RoundingText:
    """`to 0.01`, `up to 1`, `exact`."""

    mode: Mode
    step: NumberLiteral | None
    exact: bool
    span: Span


@frozen
class RangeText:
    """`within a .. b`."""

    low: Expression
    high: Expression
    span: Span


def word(value: Any) -> Callable[..., Any]:
    """A builder for a rule that is one word: `value`, whatever stands there."""
    return lambda problems, span: value


def marked(kind: str, value: Any = True) -> Callable[..., Clause]:
    """A builder for a word that is a clause by itself."""
    return lambda problems, span: Clause(kind, value, span)


def only(problems: Problems, span: Span, child: Any) -> Any:
    """The only child."""
    return child


def several(problems: Problems, span: Span, *children: Any) -> tuple[Any, ...]:
    """All children."""
    return children


def clause_of(kind: str) -> Callable[..., Clause]:
    """A builder for a clause with one value."""
    return lambda problems, span, value: Clause(kind, value, span)


def label_of(label: LabelText | None) -> LabelText:
    """The label, or the empty one."""
    return label or LabelText()


def gather(problems: Problems, children: Iterable[Any]) -> dict[str, Any]:
    """The values of the clauses among `children` by kind; a kind that is written twice is reported and its first one counts."""
    found: dict[str, Clause] = {}
    for child in children:
        if not isinstance(child, Clause):
            continue
        if child.kind in found:
            problems.report("repeated-clause", child.span, labels=(Label(found[child.kind].span, "first"),), clause=SPOKEN.get(child.kind, child.kind))
        else:
            found[child.kind] = child
    return {kind: clause.value for kind, clause in found.items()}


def span_of(kind: str, children: Iterable[Any]) -> Span:
    """The place of the first clause of a kind."""
    return next(child.span for child in children if isinstance(child, Clause) and child.kind == kind)


def cites_of(children: Iterable[Any]) -> tuple[Cite, ...]:
    """The citations among the children."""
    return tuple(child for child in children if isinstance(child, Cite))


def label(problems: Problems, span: Span, *texts: TextLiteral) -> LabelText:
    """`"中文" "English"`."""
    return LabelText(texts, span)


def cite(problems: Problems, span: Span, source: TextLiteral, note: TextLiteral | None = None) -> Cite:
    """`"D13" "protection of both parts"`."""
    return Cite(source, note, span)


def within(problems: Problems, span: Span, low: Expression, high: Expression) -> Clause:
    """`within a .. b`."""
    return Clause("within", RangeText(low, high, span), span)


def rounding(mode: Mode) -> Callable[..., Clause]:
    """A builder for `to 0.01` and its like."""
    return lambda problems, span, step: Clause("to", RoundingText(mode, step, False, span), span)


def rounding_exact(problems: Problems, span: Span) -> Clause:
    """`exact`."""
    return Clause("to", RoundingText("half away", None, True, span), span)


def needs(problems: Problems, span: Span, count: NumberLiteral) -> Clause:
    """`needs 10 assumed` of a metric."""
    return Clause("needs", NeedsClause(count, "", span), span)


def improvable(problems: Problems, span: Span, direction: Any, step: Expression, cost: NumberLiteral, limits: Clause) -> Clause:
    """`improvable up by 0.10%, cost 1, within 60% .. 100%`."""
    return Clause("improvable", ImprovableClause(direction, step, cost, limits.value.low, limits.value.high, span), span)


NO_ROUNDING: Final = RoundingText("half away", None, False, Span(0, 0))

BUILDERS: Final[dict[str, Callable[..., Any]]] = {
    "label": label,
    "cite": cite,
    "cites": only,
    "assumed": marked("assumed"),
    "within": within,
    "needs": needs,
    "rounding_exact": rounding_exact,
    "improvable": improvable,
    "rounding_half_away": rounding("half away"),
    "rounding_up": rounding("up"),
    "rounding_down": rounding("down"),
    "rounding_half_even": rounding("half even"),
    "optional_word": marked("optional"),
    "better_higher": marked("better", "higher"),
    "better_lower": marked("better", "lower"),
    "improvable_up": word("up"),
    "improvable_down": word("down"),
    "names": several,
    "references": several,
    "values": several,
    "conditions": several,
}
