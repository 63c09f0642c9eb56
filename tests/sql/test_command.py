"""`pingfen sql`: what it prints runs on the engine and says what the interpreter says, and what it refuses it refuses by name."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pingfen.command.ending import REFUSED, USAGE, WRONG_USE
from pingfen.command.group import pingfen
from pingfen.sql.dialects import ENGINES, WRITTEN

from .databases import Database, DuckDBDatabase

RULESET = """
ruleset shop.score
version "1"
effective from 2026-01-01
cites "made up"
timezone "America/New_York"
score 0.00 .. 5.00

subject store_id

events orders {
  order_id  text  key
  store_id  text  subject
  paid_at   time  happens
  amount    money 0.00 .. 1000.00
  quality   flag
}

# a comment that ends early */ would break the statement; so would one that begins /* again
population fine "好订单 */ DROP TABLE orders; /* '" "Fine orders" = orders where quality

metric volume  = count of orders over last 30 days
metric spent   = mean of amount in fine over last 30 days to 0.01
metric quality = share with quality of orders over last 30 days to 0.01%

total missing drop {
  part 品质 weight 60% = curve quality { 0% -> 0, 100% -> 5.00 }
  part money weight 40% = ladder spent { >= 100.00 -> 5, >= 10.00 -> 3, none -> none, else -> 1 }
}
gate campaigns open when score >= 4.00 and volume >= 2, closed without a score
"""
MAPPING = """
[events.orders]
table = "raw orders"
[events.orders.columns]
order_id = "Order ID"
store_id = "store"
paid_at = "paid at"
amount = "cents"
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The ruleset and a mapping in a folder."""
    (tmp_path / "shop.pf").write_text(RULESET, "utf-8")
    (tmp_path / "names.toml").write_text(MAPPING, "utf-8")
    return tmp_path


def call(*arguments: str) -> Result:
    """What the command says, in English."""
    return CliRunner().invoke(pingfen, ["sql", *arguments, "--lang", "en"], standalone_mode=False)


def test_the_printed_statement_runs_as_it_stands(written: Path) -> None:
    """The text with its comments and settings, pasted into the engine, gives scorecards with decimals under the names of a result."""
    database = DuckDBDatabase()
    columns = {"Order ID": "VARCHAR", "store": "VARCHAR", "paid at": "TIMESTAMP", "cents": "DECIMAL(12,2)", "quality": "BOOLEAN"}
    rows = [
        ("o1", "s1", "2026-05-20 10:00:00", "150.00", "true"),
        ("o2", "s1", "2026-05-21 10:00:00", "50.01", "true"),
        ("o3", "s2", "2026-05-21 10:00:00", "1.00", "false"),
    ]
    database.make("raw orders", columns, rows)
    options = ["--dialect", "duckdb", "--as-of", "2026-06-01", "--mapping", str(written / "names.toml"), "--types", "orders.paid_at=timestamp"]
    printed = call(str(written / "shop.pf"), *options)
    assert printed.exit_code == 0, printed.output
    names = ["score", "metric.spent", "gate.campaigns", "reasons", "reasons_en", "reasons_zh"]
    found = {}
    for row in database.rows(printed.output):
        shown = dict(zip([item[0] for item in database.connection.description], row, strict=True))
        found[shown["store_id"]] = [shown[name] for name in names]
    assert found == {
        "s1": [Decimal("5.00"), Decimal("100.01"), "open", [], [], []],
        "s2": [
            Decimal("0.00"),
            None,
            "closed",
            ["money:missing", "campaigns:closed"],
            ["money: missing, weight given to the others", "campaigns: closed"],
            ["money: 缺, 权重分给其余各项", "campaigns: 关闭"],
        ],
    }


def test_comments_tell_the_rule_and_its_line(written: Path) -> None:
    """The rule's own words stand beside its column; what would end or open a comment is taken apart."""
    printed = call(str(written / "shop.pf"), "--dialect", "postgres", "--as-of", "2026-06-01").output
    assert "line 23: metric spent = mean of amount in fine over last 30 days to 0.01" in printed
    assert "* / DROP TABLE orders; / * " in printed
    assert "\n-- sha256:" in printed
    assert "SET standard_conforming_strings = on;" in printed


