"""`pingfen format`: the standard layout, in place or only checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from pingfen.command.guard import run

FORMATTED = 'ruleset example.shop  # a comment\nversion "1"\neffective from 2026-01-01\n'
LOOSE = 'ruleset   example.shop   # a comment\nversion "1"\neffective   from 2026-01-01\n'


@pytest.fixture
def loose(tmp_path: Path) -> Path:
    path = tmp_path / "a.pf"
    path.write_text(LOOSE, "utf-8")
    return path


def test_a_file_is_written_in_the_standard_layout_and_comments_stay(loose: Path) -> None:
    assert run(["format", str(loose)]) == 0
    assert loose.read_text("utf-8") == FORMATTED


def test_check_changes_nothing_and_finds_what_is_not_formatted(loose: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["format", "--check", str(loose)]) == 1
    assert "error[not-formatted]" in capsys.readouterr().err
    assert loose.read_text("utf-8") == LOOSE


def test_check_is_fine_with_a_formatted_file_and_does_not_touch_it(loose: Path) -> None:
    run(["format", str(loose)])
    before = loose.stat().st_mtime_ns
    assert run(["format", "--check", str(loose)]) == 0
    assert run(["format", str(loose)]) == 0
    assert loose.stat().st_mtime_ns == before


def test_keywords_go_to_chinese_and_back(loose: Path) -> None:
    run(["format", "--keywords", "zh", str(loose)])
    assert loose.read_text("utf-8").startswith("规则集 example.shop  # a comment\n版本")
    run(["format", "--keywords", "en", str(loose)])
    assert loose.read_text("utf-8") == FORMATTED


def test_line_breaks_of_other_systems_and_a_byte_order_mark_go(loose: Path) -> None:
    loose.write_bytes(b"\xef\xbb\xbf" + FORMATTED.replace("\n", "\r\n").encode())
    assert run(["format", "--check", str(loose)]) == 1
    run(["format", str(loose)])
    assert loose.read_bytes() == FORMATTED.encode()


def test_a_file_with_mistakes_is_left_alone_and_the_others_are_formatted(loose: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = loose.with_name("b.pf")
    wrong.write_text("ruleset   (", "utf-8")
    assert run(["format", str(loose.parent)]) == 1
    assert wrong.read_text("utf-8") == "ruleset   ("
    assert loose.read_text("utf-8") == FORMATTED
    assert "b.pf:1:" in capsys.readouterr().err


def test_an_artifact_is_no_text_to_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text("{}", "utf-8")
    assert run(["format", str(tmp_path / "a.json")]) == 2
    assert "error[not-a-ruleset-text]" in capsys.readouterr().err


def test_a_path_that_does_not_exist_is_a_usage_error() -> None:
    assert run(["format", "nowhere.pf"]) == 2
