"""Markdown files as test suites: a heading is a case and the rule it states, its fences are the files of the case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

FENCE = re.compile(r"^```([^\n`]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#{1,2}) (.+)$", re.MULTILINE)


@frozen
class Fence:
    """One fence: its first word, the words behind it, and its text."""

    kind: str
    words: tuple[str, ...]
    text: str


@frozen
class Case:
    """One case: the rule, the fences under the file's title (they begin every case), and its own."""

    file: str
    rule: str
    fences: tuple[Fence, ...]

    def of_kind(self, kind: str) -> list[Fence]:
        """The fences whose first word is `kind`, in order."""
        return [fence for fence in self.fences if fence.kind == kind]

    def text_of(self, kind: str) -> str:
        """The texts of all fences of a kind, one after the other."""
        return "".join(fence.text for fence in self.of_kind(kind))


def cases_in(folder: Path) -> list[Case]:
    """Every case of every Markdown file below a folder."""
    return [case for path in sorted(folder.rglob("*.md")) for case in _cases_of(path)]


def rows_of(text: str) -> list[list[str]]:
    """The rows of a table written with commas, cells without outer spaces."""
    return [[cell.strip() for cell in line.split(",")] for line in text.splitlines() if line.strip()]


def _cases_of(path: Path) -> Iterator[Case]:
    text = path.read_text(encoding="utf-8")
    headings = [heading for heading in HEADING.finditer(text) if not _inside_fence(text, heading.start())]
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    shared: tuple[Fence, ...] = ()
    for heading, end in zip(headings, ends, strict=True):
        fences = tuple(Fence(info.split()[0], tuple(info.split()[1:]), body) for info, body in FENCE.findall(text[heading.end() : end]))
        if heading[1] == "#":
            shared = fences
        else:
            yield Case(path.stem, heading[2], shared + fences)


def _inside_fence(text: str, offset: int) -> bool:
    return any(fence.start() < offset < fence.end() for fence in FENCE.finditer(text))