@pytest.mark.parametrize("dialect", sorted({**ENGINES, **WRITTEN}))
def test_every_dialect_is_written_without_what_goes_wrong_there(written: Path, dialect: str) -> None:
    """No default spelling that is known to be wrong: no float, no rounding function, no session's zone."""
    printed = call(str(written / "shop.pf"), "--dialect", dialect, "--as-of", "2026-06-01", "--types", "orders.paid_at=local").output
    text = "\n".join(line for line in printed.splitlines() if not line.startswith("--"))
    for wrong in ("ROUND(", "round(", "TRUNCATE(", "FLOAT", "DOUBLE", "AVG(", "avg(", "AT TIME ZONE", "UTC_TIMESTAMP", "CONVERT_TZ"):
        assert wrong not in text, wrong
    division = {"duckdb": " // ", "postgres": " / ", "clickhouse": "intDiv(", "trino": " / ", "bigquery": "DIV(", "snowflake": "AS BIGINT)"}
    assert division.get(dialect, " DIV ") in text
    assert ("FILTER" in text) == (dialect in ("duckdb", "spark", "postgres"))


@pytest.mark.parametrize("dialect", sorted({**ENGINES, **WRITTEN}))
def test_validation_is_written_for_every_dialect(written: Path, dialect: str) -> None:
    """One query for each table."""
    printed = call(str(written / "shop.pf"), "--dialect", dialect, "--as-of", "2026-06-01", "--types", "orders.paid_at=local", "--validate").output
    assert "\n-- orders\n" in printed
    assert "duplicate-key" in printed
    assert "cell-out-of-range" in printed


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--types", "orders.paid_at=interval"], "unknown-column-type"),
        (["--types", "orders.paid_at=text"], "mismatched-column"),
        (["--types", "orders.paid=text"], "unknown-mapped-column"),
        (["--tables", "order=orders"], "unknown-events"),
        (["--as-of", "1900-01-01"], "date-outside-years"),
        (["--dialect", "hive"], "not-sayable"),
        (["--dialect", "trino", "--types", "orders.amount=double"], "not-sayable"),
    ],
)
def test_what_cannot_be_written_is_refused(written: Path, arguments: list[str], code: str) -> None:
    """Exit code 3 (2 for what the command was given wrongly), the diagnostic, and not a line of SQL."""
    refused = call(str(written / "shop.pf"), "--dialect", "postgres", "--as-of", "2026-06-01", *arguments)
    assert refused.return_value == (USAGE if code in WRONG_USE else REFUSED)
    assert f"error[{code}]" in refused.output
    assert "SELECT" not in refused.output


@pytest.mark.slow
@pytest.mark.parametrize("name", ["postgres", "clickhouse"])
def test_hostile_names_stay_names(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Names with quotes, backslashes and more than 63 bytes, and tables called like the statement's own steps, are read and written as they are."""
    engine: Database = request.getfixturevalue(f"{name}_database")
    long = "品" * 25
    longer = f"metric {long}一 = count of fine over last 30 days\nmetric {long}二 = count of orders over last 60 days\nmetric volume "
    text = RULESET.replace("metric volume ", longer) + f"display first = {long}一\ndisplay second = {long}二\n"
    (tmp_path / "shop.pf").write_text(text, "utf-8")
    kinds = {"postgres": ("text", "timestamp", "numeric(12,2)", "boolean"), "clickhouse": ("String", "DateTime64(6, 'UTC')", "Decimal(12,2)", "Bool")}[name]
    columns = {"order_id": kinds[0], "store_id": kinds[0], "paid_at": kinds[1], "amount": kinds[2], "quality": kinds[3]}
    engine.make("orders_known", columns, [("o1", "s 1", "2026-05-20 10:00:00", "150.00", "true"), ("o2", "s 1", "2026-05-21 10:00:00", "50.01", "false")])
    options = ["--dialect", name, "--as-of", "2026-06-01", "--tables", "orders=orders_known", "--types", "orders.paid_at=local"]
    printed = call(str(tmp_path / "shop.pf"), *options)
    assert printed.exit_code == 0, printed.output
    assert ("warning[renamed-columns]" in printed.stderr) == (name == "postgres")
    *settings, statement = printed.stdout.rstrip().rstrip(";").split(";\n")
    for line in settings:
        engine.run(line)
    row = engine.rows(statement)[0]
    assert row[0] == "s 1"
    assert Decimal(str(row[1])) == Decimal("3.50")
