"""Nodes that several statements share: labels, citations, comments."""

from __future__ import annotations

from ...source import Span
from ..expressions import TextLiteral
from ..node import frozen, span_field


@frozen
class LabelText:
    """One or two texts beside a name, `"商品好评率" "praise rate"`; the one with Han characters is the Chinese one."""

    texts: tuple[TextLiteral, ...] = ()
    span: Span = span_field()


@frozen
class Cite:
    """`cites "D13" "protection of both parts"`: a source and, optionally, what is taken from it."""

    source: TextLiteral
    note: TextLiteral | None = None
    span: Span = span_field()


@frozen
class Comment:
    """`# ...` with its position; `own_line` where nothing but space stands before it."""

    text: str
    own_line: bool
    span: Span = span_field()
