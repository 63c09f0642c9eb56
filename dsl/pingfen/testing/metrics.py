"""Metric values of a ruleset, for Hypothesis: every field within its declared range, on its limits and one unit beside them more often than elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies

from ..plan.quantity import Type
from ..ruleset import Ruleset
from ..scorecard.values import giver_of
from ..trial.drawing import FREE_TEXT, choices_of
from ..trial.limits import Limits, limits_of
from .values import any_value


def metric_values(ruleset: Ruleset, fixed: Mapping[str, Any] | None = None) -> strategies.SearchStrategy[dict[str, Any]]:
    """Records that `ruleset.evaluate` takes: Decimal, int, str, bool, date or None by field. `fixed` fields have the values given.

    Limits are what the ruleset compares a field with: the rows of ladders and ranges, the points of curves, the conditions of gates and protections.
    """
    record = ruleset.plan.record
    limits = limits_of(record)
    kinds: dict[str, Type] = {field.name: field.type for field in record.fields}
    drawn = {name: _field(name, kind, limits) for name, kind in kinds.items()}
    given = {name: strategies.just(value) for name, value in (fixed or {}).items()}
    return strategies.fixed_dictionaries({**drawn, **given})


@strategies.composite
def _field(draw: strategies.DrawFn, name: str, kind: Type, limits: Limits) -> Any:
    if kind.optional and draw(strategies.integers(0, 7)) == 0:
        return None
    near = strategies.sampled_from(choices_of(kind, limits.values[name], limits.shares.get(name, ())))
    return giver_of(kind)(draw(near | any_value(kind, FREE_TEXT)))
