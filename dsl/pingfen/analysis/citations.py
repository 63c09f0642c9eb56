"""Is every number of the rules cited or marked as assumed?

A citation in the header covers the file, one in a clause covers the declaration, `assumed` covers a number or a block. Numbers of events, subjects,
types, examples and claims are no rules, nor are the places that a value is rounded to, nor 0.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.diagnostic import Problems
from ..node import Node
from ..source import Span
from ..syntax.declarations import (
    AttributeRow,
    CitesHeader,
    ClaimLine,
    Declaration,
    Document,
    EventsBlock,
    ExampleBlock,
    ImprovableClause,
    LimitHeader,
    SubjectBlock,
    TimezoneHeader,
    UnitType,
    VersionHeader,
    YearsHeader,
)
from ..syntax.expressions import ClockLiteral, DateLiteral, NumberLiteral

NO_RULES = (
    SubjectBlock,
    EventsBlock,
    ClaimLine,
    ExampleBlock,
    TimezoneHeader,
    VersionHeader,
    YearsHeader,
    LimitHeader,
    UnitType,
    AttributeRow,
    ImprovableClause,
)
ROUNDING = frozenset({"step"})


def find_uncited_numbers(document: Document, problems: Problems) -> None:
    """Report the first uncited number of each declaration, with how many more there are; where a file cites nothing at all, only the first of the file."""
    if any(isinstance(declaration, CitesHeader) for declaration in document.declarations):
        return
    uncited = [spans for declaration in document.declarations if (spans := list(_numbers_in(declaration)))]
    if not any(_is_covered(declaration) for declaration in document.declarations):
        uncited = [[span for spans in uncited for span in spans]] if uncited else []
    for first, *others in uncited:
        text = problems.source.text[first.start : first.end]
        problems.report("uncited-number", first, number=text, others=len(others) or "")


def _numbers_in(node: Declaration | object) -> Iterator[Span]:
    if isinstance(node, tuple):
        for item in node:
            yield from _numbers_in(item)
    elif isinstance(node, (NumberLiteral, DateLiteral, ClockLiteral)):
        if not _is_exempt(node):
            yield node.span
    elif isinstance(node, Node) and not isinstance(node, (Span, *NO_RULES)) and not _is_covered(node):
        for name in node.__match_args__:
            if name not in ROUNDING:
                yield from _numbers_in(getattr(node, name))


def _is_covered(node: object) -> bool:
    return bool(getattr(node, "assumed", False) or getattr(node, "cites", ()))


def _is_exempt(node: NumberLiteral | DateLiteral | ClockLiteral) -> bool:
    return isinstance(node, NumberLiteral) and (node.assumed or not node.digits.strip("0."))
