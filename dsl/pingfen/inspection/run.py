"""Checks files: known texts from the cache, the others compiled here or, where they are many, by two processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ..diagnostics.diagnostic import Diagnostic
from ..node import frozen
from ..reading import read_source
from ..source import Source
from ..versions.facts import VersionFile
from .cache import Cache
from .finding import Finding, find
from .folders import find_folder_conflicts

FEW_CHARACTERS = 60_000

Progress = Callable[[Iterable[Any], int], Iterable[Any]]


@frozen
class Inspection:
    """How many files were checked, and everything found, file by file and by place, with folders of versions last."""

    files: int
    diagnostics: tuple[Diagnostic, ...]


def inspect(paths: Sequence[str], cache: Cache, progress: Progress = lambda results, _: results) -> Inspection:
    """Check the files; `progress` wraps the results of those that must be compiled, and gets their number."""
    read = [read_source(path) for path in paths]
    sources = [source for source in read if isinstance(source, Source)]
    findings = {source.name: finding for source in sources if (finding := cache.read(source))}
    missed = [source for source in sources if source.name not in findings]
    for source, finding in progress(_compile(missed), len(missed)):
        findings[source.name] = finding
        cache.write(source, finding)
    if missed:
        cache.prune()
    found = [diagnostic for entry in read for diagnostic in _diagnostics(entry, findings)]
    versions = [(source.name, _file(source, findings[source.name])) for source in sources]
    return Inspection(len(paths), (*found, *find_folder_conflicts(versions)))


def _diagnostics(entry: Source | Diagnostic, findings: dict[str, Finding]) -> list[Diagnostic]:
    if isinstance(entry, Diagnostic):
        return [entry]
    return sorted(findings[entry.name].diagnostics, key=lambda diagnostic: (diagnostic.span.start, diagnostic.span.end))


def _file(source: Source, finding: Finding) -> VersionFile | None:
    return VersionFile(source, finding.facts) if finding.facts else None


def _compile(sources: Sequence[Source]) -> Iterator[tuple[Source, Finding]]:
    """The findings of the texts, in order. A few small texts are not worth starting processes for."""
    if len(sources) < 2 or sum(len(source.text) for source in sources) < FEW_CHARACTERS:
        return ((source, find(source)) for source in sources)
    from .processes import find_all

    return find_all(sources)
