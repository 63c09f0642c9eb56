"""The texts a ruleset compares a column with, so that a sample holds them too; and the other texts of a column."""

from __future__ import annotations

from ..node import nodes_in
from ..plan.expressions import ColumnRead, Compare, Constant
from ..plan.ruleset import Plan


def compared_texts(plan: Plan) -> dict[str, list[str]]:
    """Column name to the texts it is compared with anywhere in the first half of the plan, in order of appearance."""
    found: dict[str, list[str]] = {}
    for node in nodes_in(plan.events):
        match node:
            case Compare(left=ColumnRead(name=name), right=Constant(value=str(text))) | Compare(left=Constant(value=str(text)), right=ColumnRead(name=name)):
                known = found.setdefault(name, [])
                if text not in known:
                    known.append(text)
    return found
