"""Readable names and comments for a statement: subqueries and columns made on the way are called after the rules that they belong to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from sqlglot import exp

from ..plan.ruleset import Plan
from .scoring import Scoring

Commenting = Callable[[str], str]
LONGEST = 63  # bytes: PostgreSQL cuts identifiers there; the others take more
_CODES = re.compile(r"(?:raw_.+_\d+|clean_.+|k\d+_\d+|w\d+_\d+|sums_\d+|card_\d+|united|subjects|inputs)")


def name_readably(tree: exp.Select, plan: Plan, scoring: Scoring, taken: Iterable[str], commenting: Commenting | None) -> None:
    """Rename what the statement makes; `commenting` gives the comment of what a column is of, "" for none."""
