"""What a command is given wrongly ends it with exit code 2 before any work, and is told like any other mistake, in the language of the run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pingfen.command.ending import WRONG_USE
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


MISTAKES = [
    (("chekc", KNOWN), "unknown-command", "did you mean `check`?"),
    (("nothing-near",), "unknown-command", "`pingfen --help` lists the commands"),
    (("--wrong",), "no-such-option", "did you mean `--version`?"),
    (("check", KNOWN, "--fromat", "json"), "no-such-option", "did you mean `--format`?"),
    (("check", KNOWN, "--qqq"), "no-such-option", "`pingfen check --help` lists the options"),
    (("check",), "missing-option", "`pingfen check` needs `PATH...`"),
    (("build", KNOWN), "missing-option", "`pingfen build` needs `--output`"),
    (("score", KNOWN), "missing-option", "`pingfen score` needs `--as-of`"),
    (("check", KNOWN, "--format"), "option-without-value", "`pingfen check --help` tells its values"),
    (("check", KNOWN, "--cache=yes"), "option-with-value", "write `--cache` alone"),
    (("check", KNOWN, "--format", "xml"), "unusable-option", "it takes one of text, json, sarif, github"),
    (("test", KNOWN, "--examples", "0"), "unusable-option", "it takes a number within 1 .. 1000000"),
    (("score", KNOWN, *EVENTS, "--lowest", "none"), "unusable-option", "it takes a number within 1 .."),
    (("sample", KNOWN, "-o", "out", "--seed", "1.5"), "unusable-option", "it takes a whole number"),
    (("schema", KNOWN, "--as-of", "2026-02-30"), "unusable-option", "it takes a date such as 2026-10-01"),
    (("score", KNOWN, "--as-of", "2026-02-30"), "unusable-option", "`--as-of` does not take `2026-02-30`"),
    (("update", "state", "--as-of", "2026-02-01..2026-02-03"), "unusable-option", "it takes one date"),
    (("score", KNOWN, "--as-of", "2026-02-01..2028-02-03"), "unusable-option", "it takes a date and a later one, at most 366 days"),
    (("score", KNOWN, *EVENTS, "--events", "orders"), "unusable-option", "it takes NAME=PATH, each name once"),
    (("page", KNOWN, "--param", "window"), "unusable-option", "it takes NAME=VALUE, each name once"),
    (("verify", "none.parquet", "--subject", "a"), "unusable-option", "it takes a file that is there"),
    (("build", KNOWN, "-o", KNOWN), "unusable-option", "it takes a folder"),
    (("page", KNOWN, "-o", "."), "unusable-option", "it takes a file"),
    (("schema", KNOWN, "more"), "wrong-use", "more arguments than it takes"),
    (("explain", KNOWN), "wrong-use", "give either --metrics, or --events with --as-of and --subject"),
    (("advise", KNOWN, "--metrics", "a.json"), "wrong-use", "give either --to SCORE or --open GATE"),
    (("score", KNOWN, *EVENTS, "--engine", "duckdb", "--dsn", "a", "--explain-plan"), "wrong-use", "--explain-plan is for files"),
    (("score", KNOWN, *EVENTS, "--dsn", "a", "--memory", "1GB"), "wrong-use", "--memory is for files, not for the tables of an engine"),
    (("score", KNOWN, *EVENTS, "--dsn", "a", "--into", "t", "-o", "b"), "wrong-use", "-o and --into exclude each other"),
    (("score", KNOWN, *EVENTS, "--into", "t"), "wrong-use", "--into needs --dsn: a table made in memory is gone when the run ends"),
    (("score", KNOWN, *EVENTS, "-o", "."), "wrong-use", "-o names a folder, and a file in it is wanted"),
    (("score", KNOWN, *EVENTS, "--into", "t", "--reasons", "a.csv"), "wrong-use", "--reasons is for one date"),
    (("score", KNOWN, "--as-of", "2026-02-01..2026-02-03", "--explain-plan"), "wrong-use", "--explain-plan takes one date"),
]


@pytest.mark.parametrize(("command", "code", "told"), MISTAKES, ids=[" ".join(command).replace(KNOWN, "RULESET") for command, _, _ in MISTAKES])
def test_wrong_use_is_told_as_a_diagnostic_in_both_languages(
    command: tuple[str, ...], code: str, told: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert code in WRONG_USE
    assert run(list(command)) == 2
    english = capsys.readouterr()
    assert english.err.startswith(f"error[{code}]: ")
    assert told in english.err
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run(list(command)) == 2
    chinese = capsys.readouterr()
    assert chinese.err.startswith(f"错误[{code}]: ")
    assert not WORDS.search(SAID.sub("", chinese.err))
    assert english.out == chinese.out == ""
    assert not list(folder.iterdir())


SAID = re.compile(r"`.*?`|--?[a-z-]+( [A-Z]+)?|NAME=[A-Z]+|[a-z-]+\[|可取: .*|\[[a-z-]+\]")
WORDS = re.compile(r"[A-Za-z]{3,}")


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--lang", "zh"),
        ("check", "--lang=zh", "--fromat"),
        ("check", "--fromat", "--lang", "zh"),
        ("chekc", "--lang", "zh"),
        ("check", "--lang", "zh", "--format"),
    ],
)
def test_the_language_that_is_asked_for_counts_wherever_it_stands(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(list(command)) == 2
    assert capsys.readouterr().err.startswith("错误[")


def test_a_folder_that_is_not_there_is_told_before_any_work(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No events are there either: what is told first is where the result should go."""
    assert run(["score", KNOWN, *EVENTS, "-o", "nowhere/out.csv", "--lang", "en"]) == 3
    assert "nowhere" in capsys.readouterr().err
    assert not list(folder.iterdir())
