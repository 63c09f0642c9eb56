"""Tests for users: Hypothesis strategies of a ruleset's inputs, and the pytest plugin that runs the examples and claims of `.pf` files.

    from hypothesis import given
    from pingfen.testing import metric_values

    @given(metric_values(ruleset))
    def test_my_service_shows_what_the_ruleset_says(metrics): ...

Names are imported when they are used: pytest loads the plugin at every start, also where nobody has a ruleset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .events import EventTables, event_tables
    from .metrics import metric_values

__all__ = ["EventTables", "event_tables", "metric_values"]

_PLACES = {"EventTables": "events", "event_tables": "events", "metric_values": "metrics"}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module `{__name__}` has no `{name}`")
    from importlib import import_module

    return getattr(import_module(f".{_PLACES[name]}", __name__), name)
