"""Options of files are refused on engines, as a mistake of usage that says which."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingfen.command.guard import run

from ..engines.shop import TEXT


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--rejects", "bad.csv"], "--rejects is for files"),
        (["--memory", "1GB"], "--memory is for files"),
        (["--unique-keys"], "--unique-keys is for files"),
        (["--explain-plan"], "--explain-plan is for files"),
        (["--into", "scores", "-o", "scores"], "-o and --into exclude each other"),
        (["--into", "scores"], "--into needs --dsn: a table made in memory is gone when the run ends"),
        (["--engine", "duckdb", "--into", "scores"], "--into needs --dsn: a table made in memory is gone when the run ends"),
        (["--engine", "oracle"], "`--engine` does not take `oracle`"),
    ],
)
def test_an_option_that_engines_do_not_take_is_a_mistake_of_usage(options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "shop.pf").write_text(TEXT)
    code = run(["score", str(tmp_path / "shop.pf"), "--engine", "clickhouse", "--events", "orders=orders", "--as-of", "2026-06-01", *options])
    assert code == 2
    assert said in capsys.readouterr().err


def test_a_range_of_dates_is_for_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "shop.pf").write_text(TEXT)
    code = run(["score", str(tmp_path / "shop.pf"), "--engine", "clickhouse", "--events", "orders=orders", "--as-of", "2026-06-01..2026-06-02"])
    assert code == 2
    assert "a range of dates is for files" in capsys.readouterr().err
