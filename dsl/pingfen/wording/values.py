"""Values as people write them in a ruleset: a time on the ruleset's clock."""

from __future__ import annotations

from ..calendar import instant_of, instant_text, local_of
from ..plan.events import Transitions
from ..plan.quantity import Numeric, Type
from ..plan.values import Value, value_text


def written_value(kind: Type, value: Value, language: str, zone: Transitions) -> str:
    """The value in the words of `language`; a time as the clock of `zone` shows it, and in UTC (which it says) where that clock shows it a second time."""
    if isinstance(kind, Numeric) and kind.unit == "time" and isinstance(value, int):
        local = local_of(value, zone)
        if instant_of(local, zone) == value:
            return instant_text(local)
    return value_text(kind, value, language)
