"""Compiles and loads rulesets. An artifact is read without the compiler; nothing of the front end is imported for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from ..artifact import read_artifact
from ..artifact.reading import LARGEST_ARTIFACT
from ..errors import CompileError
from .origins import Compiled, Loaded
from .parameters import texts_of
from .ruleset import Ruleset
from .versions import RulesetVersions

if TYPE_CHECKING:
    from datetime import date
    from os import PathLike
    from pathlib import Path

    from ..source import Source
    from .parameters import Given, Parameters

NONE_GIVEN: Mapping[str, Given] = {}


def compile_text(text: str, parameters: Mapping[str, Given] = NONE_GIVEN, name: str = "<text>") -> Ruleset:
    """The ruleset that a text says. Raises CompileError with every mistake found.

    `parameters` overrides the ruleset's parameters and assumed numbers by name or path: `{"window": "60 days", "most": 5}`. A number without a unit may be
    an int or a Decimal.
    """
    from ..diagnostics.diagnostic import Diagnostic
    from ..reading import source_of

    source = source_of(text, name)
    if isinstance(source, Diagnostic):
        raise CompileError([source])
    return compile_source(source, texts_of(parameters))


def compile_source(source: Source, parameters: Parameters) -> Ruleset:
    """The ruleset of a source. Raises CompileError."""
    from .. import pipeline

    compilation = pipeline.compile_source(source, parameters)
    if compilation.plan is None or any(_is_error(found.code) for found in compilation.diagnostics):
        raise CompileError(compilation.diagnostics)
    return Ruleset(Compiled(source.name, compilation.plan, parameters))


def _is_error(code: str) -> bool:
    from ..diagnostics.catalogue import entry_of

    return entry_of(code).severity == "error"


def load(path: str | PathLike[str], parameters: Mapping[str, Given] = NONE_GIVEN) -> Ruleset | RulesetVersions:
    """A ruleset from its file: a text (`.pf`) or an artifact (`.json`), or all versions in a folder of either.

    Raises CompileError, and ArtifactError (a CompileError) for an artifact that is damaged, changed or too new; `parameters` are for texts only.
    """
    import os

    name, texts = os.fspath(path), texts_of(parameters)
    if os.path.isdir(name):
        return _load_folder(name, texts)
    return _load_artifact(name, texts) if name.endswith(".json") else _load_text(name, texts)


def _load_artifact(name: str, parameters: Parameters) -> Ruleset:
    if parameters:
        _refuse("parameters-of-artifact", name)
    try:
        with open(name, "rb") as stream:
            content = stream.read(LARGEST_ARTIFACT + 1)
    except OSError as failure:
        _refuse("cannot-read", name, reason=(failure.strerror or "unknown").lower())
    return Ruleset(Loaded(name, read_artifact(content, name)))


def _load_text(name: str, parameters: Parameters) -> Ruleset:
    from pathlib import Path

    from ..diagnostics.diagnostic import Diagnostic
    from ..reading import read_source

    source = read_source(Path(name))
    if isinstance(source, Diagnostic):
        raise CompileError([source])
    return compile_source(source, parameters)


def _load_folder(name: str, parameters: Parameters) -> RulesetVersions:
    from pathlib import Path

    folder = Path(name)
    artifacts = sorted(folder.glob("*.json"))
    texts = any(folder.glob("*.pf"))
    if texts or not artifacts:
        return _load_texts(folder, parameters)
    if parameters:
        _refuse("parameters-of-artifact", name)
    return _load_artifacts(folder, artifacts)


def _load_texts(folder: Path, parameters: Parameters) -> RulesetVersions:
    from ..diagnostics.diagnostic import Diagnostic
    from ..versions.folder import load_versions

    versions = load_versions(folder)
    if versions.diagnostics:
        raise CompileError(versions.diagnostics)
    sources = [file.source for file in versions.files]

    def pick(day: date) -> int:
        found = versions.pick(day.toordinal() - 719163)
        if isinstance(found, Diagnostic):
            raise CompileError([found])
        return sources.index(found)

    return RulesetVersions(versions.name, [partial(compile_source, source, parameters) for source in sources], pick)


def _load_artifacts(folder: Path, paths: list[Path]) -> RulesetVersions:
    rulesets = sorted((_load_artifact(str(path), {}) for path in paths), key=lambda ruleset: ruleset.effective[0])
    names = {ruleset.name for ruleset in rulesets}
    if len(names) > 1:
        _refuse("several-rulesets", str(folder), names=", ".join(sorted(names)))

    def pick(day: date) -> int:
        for position in reversed(range(len(rulesets))):
            first, last = rulesets[position].effective
            if first <= day and (last is None or day <= last):
                return position
        spans = ", ".join(f"{first} .. {last or '…'}" for first, last in (ruleset.effective for ruleset in rulesets))
        _refuse("no-version-on-date", str(folder), ruleset=rulesets[0].name, date=day.isoformat(), spans=spans)

    makers: list[Callable[[], Ruleset]] = [partial(_same, ruleset) for ruleset in rulesets]
    return RulesetVersions(rulesets[0].name, makers, pick)


def _same(ruleset: Ruleset) -> Ruleset:
    return ruleset


def _refuse(code: str, path: str, **arguments: str) -> NoReturn:
    from ..diagnostics.diagnostic import Diagnostic

    raise CompileError([Diagnostic(code, arguments={"path": path, **arguments})])
