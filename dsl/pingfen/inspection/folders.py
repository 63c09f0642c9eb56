"""Folders of versions among the files that are checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from ..diagnostics.diagnostic import Diagnostic
from ..reading import SUFFIX
from ..versions.conflicts import find_conflicts
from ..versions.facts import VersionFile


def find_rulesets(path: Path) -> list[Path]:
    """The file itself, or all rulesets in a folder and in folders below it, by path; folders whose name starts with a dot are left out."""
    if not path.is_dir():
        return [path]
    found = (text for text in path.rglob(f"*{SUFFIX}") if not text.is_dir())
    return sorted(text for text in found if not any(part.startswith(".") for part in text.relative_to(path).parts))


def find_folder_conflicts(files: Iterable[tuple[Path, VersionFile | None]]) -> list[Diagnostic]:
    """The conflicts of every folder that is a folder of versions: two of its files, or more, name one ruleset.

    A folder in which a file has no complete header is left out: what is missing may stand there.
    """
    found: list[Diagnostic] = []
    by_folder = sorted(files, key=lambda pair: (str(pair[0].parent), str(pair[0])))
    for _, group in groupby(by_folder, key=lambda pair: pair[0].parent):
        known = [file for _, file in group]
        versions = [file for file in known if file]
        if len(versions) == len(known) and _is_folder_of_versions(versions):
            found += find_conflicts(versions)
    return found


def _is_folder_of_versions(files: Sequence[VersionFile]) -> bool:
    return any(count > 1 for count in Counter(file.facts.ruleset for file in files).values())
