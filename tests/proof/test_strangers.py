"""Whether events of another subject change a metric is answered for every `first k per K`, window and form: proved where K keeps subjects apart, else refuted
by events that a run scores as told."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings, strategies

from pingfen.pipeline import compile_source
from pingfen.plan.quantity import Numeric
from pingfen.plan.ruleset import Plan
from pingfen.plan.values import value_text
from pingfen.proof.claims import Prover
from pingfen.proof.events import event_verdicts
from pingfen.proof.refutation import refuting_events
from pingfen.proof.verdict import EventVerdict
from pingfen.ruleset import Ruleset
from pingfen.ruleset.origins import Compiled
from pingfen.source import Source

from ..tries import tries

pytestmark = pytest.mark.slow

ORDERS = """ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id { sector one of u, v }
events orders {
  order_id {key} key
  shop_id  text subject
  paid_at  time happens
  buyer    text
  channel  one of shop, video optional
  amount   money 0.00 .. 99.00
  good     flag
}
"""
RATINGS = """events ratings {
  rating_id {key} key
  order_id  {key} refers to orders
  rated_at  time happens
  buyer     text
  channel   one of shop, video optional
  amount    money 0.00 .. 99.00
  good      flag
}
"""
KEYS = ("text", "count 0 .. 99999", "number 5.0 .. 9999.5")
APART = ("shop_id, buyer", "order_id")
SHARED = ("buyer", "month({time})", "buyer, month({time})", "channel", "good", "buyer, channel")
WINDOWS = (
    "last 30 days", "last 60 days ending 30 days ago", "last 5 rows", "last 20 rows within 90 days", "previous full month", "previous 2 full week",
    "last 2 months", "last 30 days if at least 3 rows, else 60 days", "last 30 days if at least 30 rows, else 60 days if at least 2 rows, else 90 days",
)  # fmt: skip
FORMS = ("share with good of firsts over {window} to 1%{needs}", "mean of amount in firsts over {window} to 0.01{needs}", "count of firsts over {window}")
FORMS += ("minimum of amount in firsts over {window}", "distinct count of buyer in firsts over {window}", "sum of amount in firsts over {window}")
FILTERS = ("", " where channel given and channel is video", " except amount < 10.00 and sector is u")


Picked = TypeVar("Picked")


@strategies.composite
def variants(draw: strategies.DrawFn) -> tuple[str, bool]:
    """A ruleset with one metric over `first k per K`, and whether K keeps subjects apart."""

    def pick(values: Sequence[Picked]) -> Picked:
        return draw(strategies.sampled_from(values))

    apart, through = pick((False, False, True)), pick((False, False, True))
    table, time = ("ratings", "rated_at") if through else ("orders", "paid_at")
    keys = pick(APART[1:] if through else APART) if apart else pick(SHARED)
    back = pick(("", " looking back 7 days", " looking back 31 days"))
    step = f" first {draw(strategies.integers(1, 3))} per {keys.format(time=time)} by {time}{back}"
    filters = pick(FILTERS)
    population = f"population firsts = {table}{filters}{step}\n" if pick((True, False)) else f"population firsts = {table}{step}{filters}\n"
    window = pick(WINDOWS)
    needs = [" needs 2"] if "5 rows" in window else [" needs 2", " needs 12"]
    form = pick(FORMS).format(window=window, needs=pick(["", *needs] if "buyer" in keys else [""]))
    head = (ORDERS + RATINGS * through).replace("{key}", pick(KEYS))
    return f"{head}{population}metric seen = {form}\n{gate(form)}", apart


def gate(form: str) -> str:
    """A gate that reads the metric, in its unit."""
    return f"gate fine closed when seen given and seen > {'50%' if form.startswith('share') else '1'}\n"


@settings(max_examples=tries(40), deadline=None)
@given(variants())
def test_every_statement_about_other_subjects_is_settled(variant: tuple[str, bool]) -> None:
    text, apart = variant
    plan = compiled(text)
    verdict = asked(plan)
    assert verdict.state == ("proved" if apart else "refuted"), text
    if not apart:
        scored_as_told(plan, verdict)


def compiled(text: str) -> Plan:
    compilation = compile_source(Source("shop.pf", text))
    assert compilation.plan is not None, [(found.code, found.arguments) for found in compilation.diagnostics]
    return compilation.plan


def asked(plan: Plan, metric: str = "seen") -> EventVerdict:
    """The statement about other subjects' events."""
    verdicts = event_verdicts(plan, Prover(plan, 1))
    return next(verdict for verdict in verdicts if (verdict.metric, verdict.question) == (metric, "subjects"))


def scored_as_told(plan: Plan, verdict: EventVerdict) -> None:
    """What the JSON holds, given to a run: the metric of the shop before and after the other shop's row."""
    assert verdict.events is not None
    told = refuting_events(plan, verdict.metric, verdict.events, "en")
    table, row = told["event"]["table"], told["event"]["row"]
    shop = next(column.name for column in plan.events.tables[0].columns if column.role == "subject")
    kept = [each for each in told["rows before"][table] if each != told.get("instead of")]
    before, after = (measured(plan, told, {**told["rows before"], table: rows}, verdict.metric) for rows in (told["rows before"][table], [*kept, row]))
    assert [before, after] == told["values"]
    assert before != after
    assert row.get(shop) != told["subject"]


