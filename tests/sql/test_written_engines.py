"""The engines for which SQL is only written: nothing is said besides it, and what cannot be said names the column or the rule in the reader's language."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from pathlib import Path

import pytest

from pingfen import Ruleset, load
from pingfen.command.guard import run
from pingfen.sql.dialects import ENGINES, WRITTEN

RULESETS = [max(folder.glob("*.pf")) for folder in sorted((Path(__file__).parents[2] / "rulesets").iterdir()) if any(folder.glob("*.pf"))]
SHOP = """
ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
subject shop_id {
  owner text optional
}
events orders {
  order_id  text    key
  shop_id   text    subject
  paid_at   time    happens
  stars     number  1 .. 5 optional
}
metric volume = count of orders over last 30 days
metric rated = sum of stars in orders over last 30 days skip missing
peer busier = rank rate of volume by owner at least 2 subjects to 0.01%
gate campaigns open when (rated given and rated >= 3) or (busier given and busier >= 50.00%)
linked by owner {
  close campaigns for all when any has volume >= 100
}
"""


def besides(path: Path, as_of: date, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> list[str]:
    """What is said besides statements, but for the diagnostics of what cannot be said: the translator's warnings, and words on the error stream."""
    said = []
    with caplog.at_level(logging.DEBUG, "sqlglot"):
        for dialect in (*ENGINES, *WRITTEN):
            run(["sql", str(path), "--dialect", dialect, "--as-of", str(as_of), "--lang", "en"])
            found = capsys.readouterr().err
            said += [] if found.startswith(f"error[not-sayable]: {dialect} cannot say `") else [line for line in found.splitlines() if line]
    return [*said, *(record.getMessage() for record in caplog.records)]


def test_no_dialect_says_anything_besides_a_statement(tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "shop.pf").write_text(SHOP, "utf-8")
    assert besides(tmp_path / "shop.pf", date(2026, 6, 1), capsys, caplog) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.parent.name)
def test_no_dialect_says_anything_besides_the_rulesets(path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    """The latest version of each, on its first day."""
    ruleset = load(path)
    assert isinstance(ruleset, Ruleset)
    as_of = max(date(1970, 1, 1) + timedelta(days=ruleset.plan.version.first_day), date(ruleset.plan.events.first_year, 1, 1))
    assert [line for line in besides(path, as_of, capsys, caplog) if "renamed-columns" not in line and "hint: read them by" not in line] == []


@pytest.mark.parametrize(
    ("dialect", "types", "told"),
    [
        ("hive", (), "错误[not-sayable]: hive 无法忠实表达 `orders.paid_at`: 作为时间点的时间 (本地时间的列类型为 `local`)"),
        ("starrocks", ("orders.paid_at=local",), "错误[not-sayable]: starrocks 无法忠实表达 `linked by owner`: 按关联主体关闭"),
        ("mysql", ("orders.stars=double",), "错误[not-sayable]: mysql 无法忠实表达 `orders.stars`: 二进制浮点数的列"),
        ("bigquery", ("orders.stars=decimal(20, 12)",), ""),
    ],
)
def test_what_cannot_be_said_is_told_with_its_place_in_chinese(
    dialect: str, types: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shop.pf").write_text(SHOP, "utf-8")
    options = [word for each in types for word in ("--types", each)]
    run(["sql", str(tmp_path / "shop.pf"), "--dialect", dialect, "--as-of", "2026-06-01", "--lang", "zh", *options])
    assert capsys.readouterr().err.split("\n")[0] == told
