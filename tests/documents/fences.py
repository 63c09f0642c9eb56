"""Reads the fences of a Markdown file and acts them out in a folder, in order.

A fence whose info string has a second word is a file of that name (```pf shop.pf). A `console` fence is a session: lines that start with `$ ` are run,
the lines below are what they print; a line `...` stands for any lines, a last line `[exit 1]` for an exit code that is not 0. A `python` fence is run.
Other fences are left alone.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```\s*$", re.MULTILINE | re.DOTALL)


@frozen
class Fence:
    """One fence: its language, its file name or "", its text and its line in the document."""

    language: str
    name: str
    body: str
    line: int


def read_fences(text: str) -> Iterator[Fence]:
    """The fences of a document, in order."""
    for found in FENCE.finditer(text):
        words = found["info"].split()
        yield Fence(words[0] if words else "", words[1] if len(words) > 1 else "", found["body"], text.count("\n", 0, found.start()) + 1)


def act_out(document: Path, folder: Path) -> int:
    """Save, run and compare every fence; the number of commands and programs that ran."""
    ran = 0
    for fence in read_fences(document.read_text(encoding="utf-8")):
        place = f"{document.name}:{fence.line}"
        if fence.name:
            (folder / fence.name).parent.mkdir(parents=True, exist_ok=True)
            (folder / fence.name).write_text(fence.body, encoding="utf-8")
        elif fence.language == "console":
            ran += _run_session(fence.body, folder, place)
        elif fence.language == "python":
            _run_python(fence.body, folder, place)
            ran += 1
    return ran


def _environment() -> dict[str, str]:
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "COLUMNS": "120", "NO_COLOR": "1"}


def _run_session(body: str, folder: Path, place: str) -> int:
    commands = re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]
    for each in commands:
        command, _, expected = each.partition("\n")
        done = subprocess.run(command, shell=True, cwd=folder, env=_environment(), capture_output=True, text=True, check=False, timeout=120)
        printed = done.stdout + done.stderr + (f"[exit {done.returncode}]\n" if done.returncode else "")
        assert _matches(expected, printed), f"{place}: `{command}` printed\n{printed}\ninstead of\n{expected}"
    return len(commands)


def _matches(expected: str, printed: str) -> bool:
    """Equal line by line, without trailing spaces; a line `...` stands for any lines."""
    patterns = [r"(?:(?!\[exit ).*\n)*?" if line.strip() == "..." else re.escape(line.rstrip()) + r"[ \t]*\n" for line in expected.strip("\n").split("\n")]
    wanted = "".join(patterns) if expected.strip() else ""
    return re.fullmatch(wanted + r"\s*", "".join(f"{line.rstrip()}\n" for line in printed.strip("\n").split("\n")) if printed.strip() else "") is not None


def _run_python(body: str, folder: Path, place: str) -> None:
    done = subprocess.run([sys.executable, "-c", body], cwd=folder, env=_environment(), capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, f"{place}: {shlex.quote(body[:60])} failed\n{done.stderr}"
