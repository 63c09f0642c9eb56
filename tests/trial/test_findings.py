"""The cases show what `pingfen test` says of a ruleset; `python -m tests.trial.rewrite` writes the answers anew, for review."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingfen.command.guard import run

from ..markdown import Case, cases_in

CASES = cases_in(Path(__file__).parent / "cases")


def said(case: Case, folder: Path, language: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit code and output, with the folder's name left out."""
    path = folder / "shop.pf"
    path.write_text(case.text_of("pf"), "utf-8")
    code = run(["test", str(path), "--coverage", "--lang", language])
    shown = capsys.readouterr().out.replace(f"{folder}/", "")
    return code, "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_what_is_said_is_what_was_reviewed(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, shown = said(case, tmp_path, "en", capsys)
    assert shown == case.text_of("text")
    assert code == int("error[" in shown)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_it_is_said_in_chinese_too(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, english = said(case, tmp_path, "en", capsys)
    _, chinese = said(case, tmp_path, "zh", capsys)
    assert chinese.count("错误[") == english.count("error[")
    assert "error" not in chinese
