"""The validation query of each table finds, on the real engines, every kind of bad row, and nothing in clean tables."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlglot import exp

from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.source import Source
from pingfen.sql.dialects import dialect_of
from pingfen.sql.held import Held, held_of
from pingfen.sql.typed import SourceColumn, SourceTable
from pingfen.sql.validation import build_validation

from .databases import Cells, Database
from .typed_tables import TYPES

RULESET = """
ruleset bad.rows
version "1"
effective from 2026-01-01
cites "made up"
timezone "America/New_York"
years 2026 .. 2026
score 0 .. 100
at most 40 rows

subject store_id {
  opened  date
  level   one of gold, silver dated
}

events orders {
  order_id  text  key
  store_id  text  subject
  paid_at   time  happens
  seen_at   time
  seen_on   date
  amount    money 0.00 .. 1000.00
  weight    number 0.0 .. 99.9
  stars     number 1 .. 5
  channel   one of web, app
  quality   flag
  at most 3 rows a subject
}

events returns {
  return_id  text  key
  order_id   text  refers to orders
  given_at   time  happens
}

input checked count 0 .. 9

population fine = orders where stars >= 2 and channel is web and quality
population early = orders where seen_on <= 2026-03-01

metric volume   = count of orders over last 30 days
metric spent    = sum of amount in orders over last 30 days to 0.01
metric weighed  = sum of weight in fine over last 30 days to 0.1
metric seen     = count of early over last 30 days by seen_at
metric returned = share with any returns of orders over last 30 days to 0.01%

total sum {
  part a = cases { 50 when level is gold and opened <= 2026-01-01, else 0 }
  part b = cases { 50 when checked > 3 and volume > 1 and spent > 1.00 and weighed > 1.0 and seen > 0 and returned given and returned < 1%, else 0 }
}
"""
FAMILIES = {
    "subjects": {"store_id": "text", "opened": "date", "level": "text", "valid_from": "date"},
    "orders": {
        "order_id": "text",
        "store_id": "text",
        "paid_at": "local",
        "seen_at": "instant",
        "seen_on": "date",
        "amount": "decimal",
        "weight": "double",
        "stars": "whole",
        "channel": "text",
        "quality": "whole",
    },
    "returns": {"return_id": "text", "order_id": "text", "given_at": "instant"},
    "inputs": {"store_id": "text", "checked": "whole"},
}

SUBJECT = ("s1", "2026-01-01", "gold", "2026-01-05")
ORDER = ("o1", "s1", "2026-02-01 10:00:00", "2026-02-01 09:00:00+00", "2026-02-01", "12.50", "1.5", "5", "web", "1")
RETURN = ("r1", "o1", "2026-02-03 10:00:00+00")
INPUT = ("s1", "5")
CLEAN: dict[str, list[Cells]] = {"subjects": [SUBJECT], "orders": [ORDER], "returns": [RETURN], "inputs": [INPUT]}

# table, a row that is bad or the second of two, and what is found: column, reason, rows, value, key
BAD: list[tuple[str, Cells, tuple[str, str, int]]] = [
    ("orders", (None, *ORDER[1:]), ("order_id", "missing-cell", 1)),
    ("orders", ("o2", None, *ORDER[2:]), ("store_id", "missing-cell", 1)),
    ("orders", ("o2", "s1", None, *ORDER[3:]), ("paid_at", "missing-cell", 1)),
    ("orders", ("o2", "s1", ORDER[2], "2025-12-31 10:00:00+00", *ORDER[4:]), ("seen_at", "cell-out-of-range", 1)),
    ("orders", ("o2", "s1", "2027-01-01 00:00:00", *ORDER[3:]), ("paid_at", "cell-out-of-range", 1)),
    ("orders", ("o2", "s1", "2026-03-08 02:30:00", *ORDER[3:]), ("paid_at", "skipped-local-time", 1)),
    ("orders", (*ORDER[:1], *ORDER[1:]), ("order_id", "duplicate-key", 2)),
    ("orders", ("o2", "s9", *ORDER[2:]), ("store_id", "unknown-subject", 1)),
    ("orders", ("o2", "s1", ORDER[2], "2026-02-01 15:00:01+00", *ORDER[4:]), ("seen_at", "later-than-row", 1)),
    ("orders", ("o2", "s1", *ORDER[2:4], "2026-02-02", *ORDER[5:]), ("seen_on", "later-than-row", 1)),
    ("orders", ("o2", "s1", *ORDER[2:4], "2025-12-31", *ORDER[5:]), ("seen_on", "cell-out-of-range", 1)),
    ("orders", ("o2", "s1", *ORDER[2:5], "12.505", *ORDER[6:]), ("amount", "too-many-places-in-data", 1)),
    ("orders", ("o2", "s1", *ORDER[2:5], "1000.01", *ORDER[6:]), ("amount", "cell-out-of-range", 1)),
    ("orders", ("o2", "s1", *ORDER[2:5], "-0.01", *ORDER[6:]), ("amount", "cell-out-of-range", 1)),
    ("orders", ("o2", "s1", *ORDER[2:5], "99999999999999999999.99", *ORDER[6:]), ("amount", "cell-out-of-range", 1)),
    ("orders", ("o2", "s1", *ORDER[2:6], "NaN", *ORDER[7:]), ("weight", "cell-out-of-range", 1)),
    ("orders", ("o2", "s1", *ORDER[2:6], "Infinity", *ORDER[7:]), ("weight", "cell-out-of-range", 1)),
    ("orders", ("o2", "s1", *ORDER[2:6], "1e300", *ORDER[7:]), ("weight", "cell-out-of-range", 1)),
    ("orders", ("o2", "s1", *ORDER[2:6], "99.96", *ORDER[7:]), ("weight", "cell-out-of-range", 1)),
    ("orders", ("o2", "s1", *ORDER[2:7], "6", *ORDER[8:]), ("stars", "cell-out-of-range", 1)),
    ("orders", ("o2", "s1", *ORDER[2:7], None, *ORDER[8:]), ("stars", "missing-cell", 1)),
    ("orders", ("o2", "s1", *ORDER[2:8], "Web", "1"), ("channel", "unknown-choice-in-data", 1)),
    ("orders", ("o2", "s1", *ORDER[2:9], "2"), ("quality", "unreadable-cell", 1)),
    ("returns", ("r2", "o9", RETURN[2]), ("order_id", "absent-reference", 1)),
    ("subjects", SUBJECT, ("store_id", "repeated-subject", 2)),
    ("subjects", ("s1", "2026-01-02", "gold", "2026-01-06"), ("store_id", "differing-attribute", 2)),
    ("inputs", INPUT, ("store_id", "repeated-subject", 2)),
    ("inputs", ("s9", "5"), ("store_id", "unknown-subject", 1)),
    ("inputs", ("s1", "10"), ("checked", "cell-out-of-range", 1)),
    ("inputs", ("s1", None), ("checked", "missing-cell", 1)),
]


WIDE = """ruleset example.wide
version "1"
effective from 2026-01-01
cites "made up"
timezone "America/New_York"
subject store_id
events orders { order_id text key
  store_id text subject
  paid_at time happens
  size number 0 .. 9000000000
}
metric sold = sum of size in orders over last 30 days
gate shown open when sold >= 1
"""


def plan_of_ruleset() -> Plan:
    """The plan of the ruleset above."""
    plan = compile_source(Source("bad.pf", RULESET)).plan
    assert plan is not None
    return plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan, compiled once."""
    return plan_of_ruleset()


