"""What a command is given wrongly ends it with exit code 2 before any work, and is told like any other mistake, in the language of the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingfen.command.guard import run

KNOWN = str(Path(__file__).parents[2] / "rulesets" / "wechat-promoter" / "2025-03-31.pf")
EVENTS = ("--events", "orders=orders.csv", "--as-of", "2026-06-01")
COMMANDS = {
    "check": (),
    "format": (),
    "test": (),
    "prove": (),
    "build": ("-o", "built"),
    "score": EVENTS,
    "score of a range": ("--events", "orders=orders.csv", "--as-of", "2026-06-01..2026-06-02"),
    "score on an engine": ("--engine", "spark", *EVENTS),
    "update state": EVENTS,
    "sql": ("--dialect", "spark", "--as-of", "2026-06-01"),
    "explain": ("--metrics", "record.json"),
    "advise": ("--metrics", "record.json", "--to", "4"),
    "diff": (KNOWN,),
    "sources": (),
    "schema": (),
    "page": (),
    "sample": ("-o", "sampled"),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return tmp_path


@pytest.mark.parametrize("path", ["none.pf", "none.json", "none", "", f"{KNOWN}/below"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_ruleset_that_is_not_there_is_wrong_use_of_every_command(command: str, path: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, *before = command.split(" of ")[0].split(" on ")[0].split()
    arguments = [*before, "--ruleset", path] if before else [path]
    assert run([name, *arguments, *COMMANDS[command]]) == 2
    assert capsys.readouterr().err.startswith(f"error[cannot-read]: `{path}` cannot be read: no")
    assert not list(folder.iterdir())


def test_the_other_version_of_a_comparison_is_looked_for_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", KNOWN, "none.pf", "--lang", "zh"]) == 2
    assert capsys.readouterr().err == "错误[cannot-read]: 无法读取 `none.pf`: 没有这个文件或文件夹\n\n"


def test_a_ruleset_in_a_folder_that_cannot_be_read_is_a_finding_of_the_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "a.pf").symlink_to("nowhere.pf")
    assert run(["check", "rules"]) == 1
    assert run(["schema", "rules"]) == 1
    assert capsys.readouterr().err.count("error[cannot-read]") == 1


def test_data_that_cannot_be_read_is_no_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", KNOWN, "--mapping", "none.toml", *EVENTS]) == 3
    assert "error[cannot-read]: `none.toml`" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        ("score", KNOWN, *EVENTS, "-o", "out.docx"),
        ("score", KNOWN, *EVENTS, "--reasons", "out.docx"),
        ("score", KNOWN, *EVENTS, "--rejects", "out.docx"),
        ("score", KNOWN, "--events", "orders=orders.csv", "--as-of", "2026-06-01..2026-06-02", "-o", "out.docx"),
        ("score", KNOWN, "--dsn", "shop.duckdb", *EVENTS, "--reasons", "out.docx"),
        ("update", "state", "--ruleset", KNOWN, *EVENTS, "-o", "out.docx"),
        ("explain", KNOWN, *EVENTS, "--subject", "a", "--rejects", "out.docx"),
    ],
    ids=lambda command: " ".join(command[:1] + command[-2:]),
)
def test_a_file_that_no_table_is_written_to_is_refused_before_any_work(command: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No events are there: any work would end with refused data."""
    assert run([*command, "--lang", "en"]) == 2
    assert "error[unknown-result-form]" in capsys.readouterr().err
    assert not list(folder.iterdir())
