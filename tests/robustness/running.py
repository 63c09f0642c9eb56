"""Runs the command line on bad inputs and says in one line what it gives."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from attrs import frozen

from pingfen.command.ending import CRASHED
from pingfen.command.guard import run

from .data import GOOD, BadData
from .texts import BadText

CODE = re.compile(r"^(error|warning)\[([a-z0-9-]+)\]: (.*)$", re.MULTILINE)


@frozen
class Outcome:
    """What a command gave: exit code, the first message of each code, the last line, everything written, and the files left behind."""

    exit_code: int
    messages: dict[str, str]
    message: str
    written: str
    files: tuple[str, ...]


def outcome_of_text(bad: BadText, folder: Path) -> Outcome:
    """`pingfen check` on the bad text."""
    (folder / "ruleset.pf").write_bytes(bad.content)
    return _run(("check", "ruleset.pf", "--no-cache"), folder)


def outcome_of_data(bad: BadData, folder: Path) -> Outcome:
    """The good files with what differs, then the command."""
    files = {name: content for name, content in (GOOD | bad.files).items() if content is not None}
    _write(folder, files)
    for command in bad.before:
        before = _run(command, folder)
        assert before.exit_code == 0, before.written
    if bad.change is not None:
        built = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        bad.change(built)
        _write(folder, built)
    return _run(bad.command, folder)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _run(command: tuple[str, ...], folder: Path) -> Outcome:
    written = io.StringIO()
    with _inside(folder), redirect_stdout(written), redirect_stderr(written):
        code = run([*command, "--lang", "en"])
    text = written.getvalue()
    assert "Traceback" not in text, text
    assert code != CRASHED, text
    messages: dict[str, str] = {}
    for _, found, message in CODE.findall(text):
        messages.setdefault(found, message)
    last = next((line for line in reversed(text.splitlines()) if line.strip()), "")
    return Outcome(code, messages, last, text, tuple(sorted(path.name for path in folder.iterdir())))


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
