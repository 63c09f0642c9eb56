"""The command line as a shell sees it: exit codes, streams, and no tracebacks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pingfen.command import guard
from pingfen.command.ending import CommandError
from pingfen.command.group import COMMANDS, LazyGroup, pingfen
from pingfen.command.options import language_option
from pingfen.diagnostics import Diagnostic

SHOP = """ruleset example.shop
version "1"
effective from 2000-01-01
cites "nobody"
timezone "Asia/Shanghai"
subject store_id
events orders { order_id text key
  store_id text subject
  paid_at time happens
}
metric volume = count of orders over last 30 days
gate campaigns open when volume >= 1
"""


def run(*arguments: str, command: click.Command | None = None, monkeypatch: pytest.MonkeyPatch | None = None) -> int:
    if command is not None and monkeypatch is not None:
        known = LazyGroup.get_command
        monkeypatch.setattr(LazyGroup, "get_command", lambda self, ctx, name: command if name == "check" else known(self, ctx, name))
    return guard.run(list(arguments))


def test_help_lists_every_command_without_importing_any(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in COMMANDS)


def test_an_unknown_command_is_a_usage_error_that_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("chekc") == 2
    assert "did you mean `check`?" in capsys.readouterr().err


def test_an_unknown_option_is_a_usage_error() -> None:
    assert run("--wrong") == 2


def test_a_bug_gives_a_message_and_no_traceback(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command
    def fails() -> None:
        raise KeyError("inner")

    assert run("check", command=fails, monkeypatch=monkeypatch) == 70
    shown = capsys.readouterr().err
    assert "please report it" in shown
    assert "Traceback" not in shown


def test_an_interrupted_command_ends_as_shells_expect(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert run("check", command=interrupted, monkeypatch=monkeypatch) == 130


@pytest.mark.parametrize(("arguments", "told"), [(["--lang", "en"], "interrupted\n"), (["--lang", "zh"], "已中断\n"), (["--lang=zh"], "已中断\n")])
def test_an_interruption_is_told_in_the_language_of_the_run(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.command
    @language_option
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert run("check", *arguments, command=interrupted, monkeypatch=monkeypatch) == 130
    assert capsys.readouterr().err == told


def test_what_ends_a_command_is_shown_in_its_language(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command
    @language_option
    def refuses() -> None:
        raise CommandError([Diagnostic("cannot-read", arguments={"path": "a", "reason": "no"})], 3)

    assert run("check", "--lang", "zh", command=refuses, monkeypatch=monkeypatch) == 3
    assert "错误[cannot-read]: 无法读取 `a`: no" in capsys.readouterr().err


def test_a_file_that_cannot_be_used_is_a_diagnostic(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    @click.command
    def opens() -> None:
        (tmp_path / "none").read_text()

    assert run("check", command=opens, monkeypatch=monkeypatch) == 3
    assert "error[cannot-use-file]" in capsys.readouterr().err


def test_the_exit_code_is_what_the_command_returns(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command
    def finds() -> int:
        return 1

    assert run("check", command=finds, monkeypatch=monkeypatch) == 1


def test_a_reader_that_goes_away_gives_no_message() -> None:
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", "import pingfen.command; pingfen.command.main(['--help'])"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(30) == 141


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_changes_nothing_else(closed: str) -> None:
    command = f'exec "{sys.executable}" -c "import pingfen.command; pingfen.command.main([\'--version\'])" {closed}'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_group_is_named_after_the_package() -> None:
    assert pingfen.name == "pingfen"


def test_pandas_is_not_imported_for_files(tmp_path: Path) -> None:
    """A pandas that cannot be imported, as a broken one of the user's, stands in no command's way."""
    (tmp_path / "pandas.py").write_text("raise RuntimeError('pandas was imported')\n")
    (tmp_path / "orders.csv").write_text("order_id,store_id,paid_at\no1,s1,2026-05-30 18:30\n")
    (tmp_path / "shop.pf").write_text(SHOP)
    command = [sys.executable, "-m", "pingfen", "score", "shop.pf", "--events", "orders=orders.csv", "--as-of", "2026-06-01", "-o", "result.csv"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert '"s1"' in (tmp_path / "result.csv").read_text()