def measured(plan: Plan, told: dict[str, Any], tables: dict[str, list[dict[str, Any]]], metric: str) -> str | None:
    """A subject's metric by a run over these rows, none of which it refuses."""
    ruleset = Ruleset(Compiled("shop.pf", plan, {}))
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: written(Path(folder) / f"{name}.csv", plan, name, rows) for name, rows in tables.items()}
        subjects = written(Path(folder) / "subjects.csv", plan, "", told["subjects"])
        result = ruleset.score(paths, date.fromisoformat(told["as of"]), subjects=subjects)
    assert result.rejects.num_rows == 0
    value = next(row[f"metric.{metric}"] for row in result.table.to_pylist() if row["shop_id"] == told["subject"])
    return None if value is None else shown(plan, metric, value)


def shown(plan: Plan, metric: str, value: Decimal | int) -> str:
    """The value as proofs write it."""
    kind = next(each.type for each in plan.events.metrics if each.name == metric)
    assert isinstance(kind, Numeric)
    return value_text(kind, int(Decimal(value).scaleb(kind.places)), "en")


def written(path: Path, plan: Plan, name: str, rows: list[dict[str, Any]]) -> str:
    """A CSV file of the rows; an empty one has the table's header."""
    columns = [column.name for table in plan.events.tables if table.name == name for column in table.columns]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns or list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


OTHERS = """events returns {{
  return_id text key
  shop_id   text subject
  order_id  text {optional}refers to orders
  back_at   time happens
  dear flag = {dear}
}}
metric seen = {metric}
"""


@pytest.mark.parametrize(
    ("metric", "optional", "dear"),
    [
        ("count of returns over last 30 days", "", "yes"),
        ("share with dear of returns over last 30 days to 1% needs 3", "", "order_id.amount > 50.00"),
        ("share with dear of returns over last 30 days to 1%", "optional ", "order_id.amount given and order_id.amount > 50.00"),
        ("share with any returns of orders over last 30 days ending 14 days ago to 1%", "", "yes"),
    ],
)
def test_rows_of_other_subjects_come_by_references(metric: str, optional: str, dear: str) -> None:
    """A return of one shop may be of another shop's order, and an order may be returned by another shop: both are shown."""
    plan = compiled(ORDERS.replace("{key}", "text") + OTHERS.format(metric=metric, optional=optional, dear=dear) + gate(metric))
    verdict = asked(plan)
    assert verdict.state == "refuted"
    scored_as_told(plan, verdict)


NESTED = """population firsts = orders first 2 per buyer by paid_at
metric inner = share with good of firsts over last 30 days to 1%
metric seen = cases { inner when inner given, else 100% }
gate fine closed when seen > 50%
"""


def test_a_metric_that_only_other_metrics_read_is_watched_too() -> None:
    plan = compiled(ORDERS.replace("{key}", "text") + NESTED)
    assert not any(field.name == "inner" for field in plan.record.fields)
    assert asked(plan, "inner").state == "refuted"


def test_what_stays_open_says_why() -> None:
    """Nothing counts `first 2 per buyer` here, and structure does not see it; a rule that computes with keys keeps events from being made."""
    never = "population firsts = orders where amount > 60.00 and amount < 50.00 first 2 per buyer by paid_at\nmetric seen = count of firsts over last 30 days\n"
    keyed = "population firsts = orders where order_id > 7 first 2 per buyer by paid_at\nmetric seen = count of firsts over last 30 days\n"
    gate = "gate fine closed when seen > 1\n"
    for key, text, reason in (("text", never, "no events that refute it were found"), ("count 0 .. 99", keyed, "a rule computes with a key")):
        verdict = asked(compiled(ORDERS.replace("{key}", key) + text + gate))
        assert verdict.state == "unknown"
        assert verdict.reason is not None
        assert reason in (verdict.reason.en or "")
        assert verdict.reason.zh


def test_a_score_is_proved_for_keys_that_are_numbers() -> None:
    """One more good order over numbered orders, of which the search makes more, is told with numbers."""
    text = """score 0 .. 100
metric volume = count of orders over last 30 days
metric praise = share with good of orders over last 30 days to 1% better higher
total { part kindness = cases { 30 when volume >= 8, 50 when praise missing, else curve praise { 0% -> 40, 100% -> 90 } } }
"""
    plan = compiled(ORDERS.replace("{key}", "count 0 .. 99") + text)
    (verdict,) = (each for each in event_verdicts(plan, Prover(plan, 1)) if (each.metric, each.question) == ("praise", "one more"))
    assert verdict.state == "refuted"
    assert verdict.events is not None
    assert all(isinstance(row["order_id"], int) for row in verdict.events.data.tables["orders"])
