"""Puts the checked pieces of a ruleset into one plan."""

from __future__ import annotations

from collections.abc import Iterable

from ..checking.checker import Checked
from ..checking.marks import SourceMap
from ..node import nodes_in
from ..plan.events import EventPlan, Population
from ..plan.expressions import AnyRow
from ..plan.label import Label
from ..plan.record import RecordPlan
from ..plan.ruleset import Plan


def lower(checked: Checked) -> tuple[Plan, SourceMap]:
    """The plan of a sound ruleset, and where its nodes stand in the text."""
    assert checked.version is not None
    assert_whole(checked)
    plan = Plan(
        checked.version, _record(checked), _events(checked), tuple(checked.examples), checked.claims, checked.citations, checked.assumptions,
    )  # fmt: skip
    return plan, checked.marks


def assert_whole(checked: Checked) -> None:
    """What was checked without a mistake is all there; a piece that vanished silently would change the meaning."""
    symbols = checked.known.symbols
    total = ["total"] if symbols.total is not None or symbols.header.score is not None else []
    total += ["score"] if symbols.header.score is not None else []
    assert {number.path for number in checked.numbers} == {*symbols.parts, *symbols.displays, *total}
    assert {metric.name for metric in checked.metrics} == symbols.metrics().keys()
    assert checked.populations.keys() == symbols.populations.keys()
    assert checked.tables.keys() == symbols.tables.keys()
    assert checked.outcomes.keys() == symbols.outcomes.keys()
    assert len(checked.stages) == len(symbols.stages)
    assert len(checked.linked) == sum(len(block.closings) for block in symbols.linked)
    assert len(checked.hidden) == len(symbols.hidden)
    assert len(checked.examples) == len(symbols.examples)
    assert len(checked.claims) >= bool(symbols.claims)


def _record(checked: Checked) -> RecordPlan:
    assert checked.subject is not None
    names = [name for name in checked.known.symbols.outcomes if name in checked.outcomes]
    outcomes = tuple(checked.outcomes[name] for name in _in_order(names, checked))
    across = sorted(checked.across, key=lambda value: checked.known.layers.get(f"field {value.name}", 0))
    return RecordPlan(
        checked.subject, checked.known.scale, checked.fields, tuple(across), checked.stages, tuple(checked.numbers), outcomes, tuple(checked.linked),
        tuple(checked.hidden),
    )  # fmt: skip


def _in_order(names: Iterable[str], checked: Checked) -> list[str]:
    """Outcomes as written, but for those that another one reads, which stand before it."""
    order = [key.removeprefix("outcome ") for key in checked.known.bound.order if key.startswith("outcome ")]
    wanted = set(names)
    return [name for name in order if name in wanted]


def _events(checked: Checked) -> EventPlan:
    """Everything that reads events; a table that `any` names becomes a population of all its rows."""
    known = checked.known
    tables = tuple(checked.tables[name] for name in known.symbols.tables)
    order = [key.removeprefix("source ") for key in known.bound.order if key.startswith("source ")]
    populations = tuple(checked.populations[name] for name in order if name in checked.populations)
    metrics = tuple(checked.metrics)
    asked = {name for node in nodes_in((tables, populations, metrics), without="type") if isinstance(node, AnyRow) for name in node.populations}
    whole = tuple(Population(table.name, Label(), table.name, table.name, ()) for table in tables if table.name in asked)
    return EventPlan(known.zone, known.first_year, known.last_year, tables, (*whole, *populations), metrics)
