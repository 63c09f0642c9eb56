"""Every diagnostic has a page with a wrong and a right example; the wrong one gives the diagnostic, the right one gives none."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import frozen

from pingfen.diagnostics.catalogue import CATALOGUE
from pingfen.inspection.cache import Cache
from pingfen.inspection.folders import find_rulesets
from pingfen.inspection.run import inspect
from tests.diagnostics.index import INDEX, index_text

FOLDER = Path(__file__).parents[2] / "docs" / "diagnostics"
PAGES = {path.stem: path for path in sorted(FOLDER.glob("*.md")) if path != INDEX}
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN_CODE = re.compile(r"^(?:error|warning)\[([a-z0-9-]+)\]", re.MULTILINE)


@frozen
class Example:
    """The files of a section, and the commands to run on them (none: `pingfen check` on all)."""

    files: tuple[tuple[str, str], ...]
    commands: tuple[str, ...]

    def codes(self, folder: Path) -> set[str]:
        """The codes that the example gives."""
        for name, text in self.files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        if not self.commands:
            return {diagnostic.code for diagnostic in inspect(find_rulesets(folder), Cache(None, "")).diagnostics}
        return set(SHOWN_CODE.findall("".join(run(command, folder) for command in self.commands)))


def run(command: str, folder: Path) -> str:
    """What a shell command says."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": str(folder / ".cache")}
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1, 2, 3), done.stderr
    return done.stdout + done.stderr


def section(page: str, title: str) -> Example:
    """The example under a heading."""
    body = page.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]
    fences = FENCE.findall(body)
    commands = [line.removeprefix("$ ") for kind, _, text in fences if kind == "console" for line in text.splitlines() if line.startswith("$ ")]
    return Example(tuple((name, text) for kind, name, text in fences if kind != "console"), tuple(commands))


def related(page: str) -> set[str]:
    """The codes that the page says are reported with its own."""
    line = re.search(r"^Reported with it: (.*)$", page, re.MULTILINE)
    return set(re.findall(r"\[([a-z0-9-]+)\]", line[1])) if line else set()


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert sorted(PAGES) == sorted(CATALOGUE)


def test_the_index_lists_every_code_as_the_catalogue_has_it() -> None:
    assert set(re.findall(r"\]\(([a-z0-9-]+)\.md\)", index_text())) == set(CATALOGUE)
    assert INDEX.read_text("utf-8") == index_text(), "python -m tests.diagnostics.index writes it anew"


@pytest.mark.parametrize("code", PAGES)
def test_a_page_explains_its_code_in_english_and_chinese(code: str) -> None:
    page = PAGES[code].read_text("utf-8")
    explanation = page.split("\n## Wrong\n", 1)[0]
    assert explanation.startswith(f"# {code}\n")
    assert re.search(r"[a-z]{3,} [a-z]{2,}", explanation)
    assert re.search(r"[\u4e00-\u9fff]{3,}", explanation)


def by_cost() -> list[object]:
    """The codes; pages that run commands start processes and count as slow, those that name a server by $DSN share it."""
    return [pytest.param(code, marks=_marks(path.read_text("utf-8"))) for code, path in PAGES.items()]


def _marks(page: str) -> list[pytest.MarkDecorator]:
    return [*([pytest.mark.slow] if "```console" in page else []), *([pytest.mark.xdist_group("postgres")] if "$DSN" in page else [])]


@pytest.fixture(autouse=True)
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's server at $DSN, for pages that name it."""
    code = getattr(request.node, "callspec", None) and request.node.callspec.params.get("code")
    if code in PAGES and request.node.get_closest_marker("slow") and "$DSN" in PAGES[code].read_text("utf-8"):
        monkeypatch.setenv("DSN", request.getfixturevalue("postgres").dsn())


@pytest.mark.parametrize("code", by_cost())
def test_the_wrong_example_gives_the_diagnostic_and_only_related_ones(code: str, tmp_path: Path) -> None:
    page = PAGES[code].read_text("utf-8")
    codes = section(page, "Wrong").codes(tmp_path)
    assert code in codes
    assert codes <= {code} | related(page)


@pytest.mark.parametrize("code", by_cost())
def test_the_right_example_gives_none(code: str, tmp_path: Path) -> None:
    assert section(PAGES[code].read_text("utf-8"), "Right").codes(tmp_path) == set()
