"""`pingfen check`: what is found in files and folders, in four formats, and what is remembered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pingfen.command.guard import run
from pingfen.inspection import run as inspecting

CLEAN = """ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
subject shop_id
score 0 .. 100
input speed points 0 .. 100
total { part delivery = speed }
"""
WRONG = CLEAN + "gate campaigns open when sped >= 60\n"


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return folder


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / f"{name}.pf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_a_clean_file_is_fine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(write(tmp_path, a=CLEAN) / "a.pf")]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "1 file checked, no findings\n"


def test_a_finding_is_told_with_its_place_and_exits_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, a=WRONG) / "a.pf"
    assert run(["check", str(path)]) == 1
    shown = capsys.readouterr()
    assert "error[unknown-name]: nothing is called `sped`" in shown.out
    assert f"--> {path}:9:26" in shown.out
    assert "did you mean `speed`?" in shown.out
    assert shown.err == "1 file checked, 1 finding\n"


def test_messages_are_in_the_language_asked_for_or_the_locales(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a=WRONG)
    assert run(["check", "--lang", "zh", str(tmp_path)]) == 1
    asked = capsys.readouterr()
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run(["check", str(tmp_path)]) == 1
    assert capsys.readouterr() == asked
    assert "错误[unknown-name]" in asked.out
    assert asked.err == "已检查 1 个文件, 1 处问题\n"


def test_folders_are_searched_in_depth_and_hidden_ones_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "deep" / "er", a=CLEAN)
    write(tmp_path / ".hidden", b=WRONG)
    assert run(["check", str(tmp_path)]) == 0
    assert capsys.readouterr().err == "1 file checked, no findings\n"


def test_a_file_named_twice_is_checked_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, a=CLEAN)
    assert run(["check", str(tmp_path), str(tmp_path / "a.pf")]) == 0
    assert capsys.readouterr().err == "1 file checked, no findings\n"


def test_files_that_name_one_ruleset_are_its_versions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, a=CLEAN, b=CLEAN.replace('"1"', '"2"'))
    assert run(["check", str(tmp_path)]) == 1
    assert "error[overlapping-versions]" in capsys.readouterr().out


def test_a_folder_of_different_rulesets_is_no_folder_of_versions(tmp_path: Path) -> None:
    write(tmp_path, a=CLEAN, b=CLEAN.replace("example.shop", "example.other"))
    assert run(["check", str(tmp_path)]) == 0


def test_json_is_one_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, a=CLEAN, b=WRONG.replace("example.shop", "example.other"))
    assert run(["check", "--format", "json", str(tmp_path)]) == 1
    shown = capsys.readouterr()
    assert [found["code"] for found in json.loads(shown.out)["diagnostics"]] == ["unknown-name"]
    assert shown.err == ""


def test_sarif_and_github_name_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, a=WRONG)
    assert run(["check", "--format", "sarif", str(tmp_path)]) == 1
    assert json.loads(capsys.readouterr().out)["runs"][0]["results"][0]["ruleId"] == "unknown-name"
    assert run(["check", "--format", "github", str(tmp_path)]) == 1
    assert capsys.readouterr().out.startswith(f"::error file={tmp_path}/a.pf,line=9,")


def test_clean_rulesets_are_an_empty_json_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--format", "json", str(write(tmp_path, a=CLEAN))]) == 0
    assert json.loads(capsys.readouterr().out)["diagnostics"] == []


def test_a_folder_without_rulesets_and_an_artifact_are_usage_errors(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}", "utf-8")
    assert run(["check", str(tmp_path)]) == 2
    assert run(["check", str(tmp_path / "a.json")]) == 2


def test_what_did_not_change_is_not_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, a=WRONG)
    run(["check", str(tmp_path)])
    first = capsys.readouterr()
    monkeypatch.setattr(inspecting, "find", lambda source: pytest.fail(f"{source.name} was compiled again"))
    assert run(["check", str(tmp_path)]) == 1
    assert capsys.readouterr() == first
    write(tmp_path, a=CLEAN)
    with pytest.raises(pytest.fail.Exception):
        run(["check", str(tmp_path)])


def test_a_spoilt_memory_changes_nothing(tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, a=WRONG)
    run(["check", str(tmp_path)])
    first = capsys.readouterr()
    for entry in cache.rglob("*.json"):
        entry.write_bytes(b"{}")
    assert run(["check", str(tmp_path)]) == 1
    assert capsys.readouterr() == first


def test_nothing_is_remembered_where_that_is_asked(tmp_path: Path, cache: Path) -> None:
    run(["check", "--no-cache", str(write(tmp_path, a=CLEAN))])
    assert list(cache.rglob("*.json")) == []


def test_many_files_give_the_same_as_one_by_one(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        write(tmp_path, **{f"f{number}": WRONG.replace("example.shop", f"example.shop{number}")})
    run(["check", "--no-cache", str(tmp_path)])
    alone = capsys.readouterr()
    monkeypatch.setattr(inspecting, "FEW_CHARACTERS", 10)
    assert run(["check", "--no-cache", str(tmp_path)]) == 1
    assert capsys.readouterr() == alone
    assert alone.out.count("unknown-name") == 6


@pytest.mark.slow
def test_a_check_imports_click_and_of_its_own_what_a_clean_text_needs(tmp_path: Path) -> None:
    """What else is imported would double the time of a short command: libraries, renderings, the catalogue of messages, the builder of the parser's tables."""
    script = "import sys; from pingfen.command.guard import run; run(sys.argv[1:]); print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", script, "check", str(write(tmp_path, a=CLEAN))], capture_output=True, text=True, check=True)
    imported = set(done.stdout.split())
    assert {"click", "pingfen.pipeline", "pingfen.analysis"} <= imported
    libraries = {"attrs", "attr", "lark", "rich", "duckdb", "pyarrow", "sqlglot", "z3", "importlib.metadata", "dataclasses"}
    front = {"diagnostics.catalogue", "diagnostics.rendering.text", "syntax.generator", "syntax.mistakes", "artifact", "reference", "sql", "warehouse"}
    assert not imported & (libraries | {f"pingfen.{name}" for name in front})
