"""The texts a ruleset compares a column with, so that a sample holds them too; and the other texts of a column."""

from __future__ import annotations

from collections.abc import Iterator

from ..node import nodes_in
from ..plan.events import Keep
from ..plan.expressions import AllOf, ColumnRead, Compare, Constant, Expression
from ..plan.quantity import Truth
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


def wanted_flags(plan: Plan) -> frozenset[str]:
    """The flags that a population keeps rows by (`where valid`): most rows have them, where any other flag marks what is rare."""
    kept = [step.condition for population in plan.events.populations for step in population.steps if isinstance(step, Keep)]
    return frozenset(name for condition in kept for name in _kept_by(condition))


def _kept_by(condition: Expression) -> Iterator[str]:
    match condition:
        case ColumnRead(name=name, type=Truth()):
            yield name
        case AllOf(conditions=conditions):
            for each in conditions:
                yield from _kept_by(each)