def sources_of(database: Database) -> dict[str, SourceTable]:
    """The tables as the engine holds them."""
    sources = {}
    for label, families in FAMILIES.items():
        columns = {name: SourceColumn(name, _held(database, family)) for name, family in families.items()}
        sources[label] = SourceTable(exp.Table(this=exp.to_identifier(f"given_{label}", quoted=True)), columns)
    return sources


def _held(database: Database, family: str) -> Held:
    held = held_of(database.name, "local" if family == "local" else TYPES[database.name][family].format(3))
    assert held is not None
    return held


def make(database: Database, label: str, rows: list[Cells]) -> None:
    """A table on the engine."""
    database.make(f"given_{label}", {name: TYPES[database.name][family].format(3) for name, family in FAMILIES[label].items()}, rows)


def queries_of(database: Database, plan: Plan) -> dict[str, str]:
    """The validation query of each table, after the settings that it needs."""
    spell = dialect_of(database.name)
    for line in spell.settings:
        database.run(line)
    return {label: spell.generate(select) for label, select in build_validation(plan, spell, sources_of(database)).items()}


def found_by(database: Database, query: str) -> list[tuple[str, str, int]]:
    """What the validation of a table finds: column, reason, how many rows."""
    return sorted({(str(column), str(reason), int(rows)) for column, reason, rows, _, _, _ in database.rows(query)})


def test_every_kind_of_bad_row_is_found(database: Database, plan: Plan) -> None:
    """Each bad row is found for its reason and no other, with how many rows share it; clean tables give nothing."""
    for label, rows in CLEAN.items():
        make(database, label, rows)
    queries = queries_of(database, plan)
    for label in CLEAN:
        assert found_by(database, queries[label]) == [], label
    for label, row, expected in BAD if database.name != "spark" else []:
        rows = [row] if label == "inputs" and row[0] == "s1" and row != INPUT else [*CLEAN[label], row]
        make(database, label, rows)
        assert found_by(database, queries[label]) == [expected], row
        make(database, label, CLEAN[label])


