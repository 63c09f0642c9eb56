"""Folders of versions among the files that are checked."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from ..diagnostics.diagnostic import Diagnostic
from ..reading import SUFFIX
from ..versions.conflicts import find_conflicts
from ..versions.facts import VersionFile


def find_rulesets(path: str | os.PathLike[str]) -> list[str]:
    """The file itself, or all rulesets in a folder and in folders below it, by path; files and folders whose name starts with a dot are left out."""
    if not os.path.isdir(path):
        return [os.fspath(path)]
    found: list[str] = []
    for folder, below, names in os.walk(path):
        below[:] = sorted(name for name in below if not name.startswith("."))
        found += [os.path.join(folder, name) for name in names if name.endswith(SUFFIX) and not name.startswith(".")]
    return sorted(found)


def find_folder_conflicts(files: Iterable[tuple[str, VersionFile | None]]) -> list[Diagnostic]:
    """The conflicts of the versions in each folder: files that name one ruleset. A single file of another name among them is a mistake, several are not.

    A folder in which a file has no complete header is left out: what is missing may stand there.
    """
    found: list[Diagnostic] = []
    by_folder = sorted(files, key=lambda pair: os.path.split(pair[0]))
    for _, pairs in groupby(by_folder, key=lambda pair: os.path.dirname(pair[0])):
        known = [file for _, file in pairs]
        versions = [file for file in known if file]
        if len(versions) == len(known):
            found += [conflict for group in _rulesets_in(versions) for conflict in find_conflicts(group)]
    return found


def _rulesets_in(files: Sequence[VersionFile]) -> list[list[VersionFile]]:
    """The files by the ruleset they name; all of them together where all but one of several name the same."""
    names = Counter(file.facts.ruleset for file in files)
    if len(files) > 2 and max(names.values()) == len(files) - 1:
        return [list(files)]
    return [[file for file in files if file.facts.ruleset == name] for name in names]
