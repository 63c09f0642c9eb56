"""Builds the nodes of the syntax tree: for each rule of the grammar a function of its place and its children."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from . import clauses, examples, expressions, headers, metrics, outcomes, points, tables

BUILDERS: Final[dict[str, Callable[..., Any]]] = {
    **clauses.BUILDERS,
    **expressions.BUILDERS,
    **headers.BUILDERS,
    **tables.BUILDERS,
    **metrics.BUILDERS,
    **points.BUILDERS,
    **outcomes.BUILDERS,
    **examples.BUILDERS,
}
