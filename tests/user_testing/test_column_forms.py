"""Whatever columns a ruleset declares, the tables drawn for it pass its border: every type, with every word that says when a cell may be missing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies

import pingfen
from pingfen.pipeline import compile_source
from pingfen.ruleset import Ruleset
from pingfen.ruleset.origins import Compiled
from pingfen.source import Source
from pingfen.testing import event_tables

DAY = date(2026, 6, 1)
HEAD = """
ruleset tried.columns
version "1"
effective from 2026-01-01
cites "nobody"
timezone "Asia/Shanghai"
subject shop_id
score 0 .. 100
"""
TAIL = """
metric seen = count of seconds over last 30 days
total { part a within 0 .. 100 = seen }
"""
TYPES = (
    "number 0.0 .. 9.5", "count 0 .. 9", "share 0% .. 100%", "score 0.00 .. 5.00", "points 0 .. 100", "money 0.00 .. 99.99", "duration 0 hours .. 90 hours",
    "date", "time", "text", "one of first, second", "flag",
)  # fmt: skip
KEYS = ("text", "count 1 .. 9", "number 3 .. 7", "number 0.00 .. 9.00", "one of first, second, third", "flag", "date")
REFERENCES = ("text", "count 0 .. 4", "number 0.0 .. 5.5", "one of first, second", "flag", "date")
NAMES = ("asked_at", "told_at")


@strategies.composite
def ruleset_texts(draw: strategies.DrawFn) -> str:
    """Two event tables, the second of which refers to the first, with columns of all forms."""
    firsts = [f"  first_id {draw(strategies.sampled_from(KEYS))} key", "  shop_id text subject", *_columns(draw)]
    reference = f"  first_id {draw(strategies.sampled_from(REFERENCES))}{_words(draw)} refers to firsts"
    seconds = [f"  second_id {draw(strategies.sampled_from(KEYS))} key", reference, *_columns(draw)]
    limit = draw(strategies.sampled_from(("", "  at most 2 rows a subject\n")))
    tables = (f"events {name} {{\n{rows}\n{limit}}}\n" for name, rows in (("firsts", "\n".join(firsts)), ("seconds", "\n".join(seconds))))
    return HEAD + "".join(tables) + TAIL


def _columns(draw: strategies.DrawFn) -> list[str]:
    """When the row happens, two other times, and columns of any type."""
    times = ["  made_at time happens", *(f"  {name} time{_available(draw, 'time')}" for name in NAMES)]
    kinds = draw(strategies.lists(strategies.sampled_from(TYPES), min_size=1, max_size=4))
    return [*times, *(f"  c{number} {kind}{_available(draw, kind)}{_words(draw, 'as extracted')}" for number, kind in enumerate(kinds))]


def _available(draw: strategies.DrawFn, kind: str) -> str:
    return draw(strategies.sampled_from(("", " optional", *([" ahead"] if kind in ("date", "time") else []))))


def _words(draw: strategies.DrawFn, other: str = "optional") -> str:
    return draw(strategies.sampled_from(("", f" {other}", *(f" at {name}" for name in NAMES))))


@settings(max_examples=25, deadline=None, phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck))
@given(strategies.data())
def test_score_refuses_no_drawn_table_of_any_columns(data: strategies.DataObject) -> None:
    compilation = compile_source(Source("tried.pf", data.draw(ruleset_texts())))
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    ruleset = Ruleset(Compiled("tried.pf", compilation.plan, {}))
    for _ in range(2):
        tables = data.draw(event_tables(ruleset, DAY))
        assert ruleset.score(tables.events, tables.as_of, subjects=tables.subjects, inputs=tables.inputs).rejects.num_rows == 0


STATUS = """
events firsts { first_id text key
  shop_id text subject
  made_at time happens }
events seconds {
  second_id text key
  shop_id text subject
  made_at time happens
  %s
  decided_at time optional
}
"""


@pytest.mark.parametrize(
    ("column", "may_be_none"),
    [
        ("appeal one of unasked, upheld at decided_at", False),
        ("appeal one of unasked, upheld optional at decided_at", True),
        ("seen_at time at decided_at", False),
    ],
)
def test_a_value_with_a_time_is_drawn_unless_it_is_optional_itself(column: str, may_be_none: bool) -> None:
    """A status that reads absent before its time stands in the data all the same."""
    ruleset = pingfen.compile(HEAD + STATUS % column + TAIL)
    name, seen = column.split()[0], set()

    @settings(max_examples=40, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(event_tables(ruleset, DAY))
    def look(tables: pingfen.testing.EventTables) -> None:
        seen.update(value is None for value in tables.events["seconds"][name].to_pylist())

    look()
    assert seen == ({True, False} if may_be_none else {False})
