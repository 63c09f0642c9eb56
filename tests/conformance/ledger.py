"""What a run has found so far, a line a seed, so that an interrupted run goes on where it stopped."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from attrs import asdict, define, frozen

ROOT = Path(__file__).parents[2]
SOURCES = ("dsl/pingfen/**/*.py", "grammar/*.lark", "tests/strategies/*.py", "tests/conformance/*.py")


@frozen
class Entry:
    """One seed on one engine: the ruleset's digest and lines, its pairs, what happened in them and the constructs reached (census).

    `failure` is empty where every answer is the interpreter's.
    """

    seed: int
    ruleset: str
    lines: int
    pairs: int
    acting: int
    subjects: int
    without_score: int
    seconds: float
    reached: str
    failure: str = ""


@define
class Ledger:
    """The entries of one engine, in a file."""

    path: Path
    edition: str
    entries: dict[int, Entry]

    def add(self, entry: Entry) -> None:
        """Remember an entry, also beyond this process."""
        self.entries[entry.seed] = entry
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(entry)) + "\n")


def open_ledger(folder: Path, engine: str) -> Ledger:
    """The entries of this edition of the sources; those of others count for nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    path, now = folder / f"{engine}.jsonl", edition()
    head, lines = json.dumps({"edition": now}), _lines(path)
    rest = lines[1:] if lines[:1] == [head] else []
    _write_whole(path, "".join(f"{line}\n" for line in (head, *rest)))
    found = [Entry(**json.loads(line)) for line in rest]
    return Ledger(path, now, {entry.seed: entry for entry in found})


@cache
def edition() -> str:
    """The digest of everything that an answer depends on, as it was when this process first asked."""
    digest = sha256()
    for path in _sources():
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _write_whole(path: Path, text: str) -> None:
    other = path.with_suffix(".new")
    other.write_text(text, "utf-8")
    other.replace(path)


def _sources() -> Iterable[Path]:
    return sorted(path for pattern in SOURCES for path in ROOT.glob(pattern))


def _lines(path: Path) -> list[str]:
    """Whole lines; the last one of a killed run may be torn."""
    if not path.exists():
        return []
    text = path.read_text("utf-8")
    return text[: text.rfind("\n") + 1].splitlines()
