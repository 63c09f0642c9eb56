"""`frozen`: what makes a class of the syntax tree. A span takes no part in equality and is not shown."""

from __future__ import annotations

from typing import Any

from ..node import field, frozen
from ..source import NOWHERE

__all__ = ["frozen", "span_field"]


def span_field() -> Any:
    """A field for a node's span."""
    return field(default=NOWHERE, eq=False, repr=False)