def test_all_kinds_of_bad_rows_are_told_apart(database: Database, plan: Plan) -> None:
    """Bad rows of every kind in one table: each column and reason has its own count."""
    for label, rows in CLEAN.items():
        make(database, label, rows)
    bad = [
        ((f"b{index}", *row[1:]), expected)
        for index, (label, row, expected) in enumerate(BAD)
        if label == "orders" and expected[1] != "duplicate-key" and row[0]
    ]
    make(database, "orders", [ORDER, *(row for row, _ in bad)])
    counts = Counter((column, reason) for _, (column, reason, _) in bad)
    mine = 1 + sum(row[1] == "s1" for row, _ in bad)
    expected = sorted([*((*kind, count) for kind, count in counts.items()), ("store_id", "too-many-rows-of-a-subject", mine)])
    assert found_by(database, queries_of(database, plan)["orders"]) == expected


def test_many_bad_rows_are_counted_and_the_first_three_keys_told(database: Database, plan: Plan) -> None:
    """Of five rows with one mistake and two with another, all are counted beside the rows of the table, and the first three keys of each stand with their
    values."""
    for label, rows in CLEAN.items():
        make(database, label, rows)
    stars: list[Cells] = [(f"o{index}", f"s{index % 3 + 1}", *ORDER[2:7], "6", *ORDER[8:]) for index in (25, 3, 4, 21, 9)]
    flags: list[Cells] = [(key, "s1", *ORDER[2:9], "7") for key in ("Ö", "Z")]
    make(database, "orders", [ORDER, *stars, *flags])
    make(database, "subjects", [(f"s{index}", *SUBJECT[1:]) for index in (1, 2, 3)])
    found = database.rows(queries_of(database, plan)["orders"])
    assert [tuple(row) for row in found] == [
        ("quality", "unreadable-cell", 2, 8, "7", "Z"),
        ("quality", "unreadable-cell", 2, 8, "7", "Ö"),
        ("stars", "cell-out-of-range", 5, 8, "6", "o21"),
        ("stars", "cell-out-of-range", 5, 8, "6", "o25"),
        ("stars", "cell-out-of-range", 5, 8, "6", "o3"),
        ("store_id", "too-many-rows-of-a-subject", 6, 8, "3", "s1"),
    ]


def test_subjects_without_a_required_input_are_found(database: Database, plan: Plan) -> None:
    """Given subjects without a row of inputs are bad."""
    for label, rows in CLEAN.items():
        make(database, label, rows)
    make(database, "subjects", [SUBJECT, ("s2", *SUBJECT[1:])])
    assert found_by(database, queries_of(database, plan)["inputs"]) == [("store_id", "missing-inputs", 1)]


def test_a_table_with_more_rows_than_declared_is_found(database: Database, plan: Plan) -> None:
    """Of 40 rows that a table may have in all, 41 stand there: told once, whatever else is wrong."""
    for label, rows in CLEAN.items():
        make(database, label, rows)
    make(database, "returns", [(f"r{index}", *RETURN[1:]) for index in range(40)])
    assert found_by(database, queries_of(database, plan)["returns"]) == []
    make(database, "returns", [(f"r{index}", "o9" if index < 2 else "o1", RETURN[2]) for index in range(41)])
    found = database.rows(queries_of(database, plan)["returns"])
    assert [tuple(row) for row in found] == [
        ("", "too-many-rows", 41, 41, "40", ""),
        ("order_id", "absent-reference", 2, 41, "o9", "r0"),
        ("order_id", "absent-reference", 2, 41, "o9", "r1"),
    ]


def test_narrow_decimals_are_compared_with_limits_that_their_type_has_no_digits_for(database: Database) -> None:
    """Nine billion in a column of five digits: 7 is within, and nothing overflows."""
    plan = compile_source(Source("wide.pf", WIDE)).plan
    assert plan is not None
    kind = {"duckdb": "DECIMAL(5, 0)", "spark": "DECIMAL(5, 0)", "postgres": "numeric(5, 0)", "clickhouse": "Decimal(5, 0)"}[database.name]
    rows = [["o1", "s1", "2026-05-30 18:30:00+00:00", "7"], ["o2", "s1", "2026-05-30 18:30:00+00:00", "-7"]]
    types = TYPES[database.name]
    kinds = {"order_id": types["text"], "store_id": types["text"], "paid_at": types["instant"], "size": kind}
    database.make("given_orders", kinds, rows)
    columns = {name: SourceColumn(name, held) for name, each in kinds.items() if (held := held_of(database.name, each)) is not None}
    spell = dialect_of(database.name)
    for line in spell.settings:
        database.run(line)
    query = build_validation(plan, spell, {"orders": SourceTable(exp.Table(this=exp.to_identifier("given_orders", quoted=True)), columns)})["orders"]
    assert found_by(database, spell.generate(query)) == [("size", "cell-out-of-range", 1)]
