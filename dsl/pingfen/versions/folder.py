"""A ruleset's files, one for each dated version, and the one that is in effect on a date."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from ..calendar import date_text
from ..diagnostics.diagnostic import Diagnostic, Problems
from ..reading import SUFFIX, read_source
from ..source import Source
from ..syntax.parser import parse
from .conflicts import find_conflicts
from .facts import VersionFacts, VersionFile, facts_of


@frozen
class Versions:
    """The versions of one ruleset in order of their dates, and what is wrong with them as a whole (nothing, where they may be used)."""

    name: str
    files: tuple[VersionFile, ...]
    diagnostics: tuple[Diagnostic, ...]

    def pick(self, day: int) -> Source | Diagnostic:
        """The version in effect on a day (days since 1970-01-01), or a diagnostic that says which days are covered."""
        for file in self.files:
            if file.facts.first <= day and (file.facts.last is None or day <= file.facts.last):
                return file.source
        spans = ", ".join(_days(file.facts) for file in self.files)
        return Diagnostic("no-version-on-date", arguments={"ruleset": self.name, "date": date_text(day), "spans": spans})


def load_versions(path: Path) -> Versions:
    """Read the headers of a file, or of all rulesets in a folder (not in folders below it)."""
    paths = find_texts(path)
    if not paths:
        return Versions(str(path), (), (Diagnostic("no-rulesets", arguments={"path": str(path)}),))
    read = [_read(text) for text in paths]
    files = [file for file in read if isinstance(file, VersionFile)]
    return arrange(files, tuple(problem for file in read if not isinstance(file, VersionFile) for problem in file))


def find_texts(path: Path) -> list[Path]:
    """The file itself, or the rulesets that stand in a folder, by name."""
    return sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]


def arrange(files: Sequence[VersionFile], found: tuple[Diagnostic, ...] = ()) -> Versions:
    """The files in order of their dates, with their conflicts; where a file cannot be read, only that is told."""
    ordered = tuple(sorted(files, key=lambda file: (file.facts.first, file.source.name)))
    name = ordered[0].facts.ruleset if ordered else ""
    return Versions(name, ordered, found or tuple(find_conflicts(ordered)))


def _read(path: Path) -> VersionFile | list[Diagnostic]:
    source = read_source(path)
    if isinstance(source, Diagnostic):
        return [source]
    problems = Problems(source)
    facts = facts_of(parse(source, problems))
    if facts is not None and not problems.found:
        return VersionFile(source, facts)
    return problems.found or [Diagnostic("incomplete-header", arguments={"path": source.name}, source=source)]


def _days(facts: VersionFacts) -> str:
    return f"{date_text(facts.first)} .. {'…' if facts.last is None else date_text(facts.last)}"
