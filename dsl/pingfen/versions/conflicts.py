"""Whether the files of a folder fit together: one ruleset, one kind of subject, every version once, every day one version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ..calendar import date_text
from ..calendar.dates import day_of
from ..diagnostics.diagnostic import Diagnostic
from ..source import Span
from .facts import VersionFacts, VersionFile

FOREVER = day_of(date.max)
"""The last day of a version that is open to the end."""


def find_conflicts(files: Sequence[VersionFile]) -> list[Diagnostic]:
    """One diagnostic for every version written twice, every name or subject that differs, every span of days with two versions or with none.

    Where a file names another ruleset, only that is told: without it, or with it, the days and versions mean nothing.
    """
    ordered = sorted(files, key=lambda file: (file.facts.first, file.source.name))
    differing = _find_differing(ordered)
    if any(diagnostic.code == "differing-rulesets" for diagnostic in differing):
        return differing
    return [*_find_repeated(ordered), *differing, *_find_gaps(ordered)]


def _find_repeated(files: Sequence[VersionFile]) -> list[Diagnostic]:
    firsts: dict[str, VersionFile] = {}
    found = []
    for file in files:
        facts, other = file.facts, firsts.setdefault(file.facts.version, file)
        if other is not file:
            found.append(_at(file, facts.version_span, "same-version-twice", version=facts.version, path=other.source.name))
    return found


def _find_differing(files: Sequence[VersionFile]) -> list[Diagnostic]:
    found = []
    for file in files:
        usual = _most_common(files)
        facts, first = file.facts, usual.facts
        if facts.ruleset != first.ruleset:
            found.append(_at(file, facts.ruleset_span, "differing-rulesets", name=facts.ruleset, other=first.ruleset, path=usual.source.name))
        if facts.subject != first.subject:
            texts = {"version": facts.version, "name": facts.subject, "usual": first.version, "other": first.subject}
            found.append(_at(file, facts.subject_span, "differing-subjects", **texts))
    return found


def _most_common(files: Sequence[VersionFile]) -> VersionFile:
    """The first file of those that agree most often on ruleset and subject."""
    counts = Counter((file.facts.ruleset, file.facts.subject) for file in files)
    return max(files, key=lambda file: counts[file.facts.ruleset, file.facts.subject])


def _find_gaps(files: Sequence[VersionFile]) -> list[Diagnostic]:
    found = []
    longest = files[0] if files else None
    for file in files[1:]:
        assert longest is not None
        found += _compare(longest, file)
        longest = file if _ends(file) >= _ends(longest) else longest
    return found


def _ends(file: VersionFile) -> int:
    return FOREVER if file.facts.last is None else file.facts.last


def _compare(earlier: VersionFile, later: VersionFile) -> list[Diagnostic]:
    start, end = later.facts.first, earlier.facts.last
    texts = {"earlier": earlier.facts.version, "later": later.facts.version, "end": _text(start - 1), "path": earlier.source.name}
    if end is None or end >= start:
        last = min(_ends(earlier), _ends(later))
        days = {"first": _text(start), "last": _text(None if last == FOREVER else last)}
        return [_at(later, later.facts.effective_span, "overlapping-versions", **texts, **days, span=_days(later.facts), other_span=_days(earlier.facts))]
    if end + 1 < start:
        return [_at(later, later.facts.effective_span, "hole-between-versions", **texts, first=_text(end + 1), last=_text(start - 1))]
    return []


def _at(file: VersionFile, place: Span, code: str, /, **arguments: str) -> Diagnostic:
    return Diagnostic(code, place, arguments, source=file.source)


def _text(day: int | None) -> str:
    return "…" if day is None or day < day_of(date.min) else date_text(day)


def _days(facts: VersionFacts) -> str:
    return f"{_text(facts.first)} .. {_text(facts.last)}"
