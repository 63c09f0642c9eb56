"""Reports what an analysis found, with the text of the place and values as people write them."""

from __future__ import annotations

from bisect import bisect_left, insort
from itertools import islice, takewhile
from typing import Protocol

from ..diagnostics.diagnostic import Problems
from ..node import Factory, define
from ..plan.expressions import Arithmetic, Constant, Expression
from ..plan.quantity import Numeric, Type
from ..plan.values import value_text
from ..source import Span
from .possible import Choices, Numbers, Possible

LONGEST_TEXT = 60


class Places(Protocol):
    """Knows where nodes of the plan were written."""

    def span_of(self, node: object, /) -> Span | None:
        """The place of a node, by identity."""


@define
class Findings:
    """Where findings go: the problems of one source, and the map from plan nodes to places in it."""

    source_map: Places
    problems: Problems
    _told: list[tuple[int, int]] = Factory(list)
    _seen: int = 0

    def span_of(self, node: object) -> Span | None:
        """Where a node was written, or None for one that lowering made up."""
        span = self.source_map.span_of(node)
        return None if span is None or span.start == span.end else span

    def report(self, code: str, node: object, **arguments: str) -> None:
        """Report at the node's place; what has no place was not written by anybody, and an inner finding stands for the outer ones."""
        span = self.span_of(node)
        if span is not None and not self.is_told(span):
            self.problems.report(code, span, labels=(), fix=None, **arguments)

    def is_told(self, span: Span) -> bool:
        """Whether something inside the span was found already; places nest, so few of those that begin in the span end behind it."""
        for found in self.problems.found[self._seen :]:
            insort(self._told, (found.span.start, found.span.end))
        self._seen = len(self.problems.found)
        inside = takewhile(lambda ends: ends[0] < span.end, islice(self._told, bisect_left(self._told, (span.start, 0)), None))
        return any(0 < end <= span.end for _, end in inside)

    def text_of(self, node: object) -> str:
        """The node as written, in one line."""
        span = self.span_of(node)
        text = " ".join(self.problems.source.text[span.start : span.end].split()) if span else ""
        return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


def range_text(value: Possible, kind: Type) -> str:
    """`3.00 .. 5.00`, or the words that are possible."""
    match value:
        case Numbers(given=True, low=low, high=high) if isinstance(kind, Numeric):
            ends = [value_text(kind, low), value_text(kind, high)]
            return ends[0] if low == high else " .. ".join(ends)
        case Choices(options=frozenset() as options):
            return ", ".join(sorted(options))
        case _:
            return ""


def peel(expression: Expression) -> Expression:
    """The expression without the multiplication by a power of ten that aligns scales."""
    match expression:
        case Arithmetic(operator="*", left=inner, right=Constant(value=int() as factor, type=Numeric(places=places))) if places and factor == 10**places:
            return inner
        case _:
            return expression
